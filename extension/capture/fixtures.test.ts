import { describe, expect, test } from "bun:test";
import { extractors } from "./extractors/registry.ts";
import { capturePair, judge, readCorpus, readUnmet, strayFiles, wrongNames } from "./test-corpus.ts";
import { dropped, readBaseline, scoreOf } from "./test-score.ts";
import { isFieldName } from "./vocabulary.ts";

const pairs = readCorpus();
const unmet = readUnmet();
const replies = new Map(pairs.map((pair) => [pair.name, capturePair(pair)]));
const judged = pairs.map((pair) => {
	const reply = replies.get(pair.name) ?? { ok: false as const, reason: "not captured" };
	return { pair, reply, outcomes: judge(pair, reply) };
});

describe("CAP-1, CAP-2: of each page exactly the expected, but for what fixtures/unmet.json admits", () => {
	for (const { pair, outcomes } of judged) {
		test(pair.name, () => {
			expect(wrongNames(outcomes)).toEqual((unmet[pair.name] ?? []).toSorted());
		});
	}
});

test("CAP-1: every page has its expected file, and nothing else lies about", () => {
	expect(strayFiles()).toEqual([]);
});

test("CAP-1: every pair has its line in unmet.json, and every line its pair", () => {
	expect(Object.keys(unmet).toSorted()).toEqual(pairs.map(({ name }) => name));
});

test("CAP-1: the score of no field kind drops below its baseline", () => {
	const scored = judged.filter(({ pair }) => Object.hasOwn(unmet, pair.name));
	expect(dropped(scoreOf(scored.map(({ outcomes }) => outcomes)), readBaseline())).toEqual([]);
});

test("CAP-2: every kind has a pair that comes out as that kind", () => {
	const kinds = new Set(judged.map(({ reply }) => (reply.ok ? reply.draft.kind : "")));
	expect([...extractors.map(({ kind }) => kind), "image", "quote"].filter((kind) => !kinds.has(kind))).toEqual([]);
});

test("CAP-1: pairs ask only for what the vocabulary has, and say after what they are written", () => {
	for (const { pair } of judged) {
		const { fields, kind, provenance = {}, source } = pair.expected;
		expect(pair.name).toStartWith(`${kind}/`);
		expect([pair.name, ...Object.keys(fields).filter((name) => !isFieldName(name))]).toEqual([pair.name]);
		expect([pair.name, ...Object.keys(provenance).filter((name) => !(name in fields))]).toEqual([pair.name]);
		expect(source.length, pair.name).toBeGreaterThan(10);
	}
});

test("CAP-1: a draft says where each of its values is from, and which page it is of", () => {
	for (const { pair, reply } of judged) {
		if (!reply.ok) throw new Error(`${pair.name}: ${reply.reason}`);
		const { fields, provenance, source } = reply.draft;
		const { request, url } = pair.expected;
		expect(Object.keys(provenance).toSorted(), pair.name).toEqual(Object.keys(fields).toSorted());
		expect(source.url, pair.name).toBe(request?.subject.of === "link" ? request.subject.url : url);
		expect(source.title, pair.name).not.toBe("");
	}
});
