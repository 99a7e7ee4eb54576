import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { parseHTML } from "linkedom";
import { readBody } from "../../extension/capture/body.ts";
import { readCorpus } from "../../extension/capture/test-corpus.ts";
import { builtExtension } from "../support/paths.ts";

const parse = (html: string): Document => parseHTML(html).document;
const wrapped = (body: string): Document => parse(`<!doctype html><html><body>${body}</body></html>`);

class InertParser {
	parseFromString(html: string): Document {
		return wrapped(html);
	}
}

/** The article extractor as it is injected: after `capture.js`, of which it takes what both need. */
function builtReader(): (document: Document, url: string) => string {
	const location = { href: "https://example.com/" };
	const world = createContext({ DOMParser: InertParser, URL, console, location, performance });
	for (const script of ["capture.js", "capture-body.js"])
		runInContext(readFileSync(`${builtExtension}/${script}`, "utf8"), world);
	return runInContext("globalThis.sheafReadBody", world);
}

test("CAP-2: the article extractor that is built says of every article what the one that is tested says", () => {
	const read = builtReader();
	const articles = readCorpus().filter(({ expected }) => expected.kind === "article");
	expect(articles.length).toBeGreaterThan(40);
	const told = articles.map(({ name, html, expected: { url } }) => ({
		name,
		tested: readBody(parse(html), url, wrapped),
		built: read(parse(html), url),
	}));
	expect(told.filter(({ tested }) => tested !== "").length).toBeGreaterThan(30);
	expect(told.filter(({ tested, built }) => tested !== built)).toEqual([]);
});
