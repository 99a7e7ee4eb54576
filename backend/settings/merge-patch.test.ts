import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { SheafError } from "../errors.ts";
import { type JsonObject, maxDepth, mergePatch } from "./merge-patch.ts";

const parse = (text: string) => JSON.parse(text) as JsonObject;

/** The test cases of RFC 7396, appendix A, that have an object on both sides. */
const cases: [string, string, string][] = [
	['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
	['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
	['{"a":"b"}', '{"a":null}', "{}"],
	['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
	['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
	['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
	['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
	['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
	['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
	["{}", '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
];

describe("ACC-5: settings are merged as RFC 7396 says", () => {
	test.each(cases)("%p with %p is %p", (target, patch, result) => {
		expect(mergePatch(parse(target), parse(patch))).toEqual(parse(result));
	});

	test("patches of different names come to the same in either order, and one applied twice is applied once", () => {
		const json = fc
			.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }))
			// The one name that is refused, at whatever depth it comes up.
			.filter((value) => !JSON.stringify(value).includes('"__proto__":'));
		fc.assert(
			fc.property(json, json, json, (target, left, right) => {
				const [one, other] = [{ left }, { right }];
				expect(mergePatch(mergePatch(target, one), other)).toEqual(mergePatch(mergePatch(target, other), one));
				expect(mergePatch(mergePatch(target, left), left)).toEqual(mergePatch(target, left));
			}),
		);
	});

	test("names of an object's own machinery are names like others, and change no object but the result", () => {
		const result = mergePatch(
			{},
			parse('{"constructor":{"prototype":{"stolen":1}},"toString":"x","hasOwnProperty":1}'),
		);
		expect(Object.keys(result)).toEqual(["constructor", "toString", "hasOwnProperty"]);
		expect(({} as { stolen?: number }).stolen).toBeUndefined();
	});

	test.each(['{"__proto__":{"stolen":1}}', '{"a":{"__proto__":1}}', '{"a":[{"__proto__":1}]}'])(
		"%p is refused",
		(patch) => {
			expect(() => mergePatch({}, parse(patch))).toThrow(SheafError);
			expect(({} as { stolen?: number }).stolen).toBeUndefined();
		},
	);

	test("what is nested as if to overflow a stack is refused", () => {
		const nested = (depth: number) => parse(`{"a":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`);
		expect(mergePatch({}, nested(maxDepth))).toHaveProperty("a");
		expect(() => mergePatch({}, nested(maxDepth + 1))).toThrow("levels deep");
		expect(() => mergePatch({}, nested(10_000))).toThrow("levels deep");
	});
});
