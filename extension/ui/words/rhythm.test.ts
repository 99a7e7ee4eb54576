import { describe, expect, test } from "bun:test";
import type { Frequency, Schedule } from "../../../backend/contract/targets.ts";
import { rhythmFact, weekdayName } from "./rhythm.ts";

const facts: readonly [Frequency, Partial<Schedule> | null, string | null][] = [
	["on_capture", null, null],
	["manual", null, "Sends when you say so"],
	["hourly", { at: "00:00" }, "Sends every hour"],
	["hourly", { at: "00:15" }, "Sends every hour at :15"],
	["daily", { at: "18:30" }, "Sends every day at 18:30"],
	["weekly", { at: "09:00", weekday: 0 }, `Sends every ${weekdayName(0)} at 09:00`],
	["cron", { cron: "0 9 * * 1-5" }, "Sends at 0 9 * * 1-5"],
];

describe("SYNC-2: a card says when its target sends", () => {
	test.each(facts)("SYNC-2: %s, %j: %p", (frequency, schedule, words) => {
		expect(rhythmFact(frequency, schedule === null ? null : { timeZone: "UTC", ...schedule })).toBe(words);
	});

	test("SYNC-2: days count from Sunday", () => {
		expect([0, 1, 6].map((day) => weekdayName(day, "en"))).toEqual(["Sunday", "Monday", "Saturday"]);
	});
});
