import { describe, expect, test } from "bun:test";
import type { CaptureDraft } from "../../../capture/draft.ts";
import type { JobRow } from "../../../outbox/job-database.ts";
import { type PageDeps, savePage, updateOf } from "./save-page.ts";

const row = (place: number, more: Partial<JobRow> = {}): JobRow => ({
	jobId: "job",
	place,
	url: `https://a.test/${place}`,
	title: "",
	tabId: null,
	state: "waiting",
	reason: null,
	recordId: null,
	...more,
});

const draft = (url: string): CaptureDraft => ({
	kind: "article",
	source: { url, title: `Page ${url}` },
	fields: { url: { type: "url", value: url } },
	provenance: {},
	image: null,
});

/** Everything is allowed, every page is an article. */
function aPage(over: Partial<PageDeps> = {}) {
	const saved: { kind: string; url: string }[] = [];
	const read = (tabId: number, url: string) => ({ draft: draft(url), document: { tabId, documentId: "d", url } });
	const deps: PageDeps = {
		mayRead: async () => true,
		readTab: async (tabId, url) => read(tabId, url),
		readPage: async (url) => read(9, url),
		save: async ({ kind, source }) => {
			saved.push({ kind, url: source.url });
			return `record of ${source.url}`;
		},
		...over,
	};
	return { deps, saved };
}

describe("CAP-3: each page of a job has an outcome", () => {
	test("a page that may be read is saved as what it is, in its tab or in one of our own", async () => {
		const { deps, saved } = aPage();
		expect(await savePage(row(1), deps)).toEqual(
			row(1, { state: "saved", title: "Page https://a.test/1", recordId: "record of https://a.test/1" }),
		);
		expect(await savePage(row(2, { tabId: 5 }), deps)).toMatchObject({ place: 2, state: "saved" });
		expect(saved.map(({ url }) => url)).toEqual(["https://a.test/1", "https://a.test/2"]);
	});

	test("SEC-3: a page whose site nobody allowed is not opened, and saved as a link", async () => {
		let opened = 0;
		const { deps, saved } = aPage({
			mayRead: async () => false,
			readPage: async () => {
				opened += 1;
				return { failed: "not-readable" };
			},
		});
		expect(await savePage(row(0), deps)).toMatchObject({ state: "link", reason: "no-permission" });
		expect([opened, saved]).toEqual([0, [{ kind: "bookmark", url: "https://a.test/0" }]]);
	});

	test("CAP-1: a page that cannot be read is a link too: nothing is lost", async () => {
		const { deps } = aPage({ readPage: async () => ({ failed: "no-answer" }) });
		const outcome = { state: "link", reason: "no-answer", recordId: "record of https://a.test/0" };
		expect(await savePage(row(0), deps)).toMatchObject(outcome);
	});

	test("one that cannot be saved is failed with the reason", async () => {
		const { deps } = aPage({
			save: async () => {
				throw new Error("There is no room left on this device.");
			},
		});
		const outcome = { state: "failed", reason: "There is no room left on this device." };
		expect(await savePage(row(0), deps)).toMatchObject(outcome);
	});

	test("OUT-1: what is saved already loses nothing to a page that is read again, and nothing at all to a link", () => {
		const link = draft("https://a.test/");
		const text = (value: string) => ({ type: "text" as const, value });
		const saved = {
			kind: "product",
			fields: { title: text("Mine"), note: text("Ask Ada"), price: text("12") },
			provenance: { title: { from: "typed" as const, confidence: 1 } },
		};
		expect(updateOf({ ...link, document: null }, saved)).toEqual({ ...link, document: null, ...saved });
		const fields = { title: text("The page's"), price: text("13") };
		const document = { tabId: 1, documentId: "d", url: "https://a.test/" };
		expect(updateOf({ ...link, fields, document }, saved)).toMatchObject({
			kind: "product",
			fields: { title: text("Mine"), note: text("Ask Ada"), price: text("13") },
		});
	});
});
