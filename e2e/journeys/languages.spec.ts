import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { waitForRows } from "../support/captures.ts";
import { wordsIn } from "../support/words-in.ts";

type Popups = { send: string };
type Statuses = { delivered: string };

/** Without the marks that keep a name in its place among words of the other direction. */
const plain = (text: string): string => text.replaceAll(/[\u2068\u2069]/g, "");

for (const [locale, dir] of [
	["de", "ltr"],
	["ar", "rtl"],
] as const) {
	test(`CAP-1, J4: a page is captured and sent in ${locale}, from the press to the row`, async ({
		stand,
		openBrowser,
		getReady,
	}) => {
		const { send } = wordsIn(locale, "popup") as Popups;
		const { delivered } = wordsIn(locale, "status") as Statuses;
		const { browser, base } = await getReady(await openBrowser({ locale }));
		const note = stand.sites.note(`in-${locale}`);
		const page = await browser.context.newPage();
		await page.goto(note.url);

		const popup = await Popup.openOn(browser, page);
		const root = () =>
			popup.evaluate<string[]>("[document.documentElement?.lang ?? null, document.documentElement?.dir ?? null]");
		await expect.poll(root).toEqual([locale, dir]);
		await popup.press(send);
		await popup.waitForSent("delivered");
		expect(plain(await popup.text())).toContain(delivered.replace("{provider}", "Airtable"));
		expect(await waitForRows({ simulator: stand.simulator, base }, [note.url])).toHaveLength(1);

		const options = await browser.openExtensionPage("options.html#records");
		await expect(options.locator("html")).toHaveAttribute("dir", dir);
		await expect(options.locator("html")).toHaveAttribute("lang", locale);
		await expect(options.getByRole("main")).toContainText(note.title);
	});
}
