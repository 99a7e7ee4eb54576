import { expect, test } from "bun:test";
import type { Frequency, Schedule } from "../contract/targets.ts";
import { checkedSchedule, nextRunAfter } from "./schedule.ts";

const zurich = "Europe/Zurich";
const next = (frequency: Frequency, schedule: Schedule | null, after: string) =>
	nextRunAfter({ frequency, schedule }, new Date(after))?.toISOString() ?? null;

test("SYNC-2: each frequency has its next moment, in the time zone of its schedule", () => {
	const at = { timeZone: zurich, at: "08:30" };
	expect(next("hourly", at, "2026-01-05T10:31:00Z")).toBe("2026-01-05T11:30:00.000Z");
	expect(next("daily", at, "2026-01-05T10:31:00Z")).toBe("2026-01-06T07:30:00.000Z");
	expect(next("weekly", { ...at, weekday: 0 }, "2026-01-05T10:31:00Z")).toBe("2026-01-11T07:30:00.000Z");
	expect(next("cron", { timeZone: zurich, cron: "0 9 1 * *" }, "2026-01-05T10:31:00Z")).toBe(
		"2026-02-01T08:00:00.000Z",
	);
	expect(next("manual", null, "2026-01-05T10:31:00Z")).toBeNull();
	expect(next("on_capture", null, "2026-01-05T10:31:00Z")).toBeNull();
});

test("SYNC-2: a time of day stays that time when the clocks change, and each day has one run", () => {
	const daily = { timeZone: zurich, at: "08:30" };
	expect(next("daily", daily, "2026-03-28T12:00:00Z")).toBe("2026-03-29T06:30:00.000Z");
	expect(next("daily", daily, "2026-10-24T12:00:00Z")).toBe("2026-10-25T07:30:00.000Z");
	for (const [at, day, after] of [
		["02:30", "2026-03-29", "2026-03-28T12:00:00Z"],
		["02:30", "2026-10-25", "2026-10-24T12:00:00Z"],
	] as const) {
		const first = next("daily", { timeZone: zurich, at }, after) ?? "";
		expect(first).toStartWith(day);
		expect(next("daily", { timeZone: zurich, at }, first)?.slice(0, 10)).not.toBe(day);
	}
});

test("SYNC-2: what cannot run, or runs too often, is refused when it is saved", () => {
	const refused = (frequency: Frequency, schedule: Schedule | null) => () => checkedSchedule({ frequency, schedule });
	for (const wrong of [
		refused("daily", null),
		refused("daily", { timeZone: "Mars/Olympus" }),
		refused("cron", { timeZone: zurich }),
		refused("cron", { timeZone: zurich, cron: "nonsense at all, isn't it" }),
		refused("cron", { timeZone: zurich, cron: "*/4 * * * *" }),
		refused("cron", { timeZone: zurich, cron: "0,59 * * * *" }),
		refused("cron", { timeZone: zurich, cron: "* * * * * *" }),
		refused("cron", { timeZone: zurich, cron: "0 0 31 2 *" }),
	]) {
		expect(wrong).toThrow(expect.objectContaining({ code: "targets/schedule-invalid" }));
	}
	const fine = { timeZone: zurich, cron: "*/5 * * * *" };
	expect(checkedSchedule({ frequency: "cron", schedule: fine })).toEqual(fine);
	expect(checkedSchedule({ frequency: "manual", schedule: fine })).toBeNull();
});
