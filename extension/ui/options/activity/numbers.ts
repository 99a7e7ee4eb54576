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

/** One place per day, as the chart draws them: refused on top of delivered. */
export type ChartColumns = { places: number[]; delivered: number[]; stacked: number[] };

export function chartColumns(days: Analytics["days"]): ChartColumns {
	return {
		places: days.map((_, place) => place),
		delivered: days.map(({ delivered }) => delivered),
		stacked: days.map(({ delivered, refused }) => delivered + refused),
	};
}

/** Whether there is anything to draw. */
export function isQuiet({ total }: Analytics): boolean {
	return total.delivered + total.refused === 0;
}
