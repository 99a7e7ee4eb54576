import { expect, test } from "../fixtures.ts";
import { Panel } from "../pages/panel.ts";
import { violationsOf } from "../support/axe.ts";
import type { SheafBrowser } from "../support/browser.ts";
import { waitUntil } from "../support/wait-until.ts";
import { wordsIn } from "../support/words-in.ts";
import { Looks, type Sight } from "./look.ts";
import { type Languages, openScene, saveSome } from "./scene.ts";

// Each test has a browser and a person of its own.
test.describe.configure({ mode: "parallel" });

const height = 640;

/** In any language: each row in sight has its standing, and nothing more is asked. */
const allStand = `document.querySelectorAll(".standing").length > 5 &&
	document.querySelector(".standing:not([data-standing]), .send-rows-counts span") === null`;

/** As wide as it opens, and as narrow as it goes; the first is pictured. */
const sights: Record<Languages, readonly Sight[]> = {
	en: [
		{ theme: "light", width: 400, height },
		{ theme: "dark", width: 320, height },
	],
	ar: [
		{ theme: "dark", width: 320, height },
		{ theme: "light", width: 400, height },
	],
};

function looksAt(browser: SheafBrowser, locale: Languages): (panel: Panel, state: string) => Promise<void> {
	const looks = new Looks(browser);
	return async (panel, state) => await looks.look(panel, ["panel", `${state}-${locale}`], sights[locale]);
}

test("WCAG 2.2 AA: the side panel's rows as they were looked at, and axe finds nothing: a table, its columns, sent", async ({
	stand,
	openBrowser,
}) => {
	const { browser } = await openScene({ stand, openBrowser, locale: "en" });
	const look = looksAt(browser, "en");
	const page = await browser.context.newPage();
	await page.goto(stand.sites.table(24));
	const panel = await Panel.openOn(browser, page);
	await panel.waitForText("24 new.");
	await look(panel, "rows");
	await new Looks(browser).look(panel, ["panel", "rows-en-forced"], [{ theme: "forced", width: 400, height }]);
	await panel.press("5 columns");
	await look(panel, "columns");
	await panel.key("Escape");
	await panel.press("Stock");
	await panel.waitForText("Goes into");
	await look(panel, "edit-column");
	await panel.press("Cancel");
	await panel.press("Send 24 rows");
	await panel.waitForText("24 rows saved here and on their way.");
	// They are held against the table again and again while they arrive: there is no one picture of that.
	expect(await violationsOf((expression) => panel.evaluate(expression))).toEqual([]);
});

test("WCAG 2.2 AA, ID-8: the side panel of a guest as it was looked at, and axe finds nothing: no table, gathered rows at stake", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser({ locale: "en", still: true });
	const look = looksAt(browser, "en");
	const page = await browser.context.newPage();
	await page.goto(stand.sites.note("nothing-here").url);
	const panel = await Panel.openOn(browser, page);
	await panel.waitForText("There is no table and no list on this page");
	await look(panel, "no-table");
	await panel.press("Waiting");
	await panel.waitForText("See all records");
	await look(panel, "nothing-waits");
	await panel.press("On this page");
	await page.goto(`${stand.sites.url}/listings/pages.html`);
	await page.locator(".offer").first().waitFor();
	await panel.press("Look for tables");
	await panel.waitForText("Collect more");
	await panel.press("Collect more");
	await panel.waitForText("Save 100 rows here");
	await page.goto(stand.sites.table(2_000));
	await panel.press("Look again");
	await panel.waitForText("Keep them");
	await look(panel, "rows-at-stake");
});

test("WCAG 2.2 AA: the side panel's jobs as they were looked at, and axe finds nothing: links, what became of them, what waits", async ({
	stand,
	openBrowser,
}) => {
	const scene = await openScene({ stand, openBrowser, locale: "en" });
	const look = looksAt(scene.browser, "en");
	await saveSome(scene, stand, "en");
	const page = await scene.browser.context.newPage();
	await page.goto(stand.sites.note("start").url);
	const panel = await Panel.openOn(scene.browser, page);
	await panel.press("Tabs and links");
	await panel.waitForText("List my open tabs");
	await look(panel, "links");
	await panel.fill("Links", ["one", "two", "three"].map((name) => stand.sites.note(name).url).join("\n"));
	await panel.waitForText("Sheaf needs your permission for 127.0.0.1");
	await look(panel, "links-pasted");
	await panel.press("Save without allowing");
	await panel.waitForText("3 saved as links");
	await panel.press("What became of each page");
	await panel.waitForText("Saved as a link: its site is not allowed");
	// They are on their way: what is at rest is the record that needs somebody.
	await panel.waitForText("Waiting (1)");
	await look(panel, "job-done");
	await panel.press("Waiting");
	await panel.waitForText("Needs you:");
	await look(panel, "waiting");
	await panel.press("Accounts");
	await panel.fill("Table", "Read");
	await panel.key("Enter");
	await panel.waitForText("Rows stay on this device until there is a table for them");
	await look(panel, "accounts");
});

test("WCAG 2.2 AA: the side panel in Arabic as it was looked at, and axe finds nothing", async ({
	stand,
	openBrowser,
}) => {
	const { browser } = await openScene({ stand, openBrowser, locale: "ar" });
	const look = looksAt(browser, "ar");
	const words = wordsIn("ar", "panel") as { links: string };
	const page = await browser.context.newPage();
	await page.goto(stand.sites.table(24));
	const panel = await Panel.openOn(browser, page);
	await waitUntil("every row to be held against what is there", () => panel.evaluate<boolean>(allStand));
	await look(panel, "rows");
	await panel.press(words.links);
	await look(panel, "links");
});
