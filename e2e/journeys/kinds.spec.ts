import { readFileSync } from "node:fs";
import type { RecordView } from "../../backend/contract/records.ts";
import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { inRepository } from "../support/paths.ts";

/** A page of the corpus for each kind that a whole page can be. Pictures, quotes, links and videos are pointed at (`gestures.spec.ts`). */
const pages = [
	"article/he-two-blocks-one-broken",
	"event/meetup-graph-time-zone",
	"job/de-stepping-stone",
	"organisation/es-ngo-about",
	"page/dublin-core-archive",
	"paper/highwire",
	"person/profile",
	"place/ja-onsen-review-site",
	"product/pl-meta-itemprop",
	"recipe/sections",
	"repository/schema",
	"video/peertube-open-graph",
] as const;

type Expected = { url: string; kind: string; fields: Record<string, unknown> };

const folder = inRepository("extension/capture/fixtures");
const read = (name: string) => ({
	html: readFileSync(`${folder}/${name}.html`, "utf8"),
	expected: JSON.parse(readFileSync(`${folder}/${name}.expected.json`, "utf8")) as Expected,
});

/** Values without their types, as the corpus writes them. */
const plain = ({ fields }: RecordView) =>
	Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]));

test("CAP-1, CAP-2: a page of each kind arrives at the server as that kind, with exactly its fields and where they are from", async ({
	getReady,
}) => {
	const { browser, person } = await getReady();
	const corpus = pages.map(read);
	for (const { html, expected } of corpus) {
		const page = await browser.context.newPage();
		// The pages are of sites that do not exist: they are answered here and not by the network.
		await page.route("**/*", (route) =>
			route.request().url() === expected.url
				? route.fulfill({ contentType: "text/html; charset=utf-8", body: html })
				: route.fulfill({ status: 404, body: "" }),
		);
		await page.goto(expected.url);
		const popup = await Popup.openOn(browser, page);
		await popup.press("Send");
		await popup.saved();
		await popup.close();
		await page.close();
	}
	const stored = async () => {
		const { body } = await person.api<{ records: RecordView[] }>("GET", "/api/v1/records?limit=200");
		return body.records;
	};
	await expect.poll(async () => (await stored()).length).toBe(pages.length);
	const records = await stored();
	for (const { expected } of corpus) {
		const record = records.find(({ source }) => source.url === expected.url);
		expect([expected.url, record?.kind]).toEqual([expected.url, expected.kind]);
		if (!record) continue;
		// The text of an article is taken only where a table asks for it.
		const { body: _, ...fields } = expected.fields;
		expect(plain(record), expected.url).toEqual(fields);
		expect(Object.keys(record.provenance ?? {}).toSorted()).toEqual(Object.keys(fields).toSorted());
	}
});
