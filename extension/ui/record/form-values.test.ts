import { describe, expect, test } from "bun:test";
import type { FieldValue } from "../../../backend/contract/fields.ts";
import { type FormValue, fromFormValue, toFormValue } from "./form-values.ts";

const locale = "en-GB";

describe("J4: a value is shown in the input of its type", () => {
	const values: [value: FieldValue, columnType: string, form: FormValue][] = [
		[{ type: "text", value: "Ada" }, "text", { input: "text", text: "Ada" }],
		[{ type: "text", value: "one\ntwo" }, "text", { input: "long_text", text: "one\ntwo" }],
		[{ type: "text", value: "Ada" }, "long_text", { input: "long_text", text: "Ada" }],
		[{ type: "markdown", value: "# Hi" }, "rich_text", { input: "long_text", text: "# Hi" }],
		[{ type: "url", value: "https://a.test/" }, "url", { input: "url", text: "https://a.test/" }],
		[{ type: "image", value: "https://a.test/a.png" }, "attachment", { input: "url", text: "https://a.test/a.png" }],
		[{ type: "number", value: 1234.5 }, "number", { input: "number", text: "1,234.5" }],
		[{ type: "boolean", value: true }, "boolean", { input: "boolean", checked: true }],
		[{ type: "list", value: ["a", "b"] }, "multi_select", { input: "list", items: ["a", "b"] }],
		[{ type: "date", value: "2025-10-14" }, "date", { input: "date", text: "2025-10-14" }],
		[{ type: "date", value: "soon" }, "date", { input: "date", text: "" }],
		[
			{ type: "currency", value: { amount: 12.5, currency: "EUR" } },
			"currency",
			{ input: "currency", text: "12.50", currency: "EUR" },
		],
	];
	for (const [value, columnType, form] of values) {
		test(`J4: ${value.type} in a column of ${columnType}`, () => {
			expect(toFormValue(value, columnType, locale)).toEqual(form);
		});
	}

	const columns: [columnType: string, input: FormValue["input"]][] = [
		["text", "text"],
		["long_text", "long_text"],
		["url", "url"],
		["percent", "number"],
		["currency", "currency"],
		["boolean", "boolean"],
		["datetime", "date"],
		["multi_select", "list"],
		["a type this build does not know", "text"],
	];
	for (const [columnType, input] of columns) {
		test(`J4: an empty cell of ${columnType} gets the input ${input}`, () => {
			expect(toFormValue(undefined, columnType, locale).input).toBe(input);
		});
	}
});

describe("J4: what is typed becomes a typed value", () => {
	test("J4: an untouched input gives back the very value, digits and time of day included", () => {
		const values: FieldValue[] = [
			{ type: "date", value: "2025-10-14T08:30:00.000Z" },
			{ type: "number", value: 0.1 + 0.2 },
			{ type: "markdown", value: "text  " },
			{ type: "text", value: "a\nb" },
			{ type: "currency", value: { amount: 0.30000000000000004, currency: "USD" } },
			{ type: "date", value: "soon" },
		];
		for (const value of values) {
			expect(fromFormValue(toFormValue(value, "text", locale), value, locale)).toEqual({ ok: true, value });
		}
	});

	test("J4: a changed picture or body keeps its type", () => {
		const image = fromFormValue(
			{ input: "url", text: "https://a.test/b.png" },
			{ type: "image", value: "https://a.test/a.png" },
		);
		expect(image).toEqual({ ok: true, value: { type: "image", value: "https://a.test/b.png" } });
		const body = fromFormValue({ input: "long_text", text: "new" }, { type: "markdown", value: "old" });
		expect(body).toEqual({ ok: true, value: { type: "markdown", value: "new" } });
	});

	const empties: FormValue[] = [
		{ input: "text", text: "  " },
		{ input: "number", text: "" },
		{ input: "currency", text: "", currency: "" },
		{ input: "list", items: [] },
		{ input: "date", text: "" },
		{ input: "boolean", checked: false },
	];
	for (const form of empties) {
		test(`J4: an empty ${form.input} is no value`, () => {
			expect(fromFormValue(form, undefined, locale)).toEqual({ ok: true, value: null });
		});
	}

	test("J4: a box that is unticked by hand is false, not nothing", () => {
		const read = fromFormValue({ input: "boolean", checked: false }, { type: "boolean", value: true });
		expect(read).toEqual({ ok: true, value: { type: "boolean", value: false } });
	});

	const refused: FormValue[] = [
		{ input: "number", text: "twelve" },
		{ input: "currency", text: "1", currency: "" },
		{ input: "currency", text: "one", currency: "EUR" },
		{ input: "url", text: "example.com" },
		{ input: "url", text: "javascript:alert(1)" },
	];
	for (const form of refused) {
		test(`J4: ${JSON.stringify(form)} is refused with a sentence`, () => {
			const read = fromFormValue(form, undefined, locale);
			expect(read.ok).toBe(false);
			expect(read.ok ? "" : read.message).toMatch(/\.$/);
		});
	}

	test("J4: a currency is read in any case", () => {
		expect(fromFormValue({ input: "currency", text: "5", currency: "eur" }, undefined, locale)).toEqual({
			ok: true,
			value: { type: "currency", value: { amount: 5, currency: "EUR" } },
		});
	});

	test("J4: characters that no store takes and nobody sees are dropped from what was pasted", () => {
		const typed = { input: "text", text: "a\u0000b\ud83d" } as const;
		expect(fromFormValue(typed, undefined, locale)).toEqual({ ok: true, value: { type: "text", value: "ab" } });
		const list = { input: "list", items: ["a\u0000"] } as const;
		expect(fromFormValue({ ...list, items: [...list.items] }, undefined, locale)).toEqual({
			ok: true,
			value: { type: "list", value: ["a"] },
		});
	});
});
