import { expect, test } from "bun:test";
import { parseTolerant } from "./json-repair.ts";

const cases: [what: string, text: string, read: unknown][] = [
	["raw line breaks in texts", '{"a":"x\ny",}', { a: "x\ny" }],
	["quotation marks inside texts", '{"name":"Shelf 24" wide","price":"3"}', { name: 'Shelf 24" wide', price: "3" }],
	["forgotten commas", '{"a":1 "b":2}', { a: 1, b: 2 }],
	["forgotten commas after texts", '{"name":"a" "b":"c"}', { name: "a", b: "c" }],
	["a text that was cut off", '{"a":[1,2,{"b":"c"', { a: [1, 2, { b: "c" }] }],
	["CDATA marks", '/* <![CDATA[ */ {"a":1,} /* ]]> */', { a: 1 }],
	["several objects in a row", '{"a":1}{"b":2}', [{ a: 1 }, { b: 2 }]],
	["comments", '{"a":"b",// note\n"c":"http://x"}', { a: "b", c: "http://x" }],
	["marks written as entities", "{&quot;a&quot;:&quot;b&quot;}", { a: "b" }],
	["a value that is none", '{"a": ,"b":NaN}', { a: null, b: null }],
];
for (const [what, text, read] of cases) {
	test(`CAP-1: ${what}`, () => {
		expect(JSON.parse(JSON.stringify(parseTolerant(text)))).toEqual(read);
	});
}

test("CAP-6: nothing to read is undefined, and a flood ends", () => {
	expect(parseTolerant("no data")).toBeUndefined();
	expect(Array.isArray(parseTolerant("[".repeat(500_000)))).toBe(true);
	expect(parseTolerant('"'.repeat(500_000))).toBeUndefined();
});

test("CAP-6: a broken object that names a prototype poisons none", () => {
	parseTolerant('{"__proto__":{"poisoned":true},');
	expect("poisoned" in {}).toBe(false);
});
