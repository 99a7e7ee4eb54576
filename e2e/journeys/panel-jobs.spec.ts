import { expect, test } from "../fixtures.ts";
import { Panel } from "../pages/panel.ts";
import { allowedExtension } from "../support/allowed-extension.ts";
import { waitForRows } from "../support/captures.ts";
import { waitUntil } from "../support/wait-until.ts";

test("CAP-3, SEC-3: pasted links of sites that nobody allowed are saved as links, with the reason, and arrive", async ({
	stand,
	getReady,
}) => {
	const { browser, base } = await getReady();
	const page = await browser.context.newPage();
	await page.goto(stand.sites.note("start").url);
	const panel = await Panel.openOn(browser, page);
	await panel.press("Tabs and links");
	const urls = ["one", "two", "three"].map((name) => stand.sites.note(name).url);
	await panel.fill("Links", `See ${urls.join(" and ")}.`);
	await panel.waitForText("Sheaf needs your permission for 127.0.0.1");
	await panel.press("Save without allowing");
	await panel.waitForText("3 saved as links");
	await panel.press("What became of each page");
	await panel.waitForText("Saved as a link: its site is not allowed");
	await waitForRows({ simulator: stand.simulator, base }, urls);
});

test("CAP-3: allowed pages are read one after the other behind the others; a panel that is opened later goes on", async ({
	stand,
	openBrowser,
}) => {
	const extension = allowedExtension([stand.sites.url]);
	try {
		const browser = await openBrowser({ extension: extension.folder });
		// What opens after the install would come before the page.
		const pages = () => browser.context.pages();
		await waitUntil("the options page", () => pages().some((one) => one.url().includes("options.html")));
		const page = await browser.context.newPage();
		await page.goto(stand.sites.note("start").url);
		const first = await Panel.openOn(browser, page);
		await first.press("Tabs and links");
		const urls = Array.from({ length: 24 }, (_, place) => stand.sites.note(`linked-${place}`).url);
		await first.fill("Links", urls.join("\n"));
		await first.press("Save 24 links");
		await waitUntil("some of them to be saved", async () => /\d saved and \d+ to go/.test(await first.text()));
		await first.close();
		const second = await Panel.openOn(browser, page);
		await second.press("Tabs and links");
		await second.waitForText("24 saved", 60_000);
		await second.press("What became of each page");
		await second.waitForText("Note linked-23");
		await second.waitForText("Waiting (24)");
		// What was opened for it is closed again.
		await waitUntil("the tabs to be closed", () => pages().every((one) => !one.url().includes("linked-")));
		expect(page.isClosed()).toBe(false);
	} finally {
		extension.remove();
	}
});
