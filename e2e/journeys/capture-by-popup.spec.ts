import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { captureByPopup, waitForRows } from "../support/captures.ts";

/** What a person would say is on each page, as it is to stand in the table. */
const pages: { file: string; row: Record<string, unknown> }[] = [
	{ file: "shop-product.html", row: { Title: "Leselampe „Lumen“", Price: 1249.9 } },
	{
		file: "news-article.html",
		row: { Title: "Harbour bridge reopens after two years of repairs", Published: "2026-03-02" },
	},
	{ file: "job-posting.html", row: { Title: "Backend Engineer (m/f/d)" } },
	{ file: "repository.html", row: { Title: "ada-lind/tidepool" } },
	{ file: "recipe.html", row: { Title: "Tarte aux poireaux et au comté", Author: "Margot Delorme" } },
	{ file: "results-table.html", row: { Title: expect.stringContaining("48 results") } },
	{ file: "broken-markup.html", row: { Title: expect.stringContaining("Touring bicycle"), Price: 1150 } },
];

test("CAP-1, J4: realistic pages become rows with the right fields", async ({ stand, getReady }) => {
	const { browser, base } = await getReady();
	const addressOf = (file: string) => `${stand.sites.url}/${file}`;
	for (const { file } of pages) await captureByPopup(browser, addressOf(file));
	const urls = pages.map(({ file }) => addressOf(file));
	const rows = await waitForRows({ simulator: stand.simulator, base }, urls);
	for (const { file, row } of pages) {
		const cells = rows.find(({ cells: found }) => found["URL"] === addressOf(file))?.cells;
		expect(cells, file).toMatchObject(row);
	}
	expect(rows).toHaveLength(pages.length);
});

test("CAP-7: the popup knows what is in the table already, and updates that row", async ({ stand, getReady }) => {
	const { browser, base } = await getReady();
	const note = stand.sites.note("twice");
	await captureByPopup(browser, note.url);
	await waitForRows({ simulator: stand.simulator, base }, [note.url]);

	const page = await browser.context.newPage();
	await page.goto(`${note.url}?utm_source=elsewhere#part`);
	const before = stand.proxy.requests().length;
	const popup = await Popup.openOn(browser, page);
	await expect.poll(() => popup.text()).toContain("already saved");
	const asked = stand.proxy.requests().slice(before);
	expect(asked.filter((request) => request.includes("/writes") || request.includes("twice"))).toEqual([]);

	await popup.fill("Author", "Somebody else");
	await popup.press("Update");
	await popup.saved();
	const authors = async () => (await stand.simulator.rows(base.id, base.table)).map((row) => row.cells["Author"]);
	await expect.poll(authors, { timeout: 30_000 }).toEqual(["Somebody else"]);
});
