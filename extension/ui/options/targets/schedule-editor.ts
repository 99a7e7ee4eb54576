import type { Frequency, Schedule } from "../../../../backend/contract/targets.ts";

/** When a target sends, while it is edited. `schedule` is null where the frequency needs none. */
export type Rhythm = { frequency: Frequency; schedule: Schedule | null };

/** What keeps a rhythm from being saved; worded in `words/rhythm.ts`. */
export type RhythmProblem = "no-cron" | "no-time";

const monday = 1;
const morning = "09:00";
/** Every weekday at nine: something to change rather than an empty line. */
const firstCron = "0 9 * * 1-5";

/** Another frequency: what was set for the one before is kept where it still says something, the rest has a usual value. */
export function withFrequency(rhythm: Rhythm, frequency: Frequency, zone: string): Rhythm {
	const { timeZone = zone, at = morning, weekday = monday, cron = firstCron } = rhythm.schedule ?? {};
	switch (frequency) {
		case "on_capture":
		case "manual":
			return { frequency, schedule: null };
		case "hourly":
			// Only its minutes count; full hours for somebody who had a time of day.
			return { frequency, schedule: { timeZone, at: rhythm.frequency === "hourly" ? at : "00:00" } };
		case "daily":
			return { frequency, schedule: { timeZone, at } };
		case "weekly":
			return { frequency, schedule: { timeZone, at, weekday } };
		case "cron":
			return { frequency, schedule: { timeZone, cron } };
	}
}

/** The same rhythm at another moment. */
export function withSchedule(rhythm: Rhythm, change: Partial<Schedule>): Rhythm {
	return rhythm.schedule === null ? rhythm : { ...rhythm, schedule: { ...rhythm.schedule, ...change } };
}

/** The minutes of an hourly rhythm. */
export function minutesOf({ at = "00:00" }: Schedule): number {
	return Number(at.slice(3));
}

/** @param minutes 0 to 59; what lies outside is taken for the nearest */
export function atMinutes(minutes: number): string {
	const whole = Math.min(59, Math.max(0, Math.trunc(minutes) || 0));
	return `00:${String(whole).padStart(2, "0")}`;
}

/** Null when it can be saved. Whether a line of five fields can be read is the backend's to say. */
export function rhythmProblem({ frequency, schedule }: Rhythm): RhythmProblem | null {
	if (frequency === "cron") return (schedule?.cron ?? "").trim() === "" ? "no-cron" : null;
	const needsTime = frequency === "daily" || frequency === "weekly" || frequency === "hourly";
	return needsTime && !/^\d\d:\d\d$/.test(schedule?.at ?? "") ? "no-time" : null;
}
