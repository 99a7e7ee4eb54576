/**
 * Where a report is: which one, when it may be asked after again, how often it was, how many of its rows are through, and how many
 * reports were begun because one failed. All of it travels in the cursor, so that another process goes on where one was killed and
 * asks no sooner than that one would have.
 */
export type ReportCursor = { reportId: string; notBefore: number; looks: number; rows: number; begun: number };

export function writeCursor({ reportId, notBefore, looks, rows, begun }: ReportCursor): string {
	return ["r", reportId, notBefore, looks, rows, begun].join(":");
}

/** Null: it is none of a report's, and then a new one is asked for. */
export function readCursor(cursor: string | null): ReportCursor | null {
	const found = /^r:([\w-]{1,64}):(\d{1,15}):(\d{1,6}):(\d{1,9}):(\d{1,3})$/.exec(cursor ?? "");
	const [, reportId, ...numbers] = found ?? [];
	const [notBefore, looks, rows, begun] = numbers.map(Number);
	if (reportId === undefined || notBefore === undefined || looks === undefined) return null;
	return rows === undefined || begun === undefined ? null : { reportId, notBefore, looks, rows, begun };
}

const firstLookMs = 30_000;
const longestRestMs = 300_000;

/** Amazon takes minutes to hours, and refuses who asks often: half a minute, doubling up to five. */
export function restBefore(looks: number): number {
	return Math.min(firstLookMs * 2 ** Math.min(looks, 10), longestRestMs);
}
