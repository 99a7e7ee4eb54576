import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { browserOf, extensionUrl } from "../support/browser.ts";
import { waitForRows } from "../support/captures.ts";
import { TargetSession } from "../support/target-session.ts";

/**
 * Places above the end of Chromium's own menus: "View page source" and "Inspect" stand under the entry on a page, only
 * "Inspect" elsewhere.
 */
const fromBottom = { page: 3, selection: 2, link: 2, image: 2, video: 2 };

test.describe("J4: a real gesture grants the permission and the record arrives", () => {
	test("CAP-5: right-click on a page", async ({ stand, touchable, getReady }) => {
		const { base } = await getReady(touchable.browser);
		const page = await touchable.browser.context.newPage();
		const note = stand.sites.note("menu-page");
		await page.goto(note.url);
		await touchable.hands.chooseFromMenu({ page, x: 600, y: 400 }, fromBottom.page);
		const [row] = await waitForRows({ simulator: stand.simulator, base }, [note.url]);
		expect(row?.cells).toMatchObject({ Title: note.title, URL: note.url, Author: "Ada Lind" });
	});

	test("CAP-5: right-click on a selection, a link and an image", async ({ stand, touchable, getReady }) => {
		const { base } = await getReady(touchable.browser);
		const page = await touchable.browser.context.newPage();
		const address = `${stand.sites.url}/news-article.html`;
		await page.goto(address);
		const link = page.locator("aside a");
		const image = page.locator("figure img");
		await touchable.hands.chooseFromMenu({ page, selector: "aside a" }, fromBottom.link);
		await touchable.hands.chooseFromMenu({ page, selector: "figure img" }, fromBottom.image);
		const quote = await page.locator("h1").evaluate((heading) => {
			getSelection()?.selectAllChildren(heading);
			return heading.textContent;
		});
		await touchable.hands.chooseFromMenu({ page, selector: "h1" }, fromBottom.selection);

		const linkUrl = await link.evaluate((element) => (element as HTMLAnchorElement).href);
		const imageUrl = await image.evaluate((element) => (element as HTMLImageElement).src);
		const quoteUrl = expect.stringMatching(/news-article\.html#:~:text=/);
		const urls = async () => (await stand.simulator.rows(base.id, base.table)).map((row) => row.cells["URL"]);
		await expect.poll(urls, { timeout: 30_000 }).toEqual(expect.arrayContaining([linkUrl, imageUrl, quoteUrl]));
		expect(await urls()).toHaveLength(3);
		expect(quote).toContain("Harbour bridge");
	});

	test("CAP-5: right-click on a video", async ({ stand, touchable, getReady }) => {
		const { base } = await getReady(touchable.browser);
		const page = await touchable.browser.context.newPage();
		const address = stand.sites.note("with-a-video").url;
		const file = `${stand.sites.url}/media/turning.mp4`;
		const player = `<figure><video controls width="480" height="270" src="${file}"></video><figcaption>The bridge turning</figcaption></figure>`;
		await page.route(address, (route) =>
			route.fulfill({ contentType: "text/html", body: `<!doctype html><title>The bridge</title>${player}` }),
		);
		await page.goto(address);
		// There is no such file. A player that still starts may keep its page from answering, which would then be saved as far as it is known.
		await page.waitForFunction(
			() => document.querySelector("video")?.error?.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED,
		);
		await touchable.hands.chooseFromMenu({ page, selector: "video" }, fromBottom.video);
		const [row] = await waitForRows({ simulator: stand.simulator, base }, [file]);
		expect(row?.cells).toMatchObject({ Title: "The bridge turning", URL: file });
	});

	test("J4: all shortcuts are free in the browser and assigned", async ({ openBrowser }) => {
		const worker = await (await openBrowser()).worker();
		const commands = await worker.evaluate(() => chrome.commands.getAll());
		expect(commands.filter(({ shortcut }) => !shortcut)).toEqual([]);
	});

	test("CAP-5: the keyboard command", async ({ stand, touchable, getReady }) => {
		const { base } = await getReady(touchable.browser);
		const page = await touchable.browser.context.newPage();
		const note = stand.sites.note("command");
		await page.goto(note.url);
		await page.bringToFront();
		touchable.hands.press("alt+shift+d");
		const [row] = await waitForRows({ simulator: stand.simulator, base }, [note.url]);
		expect(row?.cells).toMatchObject({ Title: note.title, URL: note.url });
	});

	test("CAP-5: the toolbar button opens the popup over the page", async ({ stand, touchable, getReady }) => {
		const { base } = await getReady(touchable.browser);
		const page = await touchable.browser.context.newPage();
		const note = stand.sites.note("toolbar");
		await page.goto(note.url);
		await page.bringToFront();
		const { right, top } = await page.evaluate(() => ({ right: screenX + outerWidth, top: screenY }));
		touchable.hands.click(right - 149, top + 62);
		const popup = Popup.of(
			await TargetSession.attach(browserOf(touchable.browser.context), extensionUrl("popup.html")),
		);
		await popup.press("Send");
		await popup.saved();
		const [row] = await waitForRows({ simulator: stand.simulator, base }, [note.url]);
		expect(row?.cells).toMatchObject({ Title: note.title, URL: note.url });
	});
});
