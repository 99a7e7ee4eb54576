import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import type { CaptureReply, CaptureRequest } from "./draft.ts";
import { extractors } from "./extractors/registry.ts";
import { captureHtml } from "./test-page.ts";
import { isFieldName, vocabulary } from "./vocabulary.ts";

type Expected = { url: string; request?: CaptureRequest; selection?: string; reply: CaptureReply };

const folder = new URL("./fixtures/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
const names = readdirSync(folder)
	.filter((name) => name.endsWith(".html"))
	.map((name) => name.replace(/\.html$/, ""));

describe("CAP-1, CAP-2: each page becomes exactly the expected draft", () => {
	for (const name of names) {
		test(name, () => {
			const { reply, ...page } = JSON.parse(read(`${name}.expected.json`)) as Expected;
			const got = captureHtml({ html: read(`${name}.html`), ...page });
			expect(got).toEqual(reply);
		});
	}
});

test("CAP-2: every kind has a fixture that comes out as that kind", () => {
	const drafts = names.map((name) => (JSON.parse(read(`${name}.expected.json`)) as Expected).reply);
	const kinds = new Set(drafts.map((reply) => (reply.ok ? reply.draft.kind : "")));
	expect([...extractors.map(({ kind }) => kind), "image", "quote"].filter((kind) => !kinds.has(kind))).toEqual([]);
});

test("CAP-1: a draft speaks only the vocabulary, in its types, and says where each value is from", () => {
	for (const name of names) {
		const { reply } = JSON.parse(read(`${name}.expected.json`)) as Expected;
		if (!reply.ok) continue;
		const { fields, provenance } = reply.draft;
		for (const [field, { type }] of Object.entries(fields)) {
			expect(isFieldName(field) && vocabulary[field].type).toBe(type);
		}
		expect(Object.keys(provenance).toSorted()).toEqual(Object.keys(fields).toSorted());
	}
});
