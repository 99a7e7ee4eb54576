import { expect, test } from "../fixtures.ts";
import { Tables } from "../pages/tables.ts";

const numbered = (word: string, count: number) => Array.from({ length: count }, (_, at) => `${word} ${at + 1}`);

test.describe("CAP-3: the rows of a table are collected to its end, to a limit, or to Stop", () => {
	test("over pages of their own, in the same tab", async ({ stand, openBrowser }) => {
		const browser = await openBrowser();
		const page = await browser.context.newPage();
		await page.goto(`${stand.sites.url}/listings/pages.html`);
		await expect(page.locator(".offer")).toHaveCount(20);
		const tables = await Tables.of(browser, page);
		await page.bringToFront();
		await tables.collect({ rows: 1_000, pages: 50 });
		const collection = await tables.ended();
		expect(collection).toMatchObject({ end: "last-page", rows: 100, pages: 5 });
		expect(await tables.column("title")).toEqual(numbered("Chair", 100));
		expect((await tables.column("price"))[99]).toEqual({ amount: 100.5, currency: "GBP" });
		expect(page.url()).toContain("page=5");
	});

	test("to a limit of pages, and on from there", async ({ stand, openBrowser }) => {
		const browser = await openBrowser();
		const page = await browser.context.newPage();
		await page.goto(`${stand.sites.url}/listings/pages.html`);
		await expect(page.locator(".offer")).toHaveCount(20);
		const tables = await Tables.of(browser, page);
		await page.bringToFront();
		await tables.collect({ rows: 1_000, pages: 2 });
		expect(await tables.ended()).toMatchObject({ end: "pages", rows: 40, pages: 2 });
		await tables.resume({ rows: 50, pages: 50 });
		expect(await tables.ended()).toMatchObject({ end: "rows", rows: 50, pages: 3 });
		expect(await tables.column("title")).toEqual(numbered("Chair", 50));
	});

	test("by the button that brings more", async ({ stand, openBrowser }) => {
		const browser = await openBrowser();
		const page = await browser.context.newPage();
		await page.goto(`${stand.sites.url}/listings/button.html`);
		const tables = await Tables.of(browser, page);
		await page.bringToFront();
		await tables.collect({ rows: 1_000, pages: 50 });
		expect(await tables.ended()).toMatchObject({ end: "last-page", rows: 60, pages: 4 });
		expect(await tables.column("title")).toEqual(numbered("Lampe", 60));
	});

	test("by scrolling where the list grows", async ({ stand, openBrowser }) => {
		const browser = await openBrowser();
		const page = await browser.context.newPage();
		await page.goto(`${stand.sites.url}/listings/feed.html`);
		const tables = await Tables.of(browser, page);
		await page.bringToFront();
		await tables.collect({ rows: 1_000, pages: 50 });
		expect(await tables.ended()).toMatchObject({ end: "last-page", rows: 60 });
		expect(await tables.column("title")).toEqual(numbered("Note", 60));
	});

	test("by scrolling where rows come and go", async ({ stand, openBrowser }) => {
		const browser = await openBrowser();
		const page = await browser.context.newPage();
		await page.goto(`${stand.sites.url}/listings/grid.html`);
		const tables = await Tables.of(browser, page);
		await page.bringToFront();
		await tables.collect({ rows: 1_000, pages: 50 });
		expect(await tables.ended()).toMatchObject({ end: "last-page", rows: 140 });
		const names = Array.from({ length: 140 }, (_, at) => `server-${at + 1}`);
		expect(await tables.column("title")).toEqual(names);
	});

	test("to Stop; what is there is kept", async ({ stand, openBrowser }) => {
		const browser = await openBrowser();
		const page = await browser.context.newPage();
		await page.goto(`${stand.sites.url}/listings/pages.html`);
		await expect(page.locator(".offer")).toHaveCount(20);
		const tables = await Tables.of(browser, page);
		await page.bringToFront();
		await tables.collect({ rows: 1_000, pages: 50 });
		await expect.poll(async () => (await tables.collection())?.rows ?? 0).toBeGreaterThan(0);
		await tables.stop();
		const stopped = await tables.ended();
		expect(stopped.end).toBe("stopped");
		expect(await tables.column("title")).toEqual(numbered("Chair", stopped.rows));
		await tables.resume({ rows: 1_000, pages: 50 });
		expect(await tables.ended()).toMatchObject({ end: "last-page", rows: 100 });
		expect(await tables.column("title")).toEqual(numbered("Chair", 100));
	});
});
