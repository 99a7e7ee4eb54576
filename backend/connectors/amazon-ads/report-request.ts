import type { EntityTable } from "./entities.ts";

/** The longest a report by day may be is 31 days; results of the last weeks are still corrected, so all of them are read anew. */
const days = 30;
const dayMs = 86_400_000;

export type ReportDays = { startDate: string; endDate: string };

/** The thirty days until yesterday, as the advertising account counts days. */
export function daysOfReport(now: number, timeZone: string): ReportDays {
	const today = Date.parse(dayIn(now, timeZone));
	const dayBefore = (count: number) => new Date(today - count * dayMs).toISOString().slice(0, 10);
	return { startDate: dayBefore(days), endDate: dayBefore(1) };
}

/** The day as `2026-01-31`; that of UTC where the name of the zone is none. */
function dayIn(now: number, timeZone: string): string {
	const options = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
	try {
		return new Intl.DateTimeFormat("en-CA", { ...options, timeZone }).format(now);
	} catch {
		return new Date(now).toISOString().slice(0, 10);
	}
}

/** What is posted to have it made. */
export function reportRequest(table: EntityTable, { startDate, endDate }: ReportDays) {
	if (table.paging.by !== "report") throw new Error(`${table.id} is no report.`);
	const { adProduct, reportTypeId, groupBy } = table.paging;
	return {
		name: `Sheaf ${table.id} ${startDate}`,
		startDate,
		endDate,
		configuration: {
			adProduct,
			groupBy: [groupBy],
			columns: table.columns.map(({ path }) => path),
			reportTypeId,
			timeUnit: "DAILY",
			format: "GZIP_JSON",
		},
	};
}
