import { useEffect, useRef, useState } from "preact/hooks";
import type { LocalRecord, Outbox, OutboxCounts } from "../../outbox/types.ts";

/** What a page shows of the outbox, read in one go. */
export type Records = {
	/** The newest captures, each with all its records. */
	recent: LocalRecord[];
	/** Waiting or in need of the person, oldest first. */
	unsettled: LocalRecord[];
	counts: OutboxCounts;
};

/** More than this is not listed; the counts stay exact. */
const maxUnsettled = 500;

/** Reads what the page paints first. */
export async function readRecords(outbox: Outbox, recentLimit: number): Promise<Records> {
	const [recent, unsettled, counts] = await Promise.all([
		outbox.recent(recentLimit),
		outbox.unsettled(maxUnsettled),
		outbox.counts(),
	]);
	return { recent, unsettled, counts };
}

/** The records, read again whenever any extension context changed one. */
export function useRecords(outbox: Outbox, recentLimit: number, initial: Records): Records {
	const [records, setRecords] = useState(initial);
	const current = useRef(outbox);
	current.current = outbox;
	useEffect(() => {
		let reading = false;
		let again = false;
		const reload = async (): Promise<void> => {
			// While thousands of rows are written, each batch tells: one reading at a time, and one more after the last, are enough.
			again = reading;
			if (reading) return;
			reading = true;
			const read = await readRecords(outbox, recentLimit).catch(() => null);
			reading = false;
			// A database that was closed or has failed says so at the next action; the list stays as it was.
			if (current.current !== outbox) return;
			if (read) setRecords(read);
			if (again) void reload();
		};
		void reload();
		return outbox.onChange(() => void reload());
	}, [outbox, recentLimit]);
	return records;
}
