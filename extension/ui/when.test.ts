import { describe, expect, test } from "bun:test";
import { agoWhen, shortWhen, sizeWords, untilWhen } from "./when.ts";

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

	test("J7: the past and the future at the end of a sentence", () => {
		const ago = (age: number) => agoWhen(now - age, now, "en-GB");
		expect([0, 2 * minute, 5 * 60 * minute, 24 * 60 * minute].map(ago)).toEqual([
			"just now",
			"2 min ago",
			"5 h ago",
			"on 19 Nov",
		]);
		const until = (left: number) => untilWhen(now + left, now);
		expect([-minute, 5 * minute, 3 * 60 * minute, 24 * 60 * minute, 6.9 * 24 * 60 * minute].map(until)).toEqual([
			"now",
			"in 5 min",
			"in 3 h",
			"in 1 day",
			"in 7 days",
		]);
	});

	test("SEC-4: the size of a file is read at a glance", () => {
		const sizes = [0, 640, 1_240, 1_000_000, 12_345_678, 7_000_000_000_000];
		expect(sizes.map((size) => sizeWords(size, "en-GB"))).toEqual([
			"0 byte",
			"640 byte",
			"1.2 kB",
			"1 MB",
			"12.3 MB",
			"7,000 GB",
		]);
	});
});
