import { describe, expect, test } from "bun:test";
import { countOf, shortWhen } from "./when.ts";

const now = new Date(2025, 10, 20, 15, 0, 0).getTime();
const minute = 60_000;

describe("J5: dates are relative under a day", () => {
	const ages: [ageMs: number, words: string][] = [
		[0, "now"],
		[59_999, "now"],
		[-5_000, "now"],
		[minute, "1 min"],
		[59 * minute, "59 min"],
		[60 * minute, "1 h"],
		[23 * 60 * minute, "23 h"],
		[24 * 60 * minute, "19 Nov"],
		[400 * 24 * 60 * minute, "16 Oct 2024"],
	];
	for (const [age, words] of ages) {
		test(`J5: ${age} ms ago is “${words}”`, () => expect(shortWhen(now - age, now, "en-GB")).toBe(words));
	}

	test("J5: numbers are exact", () => {
		expect(countOf(1, "record", "records")).toBe("1 record");
		expect(countOf(0, "record", "records")).toBe("0 records");
		expect(countOf(1_204, "record", "records")).toBe("1204 records");
	});
});
