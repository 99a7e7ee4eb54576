import { useEffect, useState } from "preact/hooks";
import type { RowList } from "../../../../backend/contract/connections.ts";
import { createPageClient } from "../../../api/page-client.ts";
import { useOnline } from "../../local/online.ts";
import type { RowPlace } from "./input-props.ts";

/** `rows` null while they are looked for; `failed`: why there are none. */
export type RowSearch = { rows: RowList["rows"] | null; failed: "offline" | "unanswered" | null };

type Searching = { place: RowPlace | null; tableId: string; typed: string | null };

/** A person who types is not asked about after each letter. */
const settleMs = 200;

const looking: RowSearch = { rows: null, failed: null };

/** Asks the server for rows of the linked table while the list is open; an answer to what was typed before is dropped. */
export function useRowSearch({ place, tableId, typed }: Searching): RowSearch {
	const online = useOnline();
	const [search, setSearch] = useState<RowSearch>(looking);
	const text = typed?.trim() ?? null;
	useEffect(() => {
		if (text === null) return;
		if (!online || place === null) return setSearch({ rows: null, failed: online ? "unanswered" : "offline" });
		let left = false;
		setSearch(looking);
		const look = async () => {
			const { connectionId, containerId } = place;
			const found = await createPageClient().connectionRows(connectionId, { tableId, containerId, text });
			if (!left) setSearch({ rows: found, failed: null });
		};
		const timer = setTimeout(
			() => void look().catch(() => !left && setSearch({ rows: null, failed: "unanswered" })),
			text === "" ? 0 : settleMs,
		);
		return () => {
			left = true;
			clearTimeout(timer);
		};
	}, [text, online, place?.connectionId, tableId]);
	return search;
}
