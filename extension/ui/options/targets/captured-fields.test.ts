import { describe, expect, test } from "bun:test";
import { testRecord } from "../../test-target.ts";
import { capturableFields, sampleOf } from "./captured-fields.ts";

const recent = [
	testRecord({ fields: { title: { type: "text", value: "Two\nlines" }, shelf: { type: "number", value: 1234.5 } } }),
	testRecord({
		fields: {
			price: { type: "currency", value: { amount: 5, currency: "EUR" } },
			tags: { type: "list", value: ["a", "b"] },
		},
	}),
];

describe("J3: what a mapping is made of", () => {
	test("J3: Sheaf's own fields and what was typed by hand lately can be mapped, each once", () => {
		const names = capturableFields(recent).map(({ name }) => name);
		expect(names).toContain("title");
		expect(names).toContain("shelf");
		expect(new Set(names).size).toBe(names.length);
		expect(capturableFields(recent).find(({ name }) => name === "shelf")?.type).toBe("number");
	});

	test("J3: a suggestion request stays within what the API takes", () => {
		expect(capturableFields(recent).length).toBeLessThanOrEqual(200);
	});

	test("J3: samples are the newest value on one line", () => {
		expect(sampleOf("title", recent)).toBe("Two lines");
		expect(sampleOf("shelf", recent, "en-GB")).toBe("1,234.5");
		expect(sampleOf("price", recent, "en-GB")).toBe("€5.00");
		expect(sampleOf("tags", recent)).toBe("a, b");
		expect(sampleOf("nothing", recent)).toBe("");
	});
});
