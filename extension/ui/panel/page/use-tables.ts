import { useEffect, useState } from "preact/hooks";
import type { FoundTable } from "../../../capture/tables/types.ts";
import { ask } from "../../../messages/ask.ts";

/** What a tab's page holds. `closed`: it cannot be read, and why; `not-readable` is that nobody let us yet. */
export type PageTables =
	| { kind: "looking" }
	| { kind: "found"; url: string; tables: FoundTable[] }
	| { kind: "closed"; reason: string };

const looking: PageTables = { kind: "looking" };

/** Asks the tab's page for its tables once for each `look`: its own changes are the person's to ask about. What an earlier look found is not shown. */
export function useTables(tabId: number | null, look: string): PageTables {
	const [found, setFound] = useState<{ at: string; tables: PageTables } | null>(null);
	const at = `${tabId} ${look}`;
	useEffect(() => {
		if (tabId === null) return;
		let left = false;
		const tell = (tables: PageTables) => !left && setFound({ at, tables });
		ask("tables.find", { tabId }).then(
			(reply) =>
				tell(
					reply.ok ? { kind: "found", url: reply.url, tables: reply.tables } : { kind: "closed", reason: reply.reason },
				),
			() => tell({ kind: "closed", reason: "no-answer" }),
		);
		return () => {
			left = true;
		};
	}, [tabId, look]);
	return found?.at === at ? found.tables : looking;
}
