import { describe, expect, test } from "bun:test";
import type { RowsRead, TableColumn, TableRow, TablesReply, TablesRequest } from "../capture/tables/types.ts";
import type { Collection } from "../settings/collections.ts";
import { type CollectDeps, collectRows } from "./collect-rows.ts";

const column = (id: string): TableColumn => ({ id, name: id, type: "text", filled: 0, path: id });
const row = (name: string): TableRow => ({ id: name, cells: { name: { type: "text", value: name } }, url: null });

const start: Collection = {
	id: "c",
	tabId: 7,
	source: { url: "https://a.example/?p=1", title: "A" },
	table: { id: "t", kind: "list", columns: [column("name")] },
	columns: [column("name")],
	limit: { rows: 100, pages: 100 },
	rows: 0,
	chunks: 0,
	pages: 0,
	url: "https://a.example/?p=1",
	end: null,
};

const read = (names: string[], more: Partial<RowsRead> = {}): RowsRead => ({
	ok: true,
	url: "https://a.example/?p=1",
	columns: [column("name")],
	rows: names.map(row),
	next: "button",
	nextUrl: null,
	...more,
});

type Run = {
	replies: TablesReply[];
	from?: Partial<Collection>;
	seen?: string[];
	deps?: Partial<CollectDeps>;
	stopAt?: number;
};

/** Collects from a page that gives these replies, one after another. */
const collect = async ({ replies, from = {}, seen = [], deps = {}, stopAt }: Run) => {
	const asked: TablesRequest["do"][] = [];
	const went: string[] = [];
	const stored: string[] = [];
	const stop = new AbortController();
	const end = await collectRows(
		{ ...start, ...from },
		{
			ask: async (_tabId, request) => {
				asked.push(request.do);
				if (asked.length === stopAt) stop.abort();
				return replies[asked.length - 1] ?? { ok: false, reason: "no-answer" };
			},
			goTo: async (_tabId, url) => void went.push(url),
			settled: async () => undefined,
			save: async () => undefined,
			storeChunk: async (_collection, rows) => void stored.push(...rows.map(({ id }) => id)),
			...deps,
		},
		{ seen, signal: stop.signal },
	);
	return { end, asked, went, stored };
};

describe("CAP-3: a collection of rows", () => {
	test("goes on until nothing leads further, and takes no row twice", async () => {
		const { end, stored, asked } = await collect({
			replies: [read(["a", "b"]), read(["b", "c"]), read(["d"], { next: null })],
		});
		expect(stored).toEqual(["a", "b", "c", "d"]);
		expect(end).toMatchObject({ end: "last-page", rows: 4, pages: 3, chunks: 3 });
		expect(asked).toEqual(["read", "advance", "advance"]);
	});

	test("goes to the addresses of the next pages, and not round in circles", async () => {
		const next = (page: number) => ({ next: "link" as const, nextUrl: `https://a.example/?p=${page}` });
		const { end, went } = await collect({
			replies: [read(["a"], next(2)), read(["b"], next(3)), read(["c"], next(1))],
		});
		expect(went).toEqual(["https://a.example/?p=2", "https://a.example/?p=3"]);
		expect(end).toMatchObject({ end: "last-page", rows: 3 });
	});

	test("ends where pages bring nothing new, though they lead on", async () => {
		const { end } = await collect({ replies: [read(["a"]), read(["a"]), read(["a"])] });
		expect(end).toMatchObject({ end: "last-page", rows: 1, pages: 2 });
	});

	for (const [limit, ended, rows] of [
		[{ rows: 3, pages: 100 }, "rows", 3],
		[{ rows: 100, pages: 2 }, "pages", 4],
	] as const) {
		test(`ends at its limit of ${ended}`, async () => {
			const { end } = await collect({ replies: [read(["a", "b"]), read(["c", "d"]), read(["e"])], from: { limit } });
			expect(end).toMatchObject({ end: ended, rows });
		});
	}

	test("ends at Stop with what had come by then, and waits for nothing more", async () => {
		const { end, stored } = await collect({ replies: [read(["a"]), read(["b"]), read(["c"])], stopAt: 2 });
		expect(end.end).toBe("stopped");
		expect(stored).toEqual(["a"]);
	});

	test("goes on in a document that a press brought", async () => {
		const gone = { ok: false as const, reason: "document-changed" };
		const { end, asked } = await collect({ replies: [read(["a"]), gone, read(["b"], { next: null })] });
		expect(asked).toEqual(["read", "advance", "read"]);
		expect(end).toMatchObject({ end: "last-page", rows: 2 });
	});

	test("ends when no more fits, and keeps what does", async () => {
		let left = 1;
		const storeChunk = async () => {
			if (left === 0) throw new Error("QUOTA_BYTES quota exceeded");
			left -= 1;
		};
		const { end } = await collect({ replies: [read(["a"]), read(["b"])], deps: { storeChunk } });
		expect(end).toMatchObject({ end: "full", rows: 1, chunks: 1 });
	});

	for (const reason of ["no-table", "not-readable", "hidden", "no-answer"] as const) {
		test(`says why it cannot go on: ${reason}`, async () => {
			const { end } = await collect({ replies: [read(["a"]), { ok: false, reason }] });
			expect(end).toMatchObject({ end: reason, rows: 1 });
		});
	}

	test("comes by its own pages again when it is resumed in a new document", async () => {
		const { end, stored } = await collect({
			replies: [read(["a"]), read(["b"]), read(["c"], { next: null })],
			from: { rows: 2, chunks: 2, pages: 2 },
			seen: ["a", "b"],
		});
		expect(stored).toEqual(["c"]);
		expect(end).toMatchObject({ end: "last-page", rows: 3, chunks: 3 });
	});

	test("takes in columns that only later pages have, filled as far as all rows have them", async () => {
		const later: TableRow = { id: "c", cells: { note: { type: "text", value: "n" } }, url: null };
		const columns = [column("name"), column("note")];
		const { end } = await collect({
			replies: [read(["a", "b"]), { ...read([], { next: null, columns }), rows: [later] }],
		});
		expect(end.columns.map(({ id, filled }) => [id, filled])).toEqual([
			["name", 2 / 3],
			["note", 1 / 3],
		]);
	});
});
