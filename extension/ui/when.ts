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

/** "640 B", "1.2 MB": for the size of a file. */
export function sizeWords(bytes: number, locale?: string): string {
	const units = ["B", "kB", "MB", "GB"];
	const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
	const size = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(bytes / 1_000 ** power);
	return `${size} ${units[power]}`;
}

/** "1 record", "3 records". */
export function countOf(count: number, one: string, many: string): string {
	return `${count} ${count === 1 ? one : many}`;
}

/** For the end of a sentence: "just now", "2 min ago", "on 19 Nov". Both arguments in epoch milliseconds. */
export function agoWhen(at: number, now: number, locale?: string): string {
	const when = shortWhen(at, now, locale);
	if (when === "now") return "just now";
	return now - at < dayMs ? `${when} ago` : `on ${when}`;
}

/** How long until then, to the nearest unit: "in 3 h", "in 6 days". Both arguments in epoch milliseconds. */
export function untilWhen(at: number, now: number): string {
	const left = at - now;
	if (left < minuteMs) return "now";
	if (left < hourMs) return `in ${Math.round(left / minuteMs)} min`;
	if (left < dayMs) return `in ${Math.round(left / hourMs)} h`;
	return `in ${countOf(Math.round(left / dayMs), "day", "days")}`;
}
