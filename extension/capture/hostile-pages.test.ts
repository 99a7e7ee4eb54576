import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { Value } from "@sinclair/typebox/value";
import { parseHTML } from "linkedom";
import { Fields } from "../../backend/contract/fields.ts";
import { readBody } from "./body.ts";
import { captureDocument } from "./capture.ts";
import type { CaptureDraft, CaptureReply, CaptureRequest } from "./draft.ts";
import { leaksOf, outsideCode } from "./test-leaks.ts";

const folder = new URL("./hostile/", import.meta.url);
const url = "https://evil.example/page";

const parse = (html: string): Document => parseHTML(html).document;
const wrapped = (body: string): Document => parse(`<!doctype html><html><body>${body}</body></html>`);

/** Every way in which a page can be asked. */
const requests: CaptureRequest[] = [
	{ subject: { of: "page" }, withBody: false },
	{ subject: { of: "page" }, withBody: true },
	{ subject: { of: "selection" }, withBody: false },
	{ subject: { of: "selection", text: "a\u202eb\ud800 <b>c</b>" }, withBody: false },
	{ subject: { of: "link", url: "https://evil.example/\u202e%00%E2%80%AEa", text: "\u202ea<b>" }, withBody: false },
	{ subject: { of: "link", url: "javascript:fire()", text: "a" }, withBody: false },
	{ subject: { of: "image", url: "https://evil.example/%00%E2%80%AEgpj.exe" }, withBody: false },
	{ subject: { of: "image", url: "data:image/svg+xml,<svg onload=fire()>" }, withBody: false },
];

const ask = (document: Document, request: CaptureRequest): CaptureReply => {
	const selection = request.subject.of === "selection" ? "picked \u0000 \u202etext\ud800 <script>fire()</script>" : "";
	const read = (page: Document, address: string): string => readBody(page, address, wrapped);
	return captureDocument({ document, url, selection, readBody: read }, request);
};

const draftOf = (html: string, withBody = false): CaptureDraft => {
	const reply = ask(parse(html), { subject: { of: "page" }, withBody });
	if (!reply.ok) throw new Error(reply.reason);
	return reply.draft;
};

/** What the whole program shares; a capture must leave it as it was. */
const sharedNames = (): string[] =>
	[Object.prototype, Array.prototype, String.prototype, Map.prototype, Function.prototype, globalThis].flatMap(
		(shared) => Reflect.ownKeys(shared).map(String),
	);

describe("CAP-6: a hostile page is answered, in bounds, with nothing that runs, and is left as it was", () => {
	for (const file of readdirSync(folder).filter((name) => name.endsWith(".html"))) {
		test(file.replace(".html", ""), () => {
			const document = parse(readFileSync(new URL(file, folder), "utf8"));
			// This parser makes what is missing of a document when it is first asked for it.
			expect([document.documentElement, document.head, document.body]).toHaveLength(3);
			const [before, names] = [document.documentElement.outerHTML, sharedNames()];
			for (const request of requests) {
				const reply = ask(document, request);
				if (!reply.ok) {
					expect(reply, file).toEqual({ ok: false, reason: "address-not-http" });
					continue;
				}
				expect(leaksOf(reply.draft), JSON.stringify(request)).toEqual([]);
				expect(Value.Check(Fields, reply.draft.fields)).toBe(true);
				// What this parser makes of a page without any structure has no title; the browser's has (e2e/probes).
				if (request.subject.of === "page" && document.title !== "")
					expect(reply.draft.fields["title"]).toEqual({ type: "text", value: "Honest title" });
			}
			expect(document.documentElement.outerHTML === before, "the page is as it was").toBe(true);
			expect(sharedNames()).toEqual(names);
		});
	}
});

test("CAP-6: the check for leaks finds what it is for", () => {
	const [address, text] = ["javascript:fire()", "a\u202eb"];
	const draft: CaptureDraft = {
		kind: "page",
		source: { url, title: text },
		fields: {
			url: { type: "url", value: address },
			title: { type: "text", value: text },
			body: { type: "markdown", value: "`<b>` [a](javascript:x)\n\n```\n<i>\n```\n\n<img>" },
			made: { type: "date", value: "soon" },
			rating: { type: "number", value: Number.NaN },
		},
		provenance: { url: { from: "link", path: "x".repeat(201), confidence: 1 } },
		image: address,
	};
	expect(leaksOf(draft)).toHaveLength(10);
	expect(outsideCode("a `b` ``c ` d`` e\n- ```\n  f\n  ```\n\\` g `h` i")).toBe("a   e\n g  i");
});

const head = (inner: string): string =>
	`<html lang="en"><head><title>Honest title</title>${inner}</head><body><h1>a</h1></body></html>`;
const body = (inner: string): string =>
	`<html lang="en"><head><title>Honest title</title></head><body>${inner}</body></html>`;
const data = (json: string): string => head(`<script type="application/ld+json">${json}</script>`);
const many = (text: string, times: number): string => text.repeat(times);

describe("CAP-6: more of anything than a page should have ends, in one pass", () => {
	// Each takes minutes, or all memory, where the work grows with the square of the page.
	const floods: [what: string, html: () => string][] = [
		[
			"a title of 5 MB",
			() => `<html><head><title>Honest title ${many("x ", 2_500_000)}</title></head><body></body></html>`,
		],
		["elements nested 10,000 deep", () => body(many("<div>", 10_000) + many("</div>", 10_000))],
		[
			"attributes of 5 MB",
			() => body(`<p class="${many("price", 1_000_000)}" itemprop="${many("a ", 2_000_000)}">1 €</p>`),
		],
		["100,000 meta elements", () => head(many('<meta name="author" content="a">', 100_000))],
		[
			"25,000 items",
			() => body(many('<div itemscope itemtype="https://schema.org/Product"><i itemprop="name">a</i></div>', 25_000)),
		],
		[
			"items inside items",
			() => body(many('<div itemscope itemprop="about" itemtype="https://schema.org/Article">', 3_000)),
		],
		[
			"25,000 described elements",
			() => body(many('<p vocab="https://schema.org/" typeof="Person"><b property="name">a</b></p>', 25_000)),
		],
		[
			"20,000 blocks of data",
			() => head(many('<script type="application/ld+json">{"@type":"Thing"}</script>', 20_000)),
		],
		[
			"100,000 keys",
			() => data(`{"@type":"Article",${Array.from({ length: 100_000 }, (_, at) => `"k${at}":1`).join()}}`),
		],
		["comments that never end in data", () => data(`{"@type":"Article" ${many("/*", 400_000)}`)],
		["quotes in data", () => data(`{"@type":"Article","name":"${many('\\"a" ', 150_000)}"}`)],
		["brackets in data", () => data(many("[{", 400_000))],
		["at signs", () => body(`<p>${many("a@", 1_000_000)}</p><p>${many("a.", 500_000)}@</p>`)],
		[
			"digits",
			() =>
				body(
					`<p class="price">${many("1", 1_000_000)} €</p><p>${many("1 ", 1_000_000)}</p><p>+${many("1-", 900_000)}</p>`,
				),
		],
		[
			"days and months",
			() => body(`<time>${many("1 March ", 200_000)}</time><p class="date">${many("12/", 500_000)}</p>`),
		],
		["bylines", () => body(many('<p class="byline author">By <a rel="author">A</a></p>', 25_000))],
		["prices", () => body(many('<span class="price">1,00 € <del>2,00 €</del></span>', 30_000))],
		["breadcrumbs", () => body(`<nav class="breadcrumb">${many('<a href="/a">a</a> › ', 50_000)}</nav>`)],
		["links to one place", () => body(many('<a href="https://evil.example/a">a</a>', 50_000))],
		["sizes of a picture", () => body(`<img srcset="${many("https://evil.example/a.png 1w, ", 100_000)}" alt="a">`)],
		[
			"opened tags in texts",
			() =>
				head(
					`<meta name="description" content="${many("&lt;a ", 300_000)}"><meta name="author" content="${many("&amp;amp;", 300_000)}">`,
				),
		],
	];
	for (const [what, html] of floods) {
		test(what, () => {
			const draft = draftOf(html());
			expect(leaksOf(draft)).toEqual([]);
			expect(draft.fields["title"]?.type).toBe("text");
		}, 180_000);
	}

	test("a record of the longest texts that a page can have still fits a request", () => {
		const long = "語".repeat(20_000);
		const list = JSON.stringify(Array.from({ length: 300 }, (_, at) => `${at}${long.slice(0, 1_900)}`));
		const texts = ["name", "description", "recipeYield", "recipeCuisine", "recipeCategory", "inLanguage", "author"];
		const lists = ["recipeIngredient", "recipeInstructions", "keywords"];
		const json = [...texts.map((name) => `"${name}":"${long}"`), ...lists.map((name) => `"${name}":${list}`)].join();
		const html = `<html><head><title>a</title><script type="application/ld+json">{"@type":"Recipe",${json}}</script></head><body><article>${many(`<p>${long}</p>`, 10)}</article></body></html>`;
		expect(leaksOf(draftOf(html, true))).toEqual([]);
	});
});
