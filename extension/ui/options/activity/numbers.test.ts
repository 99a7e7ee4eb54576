import { describe, expect, test } from "bun:test";
import type { Analytics } from "../../../../backend/contract/activity.ts";
import { chartColumns, dayWords, isQuiet, rateWords, waitWords } from "./numbers.ts";

const day = (date: string, delivered: number, refused: number): Analytics["days"][number] => ({
	day: date,
	delivered,
	refused,
	retried: 0,
	medianWaitMs: null,
	p95WaitMs: null,
});

describe("SYNC-8: numbers as one reads them", () => {
	test.each([
		[800, "0.8 sec"],
		[12_300, "12 sec"],
		[90_000, "1.5 min"],
		[1_800_000, "30 min"],
		[5_400_000, "1.5 hr"],
	])("SYNC-8: %p ms is %p", (ms, words) => {
		expect(waitWords(ms, "en")).toBe(words);
	});

	test("SYNC-8: one failure among thousands is not “all of them”", () => {
		expect(rateWords(0.99999, "en")).toBe("99.9%");
		expect(rateWords(1, "en")).toBe("100%");
		expect(rateWords(0.5, "en")).toBe("50%");
	});

	test("SYNC-8: a day is the same day wherever it is read", () => {
		expect(dayWords("2026-03-01", "en-GB")).toBe("1 Mar");
	});

	test("SYNC-8: what needed the person stands on top of what was delivered", () => {
		const columns = chartColumns([day("2026-03-01", 3, 1), day("2026-03-02", 0, 0)]);
		expect(columns).toEqual({ places: [0, 1], delivered: [3, 0], stacked: [4, 0] });
	});

	test("SYNC-8: days with failed attempts and no end yet are quiet ones", () => {
		const total = { delivered: 0, refused: 0, retried: 4, medianWaitMs: null, p95WaitMs: null, successRate: null };
		expect(isQuiet({ days: [], problems: [], total })).toBe(true);
		expect(isQuiet({ days: [], problems: [], total: { ...total, refused: 1 } })).toBe(false);
	});
});
