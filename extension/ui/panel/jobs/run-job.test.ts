import { describe, expect, test } from "bun:test";
import type { CaptureDraft } from "../../../capture/draft.ts";
import type { JobRow } from "../../../outbox/job-database.ts";
import { type JobDeps, runJob, updateOf } from "./run-job.ts";

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

/** Everything is allowed, every page is an article; what is kept is noted. */
function aJob(over: Partial<JobDeps> = {}) {
	const kept: JobRow[] = [];
	const saved: { kind: string; url: string }[] = [];
	const read = (tabId: number, url: string) => ({ draft: draft(url), document: { tabId, documentId: "d", url } });
	const deps: JobDeps = {
		mayRead: async () => true,
		readTab: async (tabId, url) => read(tabId, url),
		readPage: async (url) => read(9, url),
		save: async ({ kind, source }) => {
			saved.push({ kind, url: source.url });
			return `record of ${source.url}`;
		},
		keep: async (one) => void kept.push(one),
		...over,
	};
	return { deps, kept, saved };
}

const never = new AbortController().signal;

describe("CAP-3: many pages, one after the other, with an outcome for each", () => {
	test("only what waits is done; each is noted before the next is begun", async () => {
		const { deps, kept, saved } = aJob();
		await runJob([row(0, { state: "saved" }), row(1), row(2, { tabId: 5 })], deps, never);
		expect(saved.map(({ url }) => url)).toEqual(["https://a.test/1", "https://a.test/2"]);
		expect(kept).toMatchObject([
			{ place: 1, state: "saved", title: "Page https://a.test/1", recordId: "record of https://a.test/1" },
			{ place: 2, state: "saved" },
		]);
	});

	test("SEC-3: a page whose site nobody allowed is not opened, and saved as a link", async () => {
		let opened = 0;
		const { deps, kept, saved } = aJob({
			mayRead: async () => false,
			readPage: async () => {
				opened += 1;
				return { failed: "not-readable" };
			},
		});
		await runJob([row(0)], deps, never);
		expect([opened, saved]).toEqual([0, [{ kind: "bookmark", url: "https://a.test/0" }]]);
		expect(kept).toMatchObject([{ state: "link", reason: "no-permission" }]);
	});

	test("CAP-1: a page that cannot be read is a link too: nothing is lost", async () => {
		const { deps, kept } = aJob({ readPage: async () => ({ failed: "no-answer" }) });
		await runJob([row(0)], deps, never);
		expect(kept).toMatchObject([{ state: "link", reason: "no-answer", recordId: "record of https://a.test/0" }]);
	});

	test("one that cannot be saved is failed with the reason, and stops no other", async () => {
		const { deps, kept } = aJob({
			save: async ({ source }) => {
				if (source.url.endsWith("/0")) throw new Error("There is no room left on this device.");
				return "record";
			},
		});
		await runJob([row(0), row(1)], deps, never);
		expect(kept).toMatchObject([
			{ state: "failed", reason: "There is no room left on this device." },
			{ state: "saved" },
		]);
	});

	test("Stop ends it after the page at hand; the rest waits and is done the next time", async () => {
		const stop = new AbortController();
		const { deps, kept } = aJob();
		const rows = [row(0), row(1), row(2)];
		const keep = async (one: JobRow) => {
			kept.push(one);
			stop.abort();
		};
		await runJob(rows, { ...deps, keep }, stop.signal);
		expect(kept.map(({ place }) => place)).toEqual([0]);
		await runJob(
			rows.map((one) => kept.find(({ place }) => place === one.place) ?? one),
			deps,
			never,
		);
		expect(kept.map(({ place }) => place)).toEqual([0, 1, 2]);
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
