import { expect, test } from "bun:test";
import { addressFor, describe, suggestionsFor } from "./suggestions.ts";

const targets = [{ id: "t", providerTitle: "Airtable" }];
const record = (title: string, more: { state?: "local" | "delivered"; remoteUrl?: string | null } = {}) => ({
	source: { url: `https://example.com/${encodeURIComponent(title)}`, title },
	state: more.state ?? ("local" as const),
	remoteUrl: more.remoteUrl ?? null,
	targetId: "t",
});

test("J5: a suggestion says where the record is, and opens its row where there is one", () => {
	const row = "https://airtable.com/app/tbl/rec";
	const found = [record("Lamp", { state: "delivered", remoteUrl: row }), record("Bridge")];
	expect(suggestionsFor(found, { targets, markup: "plain" })).toEqual([
		{ content: row, description: "Lamp · In Airtable" },
		{ content: "https://example.com/Bridge", description: "Bridge · example.com" },
	]);
});

test("CAP-6: a page's title is text to the browser, and not markup", () => {
	expect(describe(`<url>"R&D's"</url>\u0007`, "xml")).toBe("&lt;url&gt;&quot;R&amp;D&apos;s&quot;&lt;/url&gt; ");
	expect(describe("R&D", "plain")).toBe("R&D");
});

test("J5: two records at one address are one suggestion", () => {
	expect(suggestionsFor([record("One"), record("One")], { targets, markup: "xml" })).toHaveLength(1);
});

test("J5: Enter opens a suggestion's address, and for any other text the records that hold it", () => {
	expect(addressFor("https://example.com/a", "moz-extension://x/options.html")).toBe("https://example.com/a");
	expect(addressFor("harbour & co", "moz-extension://x/options.html")).toBe(
		"moz-extension://x/options.html#records/search/harbour%20%26%20co",
	);
	expect(addressFor("javascript:alert(1)", "x/options.html")).toStartWith("x/options.html#records/search/");
});
