import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { parseHTML } from "linkedom";
import { countRows } from "./count-rows.ts";

const countIn = (html: string): number => countRows(parseHTML(html).document);
const fixture = (name: string): string => readFileSync(new URL(`./fixtures/${name}.html`, import.meta.url), "utf8");
const site = (name: string): string =>
	readFileSync(new URL(`../../../e2e/sites/${name}.html`, import.meta.url), "utf8");

const pages: [string, string, number][] = [
	["a table of 48 rows", site("results-table"), 48],
	["a wiki's table", fixture("wiki-countries"), 4],
	["a list of news", fixture("news-zh"), 4],
	["an essay with a menu and a footer", fixture("article-none"), 0],
	["a product's page", site("shop-product"), 0],
	["an article", site("news-article"), 0],
];

for (const [name, html, rows] of pages) {
	test(`CAP-3: ${name} is offered as ${rows === 0 ? "no table" : `${rows} rows`}`, () =>
		expect(countIn(html)).toBe(rows));
}

test("CAP-6: a flood of elements is counted to a bound", () => {
	const flood = "<div><a href='/x'>a link with words around it</a></div>".repeat(40_000);
	expect(countIn(`<html><body><main>${flood}</main></body></html>`)).toBeLessThanOrEqual(20_000);
}, 10_000);
