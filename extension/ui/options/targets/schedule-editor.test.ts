import { describe, expect, test } from "bun:test";
import type { Frequency } from "../../../../backend/contract/targets.ts";
import { atMinutes, minutesOf, type Rhythm, rhythmProblem, withFrequency, withSchedule } from "./schedule-editor.ts";

const zone = "Europe/Lisbon";
const start: Rhythm = { frequency: "on_capture", schedule: null };
const frequencies: readonly Frequency[] = ["on_capture", "manual", "hourly", "daily", "weekly", "cron"];

describe("SYNC-2: when a target sends", () => {
	test.each(frequencies)("SYNC-2: %s can be saved as it is first shown", (frequency) => {
		const rhythm = withFrequency(start, frequency, zone);
		expect(rhythmProblem(rhythm)).toBeNull();
		expect(rhythm.schedule === null).toBe(frequency === "on_capture" || frequency === "manual");
		expect(rhythm.schedule?.timeZone ?? zone).toBe(zone);
	});

	test("SYNC-2: a time of day and a zone survive the change from every day to every week", () => {
		const daily = withSchedule(withFrequency(start, "daily", zone), { at: "18:30", timeZone: "Asia/Tokyo" });
		expect(withFrequency(daily, "weekly", zone).schedule).toEqual({
			at: "18:30",
			timeZone: "Asia/Tokyo",
			weekday: 1,
		});
	});

	test("SYNC-2: every hour begins at the full hour, whatever the day's time was", () => {
		const daily = withSchedule(withFrequency(start, "daily", zone), { at: "18:30" });
		expect(minutesOf(withFrequency(daily, "hourly", zone).schedule ?? { timeZone: zone })).toBe(0);
	});

	test.each([
		[15, "00:15"],
		[7, "00:07"],
		[75, "00:59"],
		[-1, "00:00"],
		[Number.NaN, "00:00"],
	])("SYNC-2: %p minutes past the hour are %p", (minutes, at) => {
		expect(atMinutes(minutes)).toBe(at);
	});

	test("SYNC-2: a line left empty and a time left out are said before they are sent", () => {
		expect(rhythmProblem({ frequency: "cron", schedule: { timeZone: zone, cron: " " } })).toBe("no-cron");
		expect(rhythmProblem({ frequency: "daily", schedule: { timeZone: zone, at: "" } })).toBe("no-time");
	});
});
