import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { violationsOf } from "../support/axe.ts";
import { captureByPopup, waitForRows } from "../support/captures.ts";
import { type OptionsPlace, optionsPlaces, unfinished } from "../support/options-places.ts";

const looks = [
	{ theme: "light", width: 1_080, direction: "ltr" },
	{ theme: "dark", width: 320, direction: "ltr" },
	{ theme: "light", width: 320, direction: "rtl" },
	{ theme: "dark", width: 1_080, direction: "rtl" },
] as const;

/** What a guest sees in the place of pages that need the server. */
const guestPlaces: readonly OptionsPlace[] = optionsPlaces
	.filter(({ route }) => !route.includes("<target>"))
	.map((place) => ({ ...place, ready: "" }));

/** Goes through the pages in every look, and gives what axe finds wrong, page by page. */
async function walk(page: Page, places: readonly OptionsPlace[], targetId: string): Promise<string[]> {
	const found: string[] = [];
	const evaluate = <Value>(expression: string) => page.evaluate<Value>(expression);
	for (const { theme, width, direction } of looks) {
		await page.emulateMedia({ colorScheme: theme });
		await page.setViewportSize({ width, height: 800 });
		for (const { name, route, ready } of places) {
			await page.evaluate(`location.hash = ${JSON.stringify(route.replace("<target>", targetId))}`);
			await page.evaluate((dir) => document.documentElement.setAttribute("dir", dir), direction);
			await page.getByRole("main").getByText(ready).first().waitFor();
			await page.locator("main").locator(unfinished).first().waitFor({ state: "detached" });
			const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
			const lines = await violationsOf(evaluate);
			if (wide > 0) lines.push(`is ${wide} px wider than the window`);
			found.push(...lines.map((line) => `${name} (${theme}, ${width} px, ${direction}): ${line}`));
		}
	}
	return found;
}

test("WCAG 2.2 AA: axe finds nothing on any page of the options, in light and dark, both directions, and at 320 px", async ({
	stand,
	getReady,
}) => {
	const { browser, person, base } = await getReady();
	const delivered = stand.sites.note("delivered");
	await captureByPopup(browser, delivered.url);
	await waitForRows({ simulator: stand.simulator, base }, [delivered.url]);
	stand.proxy.plan({ method: "POST", path: /writes\/batch/, with: "refuse", times: 1_000 });
	await captureByPopup(browser, stand.sites.note("waiting").url);
	const { body } = await person.api<{ targets: { id: string }[] }>("GET", "/api/v1/targets");
	const page = await browser.openExtensionPage("options.html");
	const places = optionsPlaces.map((place) => (place.name === "records" ? { ...place, ready: "Note waiting" } : place));
	expect(await walk(page, places, body.targets[0]?.id ?? "")).toEqual([]);
});

test("WCAG 2.2 AA, ID-8: axe finds nothing on a guest's pages", async ({ openBrowser }) => {
	const browser = await openBrowser();
	const page = await browser.openExtensionPage("options.html");
	await page.locator("main").waitFor();
	expect(await walk(page, guestPlaces, "")).toEqual([]);
});

test("WCAG 2.2 AA: axe finds nothing in the popup: a guest's, over a page that cannot be read, before and after a press, and in trouble", async ({
	stand,
	openBrowser,
	getReady,
}) => {
	const found: string[] = [];
	const look = async (popup: Popup, state: string) => {
		for (const theme of ["light", "dark"]) {
			await popup.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: theme }] });
			const lines = await violationsOf((expression) => popup.evaluate(expression));
			found.push(...lines.map((line) => `${state} (${theme}): ${line}`));
		}
		await popup.close();
	};
	const guest = await openBrowser();
	const guestPage = await guest.context.newPage();
	await guestPage.goto(stand.sites.note("axe-guest").url);
	const guestPopup = await Popup.openOn(guest, guestPage);
	await guestPopup.press("Save here");
	await guestPopup.saved();
	await look(guestPopup, "guest, saved");

	const { browser } = await getReady();
	const page = await browser.context.newPage();
	await page.goto(`${stand.sites.url}/news-article.html`);
	const filled = await Popup.openOn(browser, page);
	await filled.field("Author");
	await look(filled, "filled");
	const sent = await Popup.openOn(browser, page);
	await sent.press("Send");
	await sent.waitForSent("delivered");
	await look(sent, "sent");
	stand.proxy.goAway();
	await page.goto(stand.sites.note("axe-offline").url);
	const offline = await Popup.openOn(browser, page);
	await offline.press("Send");
	await offline.saved();
	await look(offline, "offline");
	await page.goto("chrome://version");
	await look(await Popup.openOn(browser, page), "closed page");
	expect(found).toEqual([]);
});
