import type { Analytics } from "../../../../backend/contract/activity.ts";
import { locale as ours } from "../../../i18n/locale.ts";

/** "0.8 s", "12 s", "3 min", "1.5 h": as exact as one reads it. */
export function waitWords(ms: number, locale = ours): string {
	const [size, unit] =
		ms < 60_000
			? ([ms / 1_000, "second"] as const)
			: ms < 3_600_000
				? ([ms / 60_000, "minute"] as const)
				: ([ms / 3_600_000, "hour"] as const);
	const digits = size < 10 ? 1 : 0;
	const style = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits } as const;
	return new Intl.NumberFormat(locale, style).format(size);
}

/** "99.6 %": never rounded up to all of them. */
export function rateWords(rate: number, locale = ours): string {
	const shown = rate < 1 ? Math.min(rate, 0.999) : 1;
	return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(shown);
}

/** "19 Nov" for `2026-11-19`, which names a day and no instant. */
export function dayWords(day: string, locale = ours): string {
	return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" }).format(Date.parse(day));
}

/** Where the chart's lines are, from none to the first that is not below the highest bar: at most six, each a round number on. */
export function axisSteps(highest: number): number[] {
	const size = 10 ** Math.floor(Math.log10(Math.max(1, highest)));
	const step = [size / 5, size / 2, size, 2 * size].find((one) => one >= 1 && highest <= 5 * one) ?? 2 * size;
	const lines = Math.max(1, Math.ceil(highest / step));
	return Array.from({ length: lines + 1 }, (_, place) => place * step);
}

/** The days that are named under the chart: as many as stand side by side at 320 px, the last one among them. */
export function labelledDays(count: number): Set<number> {
	const apart = Math.ceil(count / 4);
	const places = Array.from({ length: count }, (_, place) => place);
	return new Set(places.filter((place) => (count - 1 - place) % apart === 0));
}

/** Whether there is anything to draw. */
export function isQuiet({ total }: Analytics): boolean {
	return total.delivered + total.refused === 0;
}
