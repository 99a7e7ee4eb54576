import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import type { FieldType, FieldValue } from "../../../backend/contract/fields.ts";
import { findHtml } from "./test-tables.ts";
import type { FoundTable, NextPage } from "./types.ts";

/** What a person sees in the page: the table they would want first, and what else is there. */
type Expected = {
	url: string;
	/** Which kind of site, or which report of a failure, the page is written after. */
	source: string;
	best: null | {
		kind: FoundTable["kind"];
		title: string;
		/** In the page's order: the type of each. */
		columns: Record<string, FieldType>;
		total: number;
		next: NextPage;
		/** The first rows. */
		rows: Record<string, FieldValue["value"]>[];
	};
	/** Titles of the tables after the best one, in their order; left out: not looked at. */
	others?: string[];
};

const folder = new URL("./fixtures/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
const names = readdirSync(folder)
	.filter((name) => name.endsWith(".html"))
	.map((name) => name.replace(/\.html$/, ""));

const plain = ({ kind, title, columns, total, next, rows }: FoundTable, shown: number): Expected["best"] => ({
	kind,
	title,
	columns: Object.fromEntries(columns.map(({ id, type }) => [id, type])),
	total,
	next,
	rows: rows
		.slice(0, shown)
		.map(({ cells }) => Object.fromEntries(Object.entries(cells).map(([id, { value }]) => [id, value]))),
});

describe("CAP-3: the table or list that a page is about is found first, with its columns and rows", () => {
	for (const name of names) {
		test(name, async () => {
			const { url, best, others } = JSON.parse(read(`${name}.expected.json`)) as Expected;
			const [first, ...rest] = await findHtml(read(`${name}.html`), url);
			expect(first === undefined ? null : plain(first, best?.rows.length ?? 3)).toEqual(best);
			if (others !== undefined) expect(rest.map(({ title }) => title)).toEqual(others);
			// An object is equal whatever the order of its keys; a grid is not.
			if (best) expect(first?.columns.map(({ id }) => id)).toEqual(Object.keys(best.columns));
		});
	}

	test("there are pages of many kinds", () => expect(names.length).toBeGreaterThanOrEqual(30));
});
