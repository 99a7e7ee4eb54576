import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { browserOf, extensionUrl } from "../support/browser.ts";
import { waitForRows } from "../support/captures.ts";
import { TargetSession } from "../support/target-session.ts";

/**
 * Places above the end of Chromium's own menus: "View page source" and "Inspect" stand under the entry on a page, only
 * "Inspect" elsewhere.
 */
const fromBottom = { page: 3, selection: 2, link: 2, image: 2 };

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

	test("CAP-5: the keyboard command", async ({ stand, touchable, getReady }) => {
		const { base } = await getReady(touchable.browser);
		const page = await touchable.browser.context.newPage();
		const note = stand.sites.note("command");
		await page.goto(note.url);
		await page.bringToFront();
		touchable.hands.press("alt+shift+a");
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
