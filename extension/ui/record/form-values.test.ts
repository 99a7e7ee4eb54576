import { describe, expect, test } from "bun:test";
import type { FieldValue } from "../../../backend/contract/fields.ts";
import { toFormValue } from "./form-values.ts";
import type { FormColumn, FormValue } from "./input-kinds.ts";
import { localMoment } from "./moments.ts";
import { fromFormValue } from "./read-form-value.ts";

const locale = "en-GB";
const link: FormColumn = { type: "link", linkedTableId: "people" };
const select: FormColumn = { type: "select", options: ["Red"] };
const tags: FormColumn = { type: "multi_select", options: ["a"], takesNewOptions: true };
const text = (value: string): FieldValue => ({ type: "text", value });
const number = (value: number): FieldValue => ({ type: "number", value });
const list = (...value: string[]): FieldValue => ({ type: "list", value });
const evening = "2025-10-14T18:30:00.000Z";

describe("J4: a value is shown in the input of its column", () => {
	const values: [value: FieldValue, column: FormColumn, form: FormValue][] = [
		[text("Ada"), { type: "text" }, { input: "text", text: "Ada" }],
		[text("one\ntwo"), { type: "text" }, { input: "long_text", text: "one\ntwo" }],
		[text("Ada"), { type: "long_text" }, { input: "long_text", text: "Ada" }],
		[{ type: "markdown", value: "# Hi" }, { type: "rich_text" }, { input: "long_text", text: "# Hi" }],
		[number(4.5), { type: "text" }, { input: "text", text: "4.5" }],
		[{ type: "url", value: "https://a.test/" }, { type: "url" }, { input: "url", text: "https://a.test/" }],
		[text("ada@a.test"), { type: "email" }, { input: "email", text: "ada@a.test" }],
		[text("+44 20 7946"), { type: "phone" }, { input: "phone", text: "+44 20 7946" }],
		[number(1234.5), { type: "number" }, { input: "number", text: "1,234.5" }],
		[number(0.285), { type: "percent" }, { input: "percent", text: "28.5" }],
		[number(4.6), { type: "rating", max: 5 }, { input: "rating", stars: 5 }],
		[number(3_723), { type: "duration" }, { input: "duration", text: "1:02:03" }],
		[{ type: "boolean", value: true }, { type: "boolean" }, { input: "boolean", checked: true }],
		[{ type: "date", value: "2025-10-14" }, { type: "date" }, { input: "date", text: "2025-10-14" }],
		[{ type: "date", value: "soon" }, { type: "date" }, { input: "date", text: "" }],
		[{ type: "date", value: evening }, { type: "datetime" }, { input: "moment", ...localMoment(evening) }],
		[{ type: "date", value: "2025-10-14" }, { type: "datetime" }, { input: "moment", day: "2025-10-14", time: "" }],
		[text("Red"), select, { input: "choice", text: "Red" }],
		[list("Red"), select, { input: "choice", text: "Red" }],
		[list("a", "b"), tags, { input: "choices", items: ["a", "b"] }],
		[text("a, b"), tags, { input: "choices", items: ["a, b"] }],
		[list("Ada"), link, { input: "rows", items: ["Ada"] }],
		[
			{ type: "image", value: "https://a.test/a.png" },
			{ type: "attachment" },
			{ input: "files", items: ["https://a.test/a.png"] },
		],
		[
			{ type: "currency", value: { amount: 12.5, currency: "EUR" } },
			{ type: "currency" },
			{ input: "currency", text: "12.50", currency: "EUR", codeless: true },
		],
		[number(5), { type: "currency" }, { input: "currency", text: "5", currency: "", codeless: true }],
	];
	for (const [value, column, form] of values) {
		test(`J4: ${JSON.stringify(value.value)} in a column of ${column.type}`, () => {
			expect(toFormValue(value, column, { locale })).toEqual(form);
		});
	}

	const others: [why: string, value: FieldValue, column: FormColumn, form: FormValue][] = [
		["a text that is no number", text("12 pages"), { type: "number" }, { input: "text", text: "12 pages" }],
		["more stars than there are", number(87), { type: "rating", max: 5 }, { input: "number", text: "87" }],
		["several values for one choice", list("a", "b"), select, { input: "list", items: ["a", "b"] }],
		["a text that is no address", text("see page"), { type: "url" }, { input: "text", text: "see page" }],
		["files that have no address", list("a.pdf"), { type: "attachment" }, { input: "list", items: ["a.pdf"] }],
		["choices that are not known", text("Red"), { type: "select" }, { input: "text", text: "Red" }],
		["a linked table that is not known", list("Ada"), { type: "link" }, { input: "list", items: ["Ada"] }],
	];
	for (const [why, value, column, form] of others) {
		test(`J4: ${why}: shown whole, in an input of its own`, () => {
			expect(toFormValue(value, column, { locale })).toEqual(form);
		});
	}

	test("J4: where there is no column, a value brings its input, and a time of day is not hidden", () => {
		expect(toFormValue(number(4), null, { locale })).toEqual({ input: "number", text: "4" });
		expect(toFormValue({ type: "date", value: evening }, null)).toMatchObject({ input: "moment" });
		expect(toFormValue(undefined, null, { type: "date" })).toEqual({ input: "date", text: "" });
	});

	const columns: [column: FormColumn, input: FormValue["input"]][] = [
		[{ type: "text" }, "text"],
		[{ type: "long_text" }, "long_text"],
		[{ type: "url" }, "url"],
		[{ type: "email" }, "email"],
		[{ type: "phone" }, "phone"],
		[{ type: "percent" }, "percent"],
		[{ type: "currency" }, "currency"],
		[{ type: "rating" }, "rating"],
		[{ type: "duration" }, "duration"],
		[{ type: "boolean" }, "boolean"],
		[{ type: "datetime" }, "moment"],
		[select, "choice"],
		[tags, "choices"],
		[link, "rows"],
		[{ type: "attachment" }, "files"],
		[{ type: "a type this build does not know" }, "text"],
	];
	for (const [column, input] of columns) {
		test(`J4: an empty cell of ${column.type} gets the input ${input}`, () => {
			expect(toFormValue(undefined, column, { locale }).input).toBe(input);
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
			{ type: "number", value: 4.6 },
			{ type: "image", value: "https://a.test/a.png" },
		];
		for (const value of values) {
			for (const type of ["text", "number", "date", "datetime", "currency", "percent", "attachment"]) {
				expect(fromFormValue(toFormValue(value, { type }, { locale }), value, locale)).toEqual({ ok: true, value });
			}
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

	const typed: [form: FormValue, value: FieldValue][] = [
		[{ input: "choice", text: "Red" }, text("Red")],
		[{ input: "choices", items: ["a", "b, c"] }, list("a", "b, c")],
		[{ input: "rows", items: ["rec1"] }, list("rec1")],
		[
			{ input: "files", items: ["https://a.test/a.pdf"] },
			{ type: "url", value: "https://a.test/a.pdf" },
		],
		[{ input: "files", items: ["https://a.test/1", "https://a.test/2"] }, list("https://a.test/1", "https://a.test/2")],
		[{ input: "rating", stars: 4 }, number(4)],
		[{ input: "percent", text: "28.5 %" }, number(0.285)],
		[{ input: "duration", text: "1:30:00" }, number(5_400)],
		[{ input: "duration", text: "1:30" }, number(5_400)],
		[
			{ input: "moment", day: "2025-10-14", time: "" },
			{ type: "date", value: "2025-10-14" },
		],
		[
			{ input: "moment", ...localMoment(evening) },
			{ type: "date", value: evening },
		],
		[{ input: "email", text: " ada@a.test " }, text("ada@a.test")],
		[{ input: "phone", text: "+44 20 7946 0000" }, text("+44 20 7946 0000")],
		[{ input: "currency", text: "5", currency: "", codeless: true }, number(5)],
	];
	for (const [form, value] of typed) {
		test(`J4: ${JSON.stringify(form)} is ${JSON.stringify(value.value)}`, () => {
			expect(fromFormValue(form, undefined, locale)).toEqual({ ok: true, value });
		});
	}

	const empties: FormValue[] = [
		{ input: "text", text: "  " },
		{ input: "number", text: "" },
		{ input: "currency", text: "", currency: "" },
		{ input: "list", items: [] },
		{ input: "date", text: "" },
		{ input: "moment", day: "", time: "" },
		{ input: "rating", stars: 0 },
		{ input: "choice", text: "" },
		{ input: "files", items: [] },
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
		{ input: "files", items: ["javascript:alert(1)"] },
		{ input: "email", text: "ada" },
		{ input: "phone", text: "call me" },
		{ input: "moment", day: "", time: "10:00" },
		{ input: "duration", text: "an hour" },
		{ input: "percent", text: "half" },
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
