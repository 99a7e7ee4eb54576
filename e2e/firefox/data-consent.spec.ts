import type { Page } from "puppeteer-core";
import { waitUntil } from "../support/wait-until.ts";
import { expect, test } from "./firefox-fixtures.ts";
import { signUpInFirefox } from "./firefox-person.ts";

/** Firefox's own keys for the answers of its question. */
const [allow, doNotAllow] = ["alt+a", "alt+d"];

const theSwitch = '::-p-aria([name="Send diagnostics to my Sheaf server"][role="switch"])';

const isOn = (page: Page) => page.$eval(theSwitch, (element) => (element as HTMLInputElement).checked);

const shows = (page: Page, words: string) =>
	page.evaluate((wanted) => document.querySelector("main")?.textContent?.includes(wanted) ?? false, words);

/** What Firefox says it lets the extension send, besides what it requires. */
const consented = (page: Page) =>
	page.evaluate(async () => {
		const all = (await chrome.permissions.getAll()) as { data_collection?: string[] };
		return all.data_collection?.includes("technicalAndInteraction") ?? false;
	});

test("OBS-3 in Firefox: diagnostics go to the server once its own question was answered with yes, until that is taken back there", async ({
	stand,
	touchableFirefox: { firefox, hands },
}) => {
	await signUpInFirefox(firefox, { apiUrl: stand.backend.url, publicUrl: stand.proxy.url });
	const page = await firefox.openExtensionPage("options.html#privacy");
	await page.bringToFront();
	// A question takes no answer in its first moments.
	const answer = async (keys: string, words: string) => {
		await page.locator(theSwitch).click();
		await waitUntil(`Sheaf to say ${words}`, async () => {
			if (await shows(page, words)) return true;
			hands.press(keys);
			return false;
		});
	};
	await answer(doNotAllow, "You did not allow it");
	expect([await isOn(page), await consented(page)]).toEqual([false, false]);
	await answer(allow, "New notes are sent from now on.");
	expect([await isOn(page), await consented(page)]).toEqual([true, true]);
	// As it would be taken back among Firefox's add-ons.
	await page.evaluate(async () => {
		const consent = { data_collection: ["technicalAndInteraction"] } as unknown as chrome.permissions.Permissions;
		await chrome.permissions.remove(consent);
	});
	await expect.poll(() => isOn(page)).toBe(false);
	expect(await page.evaluate(() => chrome.storage.local.get("sendDiagnosticsOf"))).toEqual({});
});
