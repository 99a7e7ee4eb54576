const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Relative under a day ("now", "2 min", "3 h"), a short date after it. Both arguments in epoch milliseconds. */
export function shortWhen(at: number, now: number, locale?: string): string {
	const age = Math.max(0, now - at);
	if (age < minuteMs) return "now";
	if (age < hourMs) return `${Math.floor(age / minuteMs)} min`;
	if (age < dayMs) return `${Math.floor(age / hourMs)} h`;
	const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
	const style: Intl.DateTimeFormatOptions = sameYear
		? { day: "numeric", month: "short" }
		: { day: "numeric", month: "short", year: "numeric" };
	return new Intl.DateTimeFormat(locale, style).format(at);
}

/** The whole date and time, for the tooltip beside a relative one. */
export function longWhen(at: number, locale?: string): string {
	return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" }).format(at);
}

/** "1 record", "3 records". */
export function countOf(count: number, one: string, many: string): string {
	return `${count} ${count === 1 ? one : many}`;
}
