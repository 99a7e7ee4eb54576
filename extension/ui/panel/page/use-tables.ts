import { useEffect, useState } from "preact/hooks";
import type { FoundTable } from "../../../capture/tables/types.ts";
import { ask } from "../../../messages/ask.ts";

/** What a tab's page holds. `closed`: it cannot be read, and why; `not-readable` is that nobody let us yet. */
export type PageTables =
	| { kind: "looking" }
	| { kind: "found"; url: string; tables: FoundTable[] }
	| { kind: "closed"; reason: string };

/** Asks the tab's page for its tables once for each `look`: its own changes are the person's to ask about. */
export function useTables(tabId: number | null, look: string): PageTables {
	const [found, setFound] = useState<PageTables>({ kind: "looking" });
	useEffect(() => {
		if (tabId === null) return;
		let left = false;
		setFound({ kind: "looking" });
		const tell = (tables: PageTables) => !left && setFound(tables);
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
	return found;
}
