import { useEffect, useRef, useState } from "preact/hooks";
import type { FoundTable, TableRow } from "../../../capture/tables/types.ts";
import { ask } from "../../../messages/ask.ts";
import { type Collection, collectionOf, readRows, sentOf } from "../../../settings/collections.ts";

/** A tab's gathering of rows with the rows, as far as it has come. */
export type Gathered = { collection: Collection; rows: TableRow[] };

/** Follows the tab's collection; only chunks that are new are read. null: there is none. */
export function useCollection(tabId: number | null): Gathered | null {
	const [gathered, setGathered] = useState<Gathered | null>(null);
	const latest = useRef<Gathered | null>(null);
	useEffect(() => {
		if (tabId === null) return;
		let left = false;
		let reading = Promise.resolve();
		const take = async (collection: Collection | null) => {
			const before = latest.current?.collection.id === collection?.id ? latest.current : null;
			const fresh = collection ? await readRows(collection, before?.collection.chunks ?? 0) : [];
			if (left) return;
			latest.current = collection && { collection, rows: [...(before?.rows ?? []), ...fresh] };
			setGathered(latest.current);
		};
		// One after the other: two at once would both read the same chunk and show its rows twice.
		const hear = (collection: Collection | null) => {
			reading = reading.then(() => take(collection)).catch(() => undefined);
		};
		latest.current = null;
		setGathered(null);
		const item = collectionOf(tabId);
		void item.getValue().then(hear);
		const stop = item.watch(hear);
		return () => {
			left = true;
			stop();
		};
	}, [tabId]);
	return gathered;
}

/** As many documents, presses or scrolls as a person's limit of rows may take. */
const mostPages = 2_000;

/** More than this no collection takes. */
export const mostRows = 20_000;

/** Its rows were sent: they may make room for others. */
export function noteSent({ tabId, id, rows }: Collection): void {
	void sentOf(tabId).setValue({ id, rows });
}

/** They were taken back. */
export function noteNotSent(tabId: number): void {
	void sentOf(tabId).removeValue();
}

/** Reads every row that the page holds now, and no further page. */
export async function readWhole(tabId: number, table: FoundTable): Promise<void> {
	await ask("tables.collect", { tabId, table, limit: { rows: mostRows, pages: 1 } });
}

/** Goes on to more rows: from where the tab's collection stands, else from the beginning. */
export async function gatherMore(
	tabId: number,
	table: FoundTable,
	{ rows, goesOn }: { rows: number; goesOn: boolean },
) {
	const limit = { rows, pages: mostPages };
	if (goesOn) {
		const answer = await ask("tables.resume", { tabId, limit });
		if (answer.kind === "started") return;
	}
	await ask("tables.collect", { tabId, table, limit });
}

export async function stopGathering(tabId: number): Promise<void> {
	await ask("tables.stop", { tabId });
}
