import { useEffect, useState } from "preact/hooks";
import type { FoundTable } from "../../../capture/tables/types.ts";
import { isToRead, rowsAtStake } from "./before-reading.ts";
import { readWhole } from "./use-collection.ts";

/** How many rows would be dropped, and what then goes on all the same. */
export type AtStake = { rows: number; start: () => void };

type ReadingInput = { tabId: number; table: FoundTable; isAnew: () => boolean };

/** Reads what a table holds beyond its first rows when it comes to be looked at. Rows that were gathered and not sent are never dropped unasked. */
export function useReading({ tabId, table, isAnew }: ReadingInput) {
	const [atStake, setAtStake] = useState<AtStake | null>(null);
	const unlessAtStake = async (start: () => Promise<void>): Promise<void> => {
		const held = await rowsAtStake(tabId);
		if (held === null) return await start();
		const goOn = () => {
			setAtStake(null);
			void start();
		};
		setAtStake({ rows: held.rows, start: goOn });
	};
	useEffect(() => {
		const read = () => readWhole(tabId, table).catch(() => undefined);
		const readIfDue = async () => {
			if (await isToRead(tabId, table, isAnew())) await unlessAtStake(read);
		};
		void readIfDue();
	}, []);
	return {
		atStake,
		keep: () => setAtStake(null),
		/** Starts at once where nothing is lost by it; else the person is asked first. */
		unlessAtStake,
	};
}

export type Reading = ReturnType<typeof useReading>;
