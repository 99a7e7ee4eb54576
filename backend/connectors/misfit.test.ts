import { describe, expect, test } from "bun:test";
import { misfit, unfillable, within } from "./misfit.ts";

const price = { name: "Price" };

describe("CON-2: why a value does not fit, as a sentence and for saying it in another language", () => {
	test("CON-2: the column, what it takes and what the record has", () => {
		expect(misfit(price, "number", { shown: "abc" })).toEqual({
			ok: false,
			message: "“Price” takes a number; this record has “abc”.",
			details: { case: "misfit", columnName: "Price", wants: "number", shown: "abc" },
		});
		expect(misfit({ name: "Stars" }, "rating", { max: 5, shown: "9" })).toMatchObject({
			message: "“Stars” takes a rating from 1 to 5; this record has “9”.",
			details: { wants: "rating", max: 5 },
		});
	});

	test("CON-2: details show no more of a record than the sentence does, and stay short", () => {
		const { message, details } = misfit({ name: "N".repeat(5_000) }, "date", { shown: "x".repeat(5_000) });
		expect(message).toContain(`has “${"x".repeat(60)}…”`);
		expect(details).toMatchObject({ shown: `${"x".repeat(60)}…`, columnName: `${"N".repeat(200)}…` });
		expect(misfit(price, "date", {}).details).toEqual({ case: "takes", columnName: "Price", wants: "date" });
	});

	test("CON-2: too long, and not to be filled at all", () => {
		expect(within("abc", price, 3)).toEqual({ ok: true, cell: "abc" });
		expect(within("abcd", price, 3)).toMatchObject({
			message: "“Price” takes up to 3 characters; this record has 4.",
			details: { case: "too-long", columnName: "Price", max: 3, length: 4 },
		});
		expect(unfillable(price)).toMatchObject({ details: { case: "unfillable", columnName: "Price" } });
	});
});
