import { expect, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import { RecordSource } from "../../backend/contract/records.ts";
import { fitSource } from "./fit-source.ts";

const long = "x".repeat(20_000);
const sources: [string, { url: string; title: string }][] = [
	["a long title", { url: "https://a.test/", title: long }],
	["a long fragment", { url: `https://a.test/p?q=1#${long}`, title: "T" }],
	["a long query", { url: `https://a.test/p?q=${long}`, title: "T" }],
	["a long path", { url: `https://a.test/${long}`, title: "T" }],
	["characters that no store takes", { url: "https://a.test/", title: "a\u0000b\ud83d c" }],
];
for (const [name, source] of sources) {
	test(`I1: ${name} can be sent: a source cannot be edited, so it must not be refused`, () => {
		const fitted = fitSource(source);
		expect(Value.Check(RecordSource, fitted)).toBe(true);
		expect(fitted.title).not.toMatch(/[\0\p{Surrogate}]/u);
	});
}

test("what fits stays as it is", () => {
	const source = { url: "https://a.test/p?q=1#part", title: "A title" };
	expect(fitSource(source)).toEqual(source);
});
