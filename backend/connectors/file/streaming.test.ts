import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { bytesOf, type Encoded, FileScene, TestFile } from "./test-file.ts";

const MiB = 1024 * 1024;

describe("CON-2: a large file is gone through and never held", () => {
	/** Rows of 64 bytes that are made when they are asked for: there is no file of 100 MB anywhere. */
	const rowBytes = 64;
	const header = `${"number".padEnd(12)},${"text".padEnd(50)}\n`;
	const rowAt = (row: number) =>
		row === 0 ? header : `${String(row).padEnd(12)},${`text of row ${row}`.padEnd(50)}\n`;
	const fileOf = (megabytes: number) =>
		new TestFile({
			byteSize: megabytes * MiB,
			bytesAt: (start, end) => {
				const [first, last] = [Math.floor(start / rowBytes), Math.ceil(end / rowBytes)];
				let text = "";
				for (let row = first; row < last; row += 1) text += rowAt(row);
				return bytesOf(text).slice(start - first * rowBytes, end - first * rowBytes);
			},
		});

	test("100 MB: a page reads its own range, and no read is larger than a chunk", async () => {
		const file = fileOf(100);
		const scene = new FileScene(file);
		let cursor: string | null = null;
		const seen: (number | string)[] = [];
		await scene.page();
		for (let page = 0; page < 200; page += 1) {
			file.asked.length = 0;
			const { rows, cursor: next } = await scene.page({ cursor, limit: 500 });
			cursor = next;
			seen.push(...rows.map(({ fields }) => Number(fields["number"]?.value)));
			// From the first row of the page, and no further than a chunk behind its last.
			const start = rowBytes * (page * 500 + 1);
			expect(file.asked[0]?.start).toBe(start);
			expect(Math.max(...file.asked.map((range) => range.end))).toBeLessThanOrEqual(
				start + 500 * rowBytes + 256 * 1024,
			);
			expect(Math.max(...file.asked.map((range) => range.end - range.start))).toBeLessThanOrEqual(256 * 1024);
		}
		expect(seen).toEqual(Array.from({ length: 100_000 }, (_, index) => index + 1));
	});

	test("a search looks through a part for each page, and the whole file over its pages, each byte once", async () => {
		const file = fileOf(20);
		const wanted = (20 * MiB) / rowBytes - 2;
		const scene = new FileScene(file);
		await scene.columns();
		file.asked.length = 0;
		const { rows, pages } = await scene.all({ search: `ROW ${wanted}` });
		expect(rows.map(({ fields }) => fields["number"]?.value)).toEqual([wanted]);
		expect(pages.map((page) => page.rows.length)).toEqual([0, 0, 1]);
		expect(file.asked.reduce((sum, { start, end }) => sum + end - start, 0)).toBeLessThan(file.byteSize * 1.1);
		expect(Math.max(...file.asked.map(({ start, end }) => end - start))).toBe(256 * 1024);
	});

	test("how many rows there are is about so many, until they are counted", async () => {
		const scene = new FileScene(fileOf(100));
		const { total } = await scene.page();
		expect(total).toEqual({ count: (100 * MiB) / rowBytes - 1, exact: false });
		const { pages } = await new FileScene("a\n1\n2\n3\n4\n5").all({
			limit: 2,
			filter: [{ column: "a", op: "gt", value: 1 }],
		});
		expect(pages.map((page) => page.total ?? null)).toEqual([
			{ count: 3, exact: false },
			null,
			{ count: 4, exact: true },
		]);
		expect((await new FileScene("a\n1\n2\n3").page({ limit: 2 })).total).toEqual({ count: 3, exact: true });
	});
});

describe("CON-2: the same rows come however the file is cut", () => {
	const cell = fc.oneof(
		fc.string({ maxLength: 12 }),
		fc.string({ unit: "grapheme", maxLength: 6 }),
		fc.string({ unit: fc.constantFrom('"', ",", ";", "\n", "\r", " ", "a"), maxLength: 6 }),
	);
	const written = (text: string) => `"${text.replaceAll('"', '""')}"`;
	const delimiters = [",", ";", "\t", "|"] as const;
	const tables = fc
		.integer({ min: 2, max: 4 })
		.chain((columns) =>
			fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 8 }),
		);
	const encodings: readonly Encoded[] = ["utf-8", "utf-8 with a mark", "utf-16le with a mark", "utf-16be"];

	test("a table that is written as RFC 4180 says is read as it was, by pages and reads of any size", async () => {
		const cuts = fc.record({
			delimiter: fc.constantFrom(...delimiters),
			lineBreak: fc.constantFrom("\n", "\r\n", "\r"),
			encoding: fc.constantFrom(...encodings),
			chunkBytes: fc.integer({ min: 1, max: 80 }),
			limit: fc.integer({ min: 1, max: 5 }),
		});
		await fc.assert(
			fc.asyncProperty(tables, cuts, async (rows, { delimiter, lineBreak, encoding, chunkBytes, limit }) => {
				const names = (rows[0] ?? []).map((_, at) => `name ${at}`);
				// A first row of texts makes every column one of texts, whatever is drawn below it.
				const all = [names.map(() => "text"), ...rows.filter((row) => row.some((value) => value !== ""))];
				const text = [names, ...all].map((row) => row.map(written).join(delimiter)).join(lineBreak);
				const scene = new FileScene(new TestFile(bytesOf(text, encoding)), { chunkBytes });
				expect(await scene.cells({ limit })).toEqual(all);
			}),
			{ numRuns: 300 },
		);
	});
});
