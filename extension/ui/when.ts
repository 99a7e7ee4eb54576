import { locale as ours } from "../i18n/locale.ts";
import { plural, t } from "../i18n/t.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Relative under a day ("now", "2 min", "3 h"), a short date after it. Both arguments in epoch milliseconds. */
export function shortWhen(at: number, now: number, locale = ours): string {
	const age = Math.max(0, now - at);
	if (age < minuteMs) return t("when.now");
	if (age < hourMs) return t("when.minutes", { n: Math.floor(age / minuteMs) });
	if (age < dayMs) return t("when.hours", { n: Math.floor(age / hourMs) });
	return shortDate(at, now, locale);
}

/** The whole date and time, for the tooltip beside a relative one. */
export function longWhen(at: number, locale = ours): string {
	return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" }).format(at);
}

/** "640 byte", "1.2 MB": for the size of a file. */
export function sizeWords(bytes: number, locale = ours): string {
	const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
	const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
	const style = { style: "unit", unit: units[power] ?? "byte", maximumFractionDigits: 1 } as const;
	return new Intl.NumberFormat(locale, style).format(bytes / 1_000 ** power);
}

/** For the end of a sentence: "just now", "2 min ago", "on 19 Nov". Both arguments in epoch milliseconds. */
export function agoWhen(at: number, now: number, locale = ours): string {
	const age = Math.max(0, now - at);
	if (age < minuteMs) return t("when.justNow");
	if (age < hourMs) return t("when.minutesAgo", { n: Math.floor(age / minuteMs) });
	if (age < dayMs) return t("when.hoursAgo", { n: Math.floor(age / hourMs) });
	return t("when.on", { date: shortDate(at, now, locale) });
}

/** How long until then, to the nearest unit: "in 3 h", "in 6 days". Both arguments in epoch milliseconds. */
export function untilWhen(at: number, now: number): string {
	const left = at - now;
	if (left < minuteMs) return t("when.now");
	if (left < hourMs) return t("when.inMinutes", { n: Math.round(left / minuteMs) });
	if (left < dayMs) return t("when.inHours", { n: Math.round(left / hourMs) });
	return plural("when.inDays", Math.round(left / dayMs));
}

function shortDate(at: number, now: number, locale: string): string {
	const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
	const style: Intl.DateTimeFormatOptions = sameYear
		? { day: "numeric", month: "short" }
		: { day: "numeric", month: "short", year: "numeric" };
	return new Intl.DateTimeFormat(locale, style).format(at);
}
