import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { FieldValue } from "../../contract/fields.ts";
import type { TransformStep } from "../../contract/transforms.ts";
import { applyTransform, checkTransform } from "./apply-transform.ts";
import { normalAddress } from "./url.ts";

const text = (value: string): FieldValue => ({ type: "text", value });
const list = (...value: string[]): FieldValue => ({ type: "list", value });
const amount = (value: number, currency: string): FieldValue => ({
	type: "currency",
	value: { amount: value, currency },
});

/** The value after the steps; what was not read is its reason. */
const after = (value: FieldValue | null, ...steps: TransformStep[]) => {
	const result = applyTransform(value, steps);
	return result.ok ? result.value : `${result.title}: ${result.why}`;
};

test("CON-2: what is missing or empty passes through every step but the one that stands in", () => {
	const steps: TransformStep[] = [
		{ kind: "trim" },
		{ kind: "regex", pattern: ".*", replace: "x" },
		{ kind: "number", decimal: "auto" },
		{ kind: "date" },
		{ kind: "split", separator: "," },
		{ kind: "join", separator: "," },
		{ kind: "map", values: { "": "x" } },
		{ kind: "url" },
	];
	for (const step of steps) {
		for (const empty of [null, text(" "), list()]) expect(after(empty, step)).toEqual(empty);
	}
	const standIn: TransformStep = { kind: "default", value: text("none") };
	for (const empty of [null, text(""), list()]) expect(after(empty, ...steps, standIn)).toEqual(text("none"));
	expect(after(text("there"), standIn)).toEqual(text("there"));
	expect(after({ type: "boolean", value: false }, standIn)).toEqual({ type: "boolean", value: false });
});

describe("trim, split, join, map", () => {
	test.each<[FieldValue, TransformStep, FieldValue | null | string]>([
		[text(" a\n"), { kind: "trim" }, text("a")],
		[list(" a ", " "), { kind: "trim" }, list("a")],
		[amount(1, "EUR"), { kind: "trim" }, amount(1, "EUR")],
		[text("a, b,,c "), { kind: "split", separator: "," }, list("a", "b", "c")],
		[text("a;b;c"), { kind: "split", separator: ";", take: 0 }, text("a")],
		[text("a;b;c"), { kind: "split", separator: ";", take: -1 }, text("c")],
		[text("a;b"), { kind: "split", separator: ";", take: 5 }, null],
		[list("a"), { kind: "split", separator: ";" }, "Split into parts: is no text that could be split"],
		[list("a", "b"), { kind: "join", separator: " / " }, text("a / b")],
		[text("a"), { kind: "join", separator: "," }, text("a")],
		[text(" in stock "), { kind: "map", values: { "in stock": "yes" } }, text("yes")],
		[text("else"), { kind: "map", values: { "in stock": "yes" } }, text("else")],
		[list("a", "b"), { kind: "map", values: { a: "A" } }, list("A", "b")],
		[{ type: "boolean", value: true }, { kind: "map", values: { true: "Yes" } }, text("Yes")],
		[text("constructor"), { kind: "map", values: { a: "b" } }, text("constructor")],
	])("CON-2: %j through %j", (value, step, expected) => {
		expect(after(value, step)).toEqual(expected);
	});
});

describe("regex", () => {
	const replace = (value: FieldValue, ...[pattern, by, flags = ""]: [pattern: string, by: string, flags?: string]) =>
		after(value, { kind: "regex", pattern, replace: by, flags });

	test("CON-2: every match is replaced; groups, the whole match and dollars are put back", () => {
		expect(replace(text("12-34, 5-6"), String.raw`(?<a>\d+)-(\d+)`, "$2/${a} $$ $0 $x")).toEqual(
			text("34/12 $ 12-34 $x, 6/5 $ 5-6 $x"),
		);
		expect(replace(text("Straße"), "STRASSE|STRAßE", "x", "i")).toEqual(text("x"));
		expect(replace(text("a\nb"), "^b$", "x", "m")).toEqual(text("a\nx"));
		expect(replace(text("a\nb"), "a.b", "x", "s")).toEqual(text("x"));
		expect(replace(text("a\nb"), "a.b", "x")).toEqual(text("a\nb"));
		expect(replace(list("a1", "b2"), String.raw`\d`, "")).toEqual(list("a", "b"));
		expect(replace({ type: "number", value: 12 }, "2", "3")).toEqual(text("13"));
	});

	test("CON-2: what does not match stays as it was, type and all; an address that still is one stays one", () => {
		expect(replace({ type: "url", value: "https://a.test/" }, "b", "c")).toEqual({
			type: "url",
			value: "https://a.test/",
		});
		expect(replace({ type: "url", value: "https://m.a.test/" }, String.raw`//m\.`, "//www.")).toEqual({
			type: "url",
			value: "https://www.a.test/",
		});
		expect(replace({ type: "url", value: "https://a.test/x" }, "https?://([^/]+).*", "$1")).toEqual(text("a.test"));
		expect(replace(amount(1, "EUR"), "1", "2")).toBe("Find and replace: is an amount of money and no text");
	});

	test.each([
		["(a)\\1", "is a reference back"],
		["(?=a)", "looks ahead"],
		["(", "is not closed"],
		["(?:a{1000}){1000}", "is far too large"],
		["(.{200})(.{200})", "is too large"],
	])("CON-2: %s is refused when it is saved, because it %s", (pattern) => {
		expect(checkTransform([{ kind: "trim" }, { kind: "regex", pattern, replace: "" }])).toMatchObject({ step: 1 });
	});

	test("CON-2: a replacement that names no group of the pattern is refused when it is saved", () => {
		expect(checkTransform([{ kind: "regex", pattern: "(a)", replace: "$2" }])?.why).toContain("“2”");
		expect(checkTransform([{ kind: "regex", pattern: "(a)", replace: "${b}" }])?.why).toContain("“b”");
	});

	test("CON-2: what would become longer than a record holds is refused", () => {
		expect(replace(text("a".repeat(100_000)), "a", "b".repeat(500))).toBe("Find and replace: would become too long");
		expect(replace(text("a".repeat(100_000)), "(?:a?){120}b", "")).toBe(
			"Find and replace: is too long a text for this pattern",
		);
	});

	test("CON-2: for patterns that both know, the result is JavaScript's", () => {
		const pattern = fc.constantFrom("a+", "[ab]*c", "(a)(b)?", "^a", "b$", String.raw`\w\s`, "a|b");
		fc.assert(
			fc.property(
				fc.stringMatching(/^[abc \n]{0,30}$/),
				pattern,
				fc.constantFrom("", "x", "[$1]", "$$"),
				(written, source, by) => {
					fc.pre(by !== "[$1]" || source.includes("(a)"));
					const expected = written.trim() === "" ? written : written.replaceAll(new RegExp(source, "g"), by);
					expect(replace(text(written), source, by)).toEqual(text(expected));
				},
			),
		);
	});
});

describe("url", () => {
	test.each([
		["HTTPS://Example.COM:443/A/b?utm_source=x&b=2&UTM_Campaign=y&a=1&fbclid=z#top", "https://example.com/A/b?b=2&a=1"],
		["http://example.com:80", "http://example.com/"],
		["http://example.com:8080/?gclid=1", "http://example.com:8080/"],
		["https://example.com/?q=a%20b&&x=+&q=c", "https://example.com/?q=a%20b&x=+&q=c"],
		["https://example.com/app#/page/1", "https://example.com/app#/page/1"],
		["https://example.com/#!news", "https://example.com/#!news"],
		["https://example.com/?utm%5Fsource=x&%E0%A4%A=1", "https://example.com/?%E0%A4%A=1"],
		["mailto:Ada@Example.com?utm_source=x", "mailto:Ada@Example.com?utm_source=x"],
		["ftp://Example.com/a#b", "ftp://Example.com/a#b"],
	])("OUT-5: %s is %s", (written, normal) => {
		expect(normalAddress(written)).toBe(normal);
		expect(after({ type: "url", value: written }, { kind: "url" })).toEqual({ type: "url", value: normal });
	});

	test("OUT-5: what is no address is refused", () => {
		for (const written of ["no address", "example", "/path", "https://a b.test/"]) {
			expect(after(text(written), { kind: "url" })).toBe("Tidy the address: is no address");
		}
	});

	test("OUT-5: a normal address is its own, and what is not tracking stays in its order", () => {
		const pair = fc.tuple(fc.constantFrom("a", "ref", "id", "utm_medium", "gclid", "mc_eid"), fc.webFragments());
		fc.assert(
			fc.property(fc.webUrl({ withFragments: true }), fc.array(pair), (address, pairs) => {
				const search = pairs.map(([name, value]) => `${name}=${value.replaceAll(/[#&]/g, "")}`).join("&");
				const written = `${address.split("#")[0]}?${search}`;
				const normal = normalAddress(written) ?? "";
				expect(normalAddress(normal)).toBe(normal);
				const names = (!normal.includes("?") ? "" : normal.slice(normal.indexOf("?") + 1))
					.split("&")
					.map((each) => each.split("=")[0]);
				const kept = pairs.map(([name]) => name).filter((name) => ["a", "ref", "id"].includes(name));
				expect(names.filter((name) => name !== "")).toEqual(kept);
			}),
		);
	});
});
