import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import type { CaptureDraft } from "./draft.ts";
import { captureHtml } from "./test-page.ts";

const draftOf = (name: string): CaptureDraft => {
	const html = readFileSync(new URL(`../../e2e/sites/${name}.html`, import.meta.url), "utf8");
	const reply = captureHtml({ html, url: `http://127.0.0.1:4000/${name}.html?n=3` });
	if (!reply.ok) throw new Error(reply.reason);
	return reply.draft;
};

/** The realistic pages that the browser tests capture too. */
const expected = {
	"shop-product": {
		kind: "product",
		title: "Leselampe „Lumen“",
		price: { amount: 1249.9, currency: "EUR" },
		rating: 4.6,
	},
	"news-article": {
		kind: "article",
		author: "Noor Haddad, Tom Ashby",
		published: "2026-03-02T06:15:00Z",
		section: "Local",
	},
	"job-posting": {
		kind: "job",
		company: "Northlight Systems",
		salaryMax: { amount: 68_000, currency: "EUR" },
		remote: true,
	},
	repository: {
		kind: "repository",
		title: "ada-lind/tidepool",
		stars: 12_345,
		license: "MIT",
		tags: ["tides", "parser"],
	},
	recipe: { kind: "recipe", author: "Margot Delorme", totalMinutes: 60, rating: 4.8, servings: "6 personnes" },
	"results-table": { kind: "page", title: "Seating and tables: 48 results | Timber Yard" },
	"broken-markup": { kind: "product", brand: "VeloWerk", price: { amount: 1150, currency: "USD" } },
};

for (const [name, { kind, ...values }] of Object.entries(expected)) {
	test(`CAP-1: ${name} is a ${kind} with its fields`, () => {
		const draft = draftOf(name);
		const got = Object.keys(values).map((field) => [field, draft.fields[field]?.value]);
		expect(draft.kind).toBe(kind);
		expect(Object.fromEntries(got)).toEqual(values);
		expect(draft.fields["url"]?.value).toBe(`http://127.0.0.1:4000/${name}.html?n=3`);
	});
}
