import type { Frequency, Schedule } from "../../../backend/contract/targets.ts";
import { locale as ours } from "../../i18n/locale.ts";
import { t } from "../../i18n/t.ts";

/** 0 is Sunday, as in the contract. 4 January 1970 was one. */
const sundayMs = 3 * 86_400_000;
const dayMs = 86_400_000;

/** "Monday", in the language of the browser. */
export function weekdayName(weekday: number, locale = ours): string {
	return new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(sundayMs + weekday * dayMs);
}

/** The sentences about when a target sends. */
export const rhythmWords = {
	when: t("rhythm.when"),
	frequency: {
		on_capture: t("rhythm.frequency.on_capture"),
		manual: t("rhythm.frequency.manual"),
		hourly: t("rhythm.frequency.hourly"),
		daily: t("rhythm.frequency.daily"),
		weekly: t("rhythm.frequency.weekly"),
		cron: t("rhythm.frequency.cron"),
	} satisfies Record<Frequency, string>,
	minutes: t("rhythm.minutes"),
	time: t("rhythm.time"),
	weekday: t("rhythm.weekday"),
	cron: t("rhythm.cron"),
	cronNote: t("rhythm.cronNote"),
	nextRun: (when: string) => t("rhythm.nextRun", { when }),
	problems: {
		"no-cron": t("rhythm.problems.no-cron"),
		"no-time": t("rhythm.problems.no-time"),
	},
};

/** How a target's card says it; null for what sends at once, which is how one expects it. */
export function rhythmFact(frequency: Frequency, schedule: Schedule | null): string | null {
	if (frequency === "on_capture") return null;
	if (frequency === "manual" || schedule === null) return t("rhythm.fact.manual");
	const { at = "00:00", weekday = 1, cron = "" } = schedule;
	switch (frequency) {
		case "hourly":
			return at.endsWith(":00") ? t("rhythm.fact.hourly") : t("rhythm.fact.hourlyAt", { minutes: at.slice(3) });
		case "daily":
			return t("rhythm.fact.daily", { at });
		case "weekly":
			return t("rhythm.fact.weekly", { day: weekdayName(weekday), at });
		case "cron":
			return t("rhythm.fact.cron", { cron });
	}
}
