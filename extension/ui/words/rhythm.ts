import type { Frequency, Schedule } from "../../../backend/contract/targets.ts";

/** 0 is Sunday, as in the contract. 4 January 1970 was one. */
const sundayMs = 3 * 86_400_000;
const dayMs = 86_400_000;

/** "Monday", in the language of the browser. */
export function weekdayName(weekday: number, locale?: string): string {
	return new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(sundayMs + weekday * dayMs);
}

/** The sentences about when a target sends. */
export const rhythmWords = {
	when: "When to send",
	frequency: {
		on_capture: "As soon as something is captured",
		manual: "Only when I press Send now",
		hourly: "Every hour",
		daily: "Every day",
		weekly: "Every week",
		cron: "At times of my own",
	} satisfies Record<Frequency, string>,
	minutes: "Minutes past the hour",
	time: "Time",
	weekday: "Day",
	cron: "Times",
	cronNote:
		"Minute, hour, day of the month, month, day of the week. “0 9 * * 1-5” is nine o’clock from Monday to Friday.",
	nextRun: (when: string) => `sends ${when}`,
	problems: {
		"no-cron": "Say at which times it is to send.",
		"no-time": "Choose a time.",
	},
};

/** How a target's card says it; null for what sends at once, which is how one expects it. */
export function rhythmFact(frequency: Frequency, schedule: Schedule | null): string | null {
	if (frequency === "on_capture") return null;
	if (frequency === "manual" || schedule === null) return "Sends when you say so";
	const { at = "00:00", weekday = 1, cron = "" } = schedule;
	switch (frequency) {
		case "hourly":
			return at.endsWith(":00") ? "Sends every hour" : `Sends every hour at :${at.slice(3)}`;
		case "daily":
			return `Sends every day at ${at}`;
		case "weekly":
			return `Sends every ${weekdayName(weekday)} at ${at}`;
		case "cron":
			return `Sends at ${cron}`;
	}
}
