import type { Page } from "playwright";
import { OptionsPage } from "../pages/options.ts";
import { Panel } from "../pages/panel.ts";
import { Popup } from "../pages/popup.ts";
import { SignInPage } from "../pages/sign-in.ts";
import { launchBrowser, type SheafBrowser } from "../support/browser.ts";
import { askBackground, testPassword } from "../support/person.ts";
import type { Stand } from "../support/stand.ts";
import { makeTestBase } from "../support/test-base.ts";
import { waitUntil } from "../support/wait-until.ts";
import { Strip } from "./strip.ts";

type Journey = { stand: Stand; browser: SheafBrowser; folder: string };

const popupClip = { x: 0, y: 0, width: 400, height: 560, scale: 1 };

/** The journeys of a newcomer, step by step, each a strip of pictures: `<folder>/<journey>.png`. */
export async function photographJourneys(stand: Stand, options: { display: string; folder: string }): Promise<void> {
	await stand.clear();
	const browser = await launchBrowser({ serverUrl: stand.proxy.url, display: options.display });
	const journey = { stand, browser, folder: options.folder };
	await asGuest(journey);
	const page = await signInAndConnect(journey);
	await captureAndSeeItLand(journey, page);
	await gatherATable(journey);
	await browser.close();
	browser.removeProfile();
}

async function open({ browser }: Journey, url: string): Promise<Page> {
	const page = await browser.context.newPage();
	await page.goto(url);
	return page;
}

/** J1: without an account, what is captured stays on the device and says so. */
async function asGuest(journey: Journey): Promise<void> {
	const strip = new Strip();
	const page = await open(journey, `${journey.stand.sites.url}/shop-product.html`);
	strip.add("On a shop's page", await page.screenshot());
	const popup = await Popup.openOn(journey.browser, page);
	await popup.field("Description");
	strip.add("A press on the button fills the record in", await popup.screenshot(popupClip));
	await popup.press("Save here");
	await popup.saved();
	strip.add("Without an account it is kept on the device", await popup.screenshot(popupClip));
	await popup.close();
	const records = await journey.browser.openExtensionPage("options.html#records");
	await records.getByRole("main").getByRole("listitem").first().waitFor();
	strip.add("And listed there", await records.screenshot());
	await strip.save(journey.browser.context, `${journey.folder}/guest.png`);
	await records.close();
	await page.close();
}

/** J2, J3: an account, a table, and what the guest saved goes there. */
async function signInAndConnect({ stand, browser, folder }: Journey): Promise<Page> {
	const strip = new Strip();
	const base = await makeTestBase(stand.simulator);
	const options = await OptionsPage.open(browser);
	strip.add("Three steps", await options.page.screenshot());
	const opened = SignInPage.opened(browser.context);
	const answer = askBackground(options.page, "session.signIn");
	const window = await opened;
	strip.add("The sign-in window", await window.page.screenshot());
	await window.signUp("ada@sheaf.test", testPassword);
	await answer;
	await options.connectAirtable(base.token);
	await options.page.getByRole("button", { name: "Use this" }).waitFor();
	strip.add("A table, its columns mapped as suggested", await options.page.screenshot());
	await options.useSuggestedTarget();
	await options.page
		.getByRole("listitem")
		.filter({ hasText: /In Airtable/ })
		.first()
		.waitFor();
	strip.add("What was saved before is in the table", await options.page.screenshot());
	await strip.save(browser.context, `${folder}/connect.png`);
	return options.page;
}

/** J4, J5: with no network and with one, and back. */
async function captureAndSeeItLand(journey: Journey, options: Page): Promise<void> {
	const { stand, browser, folder } = journey;
	const strip = new Strip();
	const page = await open(journey, `${stand.sites.url}/news-article.html`);
	stand.proxy.goAway();
	const popup = await Popup.openOn(browser, page);
	await popup.field("Author");
	strip.add("The fields are the table's columns", await popup.screenshot(popupClip));
	await popup.press("Send");
	await popup.saved();
	strip.add("With no network it is saved here", await popup.screenshot(popupClip));
	stand.proxy.comeBack();
	await askBackground(options, "outbox.flush");
	await popup.waitForSent("delivered", 60_000);
	strip.add("Back online, it is in the table", await popup.screenshot(popupClip));
	await popup.press("Undo");
	await waitUntil("the row to be taken back", async () => (await popup.text()).includes("Taken back"));
	strip.add("Undo takes the row back", await popup.screenshot(popupClip));
	await popup.close();
	await strip.save(browser.context, `${folder}/capture.png`);
	await page.close();
}

/** J4: many at once. */
async function gatherATable(journey: Journey): Promise<void> {
	const { stand, browser, folder } = journey;
	const strip = new Strip();
	const page = await open(journey, `${stand.sites.url}/results-table.html`);
	strip.add("A page with a table", await page.screenshot());
	const panel = await Panel.openOn(browser, page);
	await panel.waitForText("Send 48 rows");
	strip.add("Its rows in the side panel", await panel.screenshot());
	await panel.press("Send 48 rows");
	await panel.waitForText("Undo");
	strip.add("All sent, and Undo for all", await panel.screenshot());
	await strip.save(browser.context, `${folder}/table.png`);
	await page.close();
}
