import { readFileSync } from "node:fs";
import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { waitForRows } from "../support/captures.ts";
import { inRepository } from "../support/paths.ts";

type Words = { popup: { send: string }; status: { delivered: string } };

/** The messages as their files have them: what a person in that language reads. */
function wordsIn(locale: string): Words {
	const read = (section: string): unknown =>
		JSON.parse(readFileSync(inRepository(`extension/locales/${locale}/${section}.json`), "utf8"));
	return { popup: read("popup"), status: read("status") } as Words;
}

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
		const words = wordsIn(locale);
		const { browser, base } = await getReady(await openBrowser({ locale }));
		const note = stand.sites.note(`in-${locale}`);
		const page = await browser.context.newPage();
		await page.goto(note.url);

		const popup = await Popup.openOn(browser, page);
		const root = () => popup.evaluate<string[]>("[document.documentElement.lang, document.documentElement.dir]");
		await expect.poll(root).toEqual([locale, dir]);
		await popup.press(words.popup.send);
		await popup.waitForSent("delivered");
		expect(plain(await popup.text())).toContain(words.status.delivered.replace("{provider}", "Airtable"));
		expect(await waitForRows({ simulator: stand.simulator, base }, [note.url])).toHaveLength(1);

		const options = await browser.openExtensionPage("options.html#records");
		await expect(options.locator("html")).toHaveAttribute("dir", dir);
		await expect(options.locator("html")).toHaveAttribute("lang", locale);
		await expect(options.getByRole("main")).toContainText(note.title);
	});
}
