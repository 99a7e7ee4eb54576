import { expect, test } from "bun:test";
import type { CaptureReply } from "./draft.ts";
import { capturePair, judge, type Pair, wrongNames } from "./test-corpus.ts";
import { dropped, precision, recall, scoreOf } from "./test-score.ts";

const html =
	'<html lang="en"><head><title>Kettle</title><meta name="author" content="Ada"></head><body><h1>Kettle</h1></body></html>';
const pairOf = (fields: Record<string, unknown>, more: Partial<Pair["expected"]> = {}): Pair => ({
	name: "page/kettle",
	html,
	expected: { url: "https://kettles.example/1", source: "made up for this test", kind: "page", fields, ...more },
});
const whole = {
	title: "Kettle",
	url: "https://kettles.example/1",
	siteName: "kettles.example",
	author: "Ada",
	language: "en",
};
const judged = (pair: Pair, reply: CaptureReply = capturePair(pair)) => judge(pair, reply);

test("CAP-1: nothing is wrong where all is as expected", () => {
	expect(wrongNames(judged(pairOf(whole, { provenance: { author: "meta" } })))).toEqual([]);
});

test("CAP-1: what is missing, different, too much, of another kind or source is wrong by its name", () => {
	const { author: _, ...withoutAuthor } = whole;
	expect(wrongNames(judged(pairOf({ ...whole, doi: "10.1000/1" })))).toEqual(["doi"]);
	expect(wrongNames(judged(pairOf({ ...whole, title: "Pan" })))).toEqual(["title"]);
	expect(wrongNames(judged(pairOf(withoutAuthor)))).toEqual(["author"]);
	expect(wrongNames(judged(pairOf(whole, { kind: "product" })))).toEqual(["kind"]);
	expect(wrongNames(judged(pairOf(whole, { provenance: { author: "json-ld" } })))).toEqual(["from:author"]);
});

test("CAP-1: a refusal gets nothing right and finds nothing", () => {
	const outcomes = judged(pairOf(whole), { ok: false, reason: "SyntaxError" });
	expect(outcomes.filter(({ found, right }) => found || right)).toEqual([]);
	expect(outcomes).toHaveLength(Object.keys(whole).length + 1);
});

test("CAP-1: noise costs precision, a loss costs recall", () => {
	const { author: _, ...withoutAuthor } = whole;
	const noise = scoreOf([judged(pairOf(withoutAuthor))]).fieldKinds["author"];
	const loss = scoreOf([judged(pairOf({ ...whole, authors: ["Ada", "Bo"] }))]).fieldKinds["author"];
	expect(noise && [precision(noise), recall(noise)]).toEqual([0, 1]);
	expect(loss && [precision(loss), recall(loss)]).toEqual([1, 0.5]);
});

test("CAP-1: a right value less, or a worse share of the same pairs, is a drop; harder pairs are none", () => {
	const baseline = { pairs: 2, fieldKinds: { price: { expected: 4, found: 4, right: 3 } } };
	const now = (pairs: number, found: number, right: number) => ({
		pairs,
		fieldKinds: { price: { expected: 4, found, right } },
	});
	expect(dropped(now(2, 4, 3), baseline)).toEqual([]);
	expect(dropped(now(3, 9, 3), baseline)).toEqual([]);
	expect(dropped(now(2, 5, 3), baseline)).toEqual(["price"]);
	expect(dropped(now(3, 2, 2), baseline)).toEqual(["price"]);
});
