import { describe, expect, test } from "bun:test";
import { bounds } from "./bounds.ts";
import { createTables } from "./tables.ts";
import { findHtml, pageOf } from "./test-tables.ts";

const url = "https://evil.example/page";
const page = (body: string): string => `<!doctype html><html lang="en"><body>${body}</body></html>`;
const rows = (count: number, row: (n: number) => string): string =>
	Array.from({ length: count }, (_, at) => row(at)).join("");

describe("CAP-6: a page that is hostile or merely huge gets an answer", () => {
	// Each takes minutes where the work grows with the square of the page, and no time at all where it does not.
	const floods: [string, string][] = [
		[
			"50,000 elements in one list",
			rows(12_500, (n) => `<li class="i"><a href="/${n}">Thing ${n}</a><b>${n}</b><i>x</i></li>`),
		],
		["a deep nest", `${"<div class='d'>".repeat(5_000)}deep${"</div>".repeat(5_000)}`],
		["tables in tables", `${"<table><tr><td>a</td><td>".repeat(300)}b${"</td></tr></table>".repeat(300)}`],
		["a row of 20,000 cells", `<table><tr>${"<td>1</td>".repeat(20_000)}</tr><tr><td>2</td></tr></table>`],
		["spans of everything", `<table>${rows(500, () => `<tr><td rowspan="65534" colspan="1000">a</td></tr>`)}</table>`],
		[
			"a class of a megabyte",
			`<ul>${rows(4, (n) => `<li class="${"x ".repeat(250_000)}"><a href="/${n}">n</a></li>`)}</ul>`,
		],
		["links to press", rows(6_000, (n) => `<a href="?p=${n}">Next</a>`)],
	];
	for (const [name, body] of floods) {
		test(name, async () => {
			const tables = await findHtml(page(body), url);
			for (const table of tables) {
				expect(table.columns.length).toBeLessThanOrEqual(bounds.columns);
				expect(table.rows.length).toBeLessThanOrEqual(bounds.shownRows);
			}
		}, 30_000);
	}

	test("a table of more rows than anybody takes is read to the bound", async () => {
		const body = `<table><tr><th>Name</th><th>Count</th></tr>${rows(25_000, (n) => `<tr><td>Row ${n}</td><td>${n}</td></tr>`)}</table>`;
		const [table] = await findHtml(page(body), url);
		expect(table?.total).toBeLessThanOrEqual(bounds.rows);
		expect(table?.rows[0]?.cells).toEqual({
			title: { type: "text", value: "Row 0" },
			Count: { type: "number", value: 0 },
		});
	}, 30_000);

	test("prototypes stay as they are", async () => {
		const body = `<table><tr><th>__proto__</th><th>polluted</th></tr><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>`;
		await findHtml(page(body), url);
		expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
	});

	test("a page that hides the document's own properties is read", async () => {
		const form = `<form><input name="children"><input name="querySelectorAll"></form><img name="body">`;
		const table = `<table><tr><th>Name</th><th>Count</th></tr><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>`;
		expect(await findHtml(page(form + table), url)).toHaveLength(1);
	});

	test("a table that is gone is said to be gone", async () => {
		const ask = createTables(pageOf(page("<p>Nothing here.</p>"), url));
		const shape = { id: "x", kind: "table" as const, columns: [] };
		expect(await ask({ do: "advance", table: shape, limit: 10 })).toEqual({ ok: false, reason: "no-table" });
	});
});
