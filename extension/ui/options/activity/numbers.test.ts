import { describe, expect, test } from "bun:test";
import { axisSteps, dayWords, isQuiet, labelledDays, rateWords, waitWords } from "./numbers.ts";

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

	test.each([
		[0, [0, 1]],
		[1, [0, 1]],
		[4, [0, 1, 2, 3, 4]],
		[7, [0, 2, 4, 6, 8]],
		[12, [0, 5, 10, 15]],
		[61, [0, 20, 40, 60, 80]],
		[1_204, [0, 500, 1_000, 1_500]],
	])("SYNC-8: bars of up to %p stand before lines at %p", (highest, lines) => {
		expect(axisSteps(highest)).toEqual(lines);
	});

	test("SYNC-8: a few days are named, today among them", () => {
		expect([...labelledDays(7)]).toEqual([0, 2, 4, 6]);
		expect([...labelledDays(30)]).toEqual([5, 13, 21, 29]);
		expect(labelledDays(0).size).toBe(0);
	});

	test("SYNC-8: days with failed attempts and no end yet are quiet ones", () => {
		const total = { delivered: 0, refused: 0, retried: 4, medianWaitMs: null, p95WaitMs: null, successRate: null };
		expect(isQuiet({ days: [], problems: [], total })).toBe(true);
		expect(isQuiet({ days: [], problems: [], total: { ...total, refused: 1 } })).toBe(false);
	});
});
