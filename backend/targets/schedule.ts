import { CronExpressionParser } from "cron-parser";
import type { Frequency, Schedule } from "../contract/targets.ts";
import { SheafError } from "../errors.ts";

const leastMinutes = 5;
/** So many moments are looked at for two that are too close; enough for any pattern of a day. */
const momentsLookedAt = 300;

export type Timing = { frequency: Frequency; schedule: Schedule | null };

/** Whether waiting records go out at moments of a schedule. */
export function isScheduled(frequency: Frequency): boolean {
	return frequency !== "on_capture" && frequency !== "manual";
}

/**
 * The first moment of a schedule after another one; null when there is none. Pure. On the day the clocks go forward a time that does
 * not exist is the one an hour on; on the day they go back a time that comes twice counts once.
 */
export function nextRunAfter({ frequency, schedule }: Timing, after: Date): Date | null {
	if (!isScheduled(frequency) || schedule === null) return null;
	return CronExpressionParser.parse(patternOf(frequency, schedule), { currentDate: after, tz: schedule.timeZone })
		.next()
		.toDate();
}

function patternOf(frequency: Frequency, { at = "00:00", weekday = 1, cron = "" }: Schedule): string {
	const [hour, minute] = at.split(":").map(Number);
	switch (frequency) {
		case "hourly":
			return `${minute} * * * *`;
		case "daily":
			return `${minute} ${hour} * * *`;
		case "weekly":
			return `${minute} ${hour} * * ${weekday}`;
		default:
			return cron;
	}
}

/**
 * A schedule as it is saved: null where the frequency needs none. Pure.
 *
 * @throws SheafError `targets/schedule-invalid` saying what it takes
 */
export function checkedSchedule({ frequency, schedule }: Timing): Schedule | null {
	if (!isScheduled(frequency)) return null;
	if (schedule === null) throw invalid("Say when it runs: a time zone, and a time of day.");
	if (!isTimeZone(schedule.timeZone))
		throw invalid(`“${schedule.timeZone}” is no time zone. Choose one from the list.`);
	if (frequency === "cron" && schedule.cron?.trim().split(/\s+/).length !== 5) {
		throw invalid("A pattern has five parts: minute, hour, day, month and weekday.");
	}
	let closest: number;
	try {
		closest = closestMinutes(patternOf(frequency, schedule), schedule.timeZone);
	} catch {
		throw invalid("This pattern names no moments. Check its minute, hour, day, month and weekday.");
	}
	if (closest < leastMinutes) throw invalid(`A target runs every ${leastMinutes} minutes at most.`);
	return schedule;
}

function closestMinutes(pattern: string, timeZone: string): number {
	const moments = CronExpressionParser.parse(pattern, { currentDate: new Date(), tz: timeZone })
		.take(momentsLookedAt)
		.map((moment) => moment.getTime());
	const gaps = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
	return Math.min(...gaps) / 60_000;
}

function isTimeZone(name: string): boolean {
	try {
		return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
	} catch {
		return false;
	}
}

function invalid(message: string): SheafError {
	return new SheafError("targets/schedule-invalid", message);
}
