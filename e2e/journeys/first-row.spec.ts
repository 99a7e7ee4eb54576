import { expect, test } from "../fixtures.ts";
import { OptionsPage } from "../pages/options.ts";
import { Popup } from "../pages/popup.ts";
import { waitForRows } from "../support/captures.ts";
import { testPassword } from "../support/person.ts";
import { makeTestBase } from "../support/test-base.ts";

test("J2 to J5: from an empty browser to a row in Airtable, by pressing what is shown", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	const base = await makeTestBase(stand.simulator);
	const options = await OptionsPage.open(browser);
	await options.signUp("ada@sheaf.test", testPassword);
	await options.connectAirtable(base.token);
	await options.useSuggestedTarget();

	const note = stand.sites.note("first");
	const page = await browser.context.newPage();
	await page.goto(note.url);
	const popup = await Popup.openOn(browser, page);
	expect(await popup.field("Author")).toBe("Ada Lind");
	await popup.press("Send");
	await popup.saved();
	const [row, ...others] = await waitForRows({ simulator: stand.simulator, base }, [note.url]);
	expect(row?.cells).toEqual({ Title: note.title, URL: note.url, Author: "Ada Lind" });
	expect(others).toEqual([]);
	await popup.waitForSent("delivered");
	expect(await popup.text()).toContain("In Airtable");
	expect(await popup.sentLink()).toBe(`https://airtable.com/${base.id}/${base.tableId}/${row?.id}`);
});

test("J1, ID-8: what a guest captured moves to the account once, and goes to the first table by itself", async ({
	stand,
	openBrowser,
	getReady,
}) => {
	const browser = await openBrowser();
	const note = stand.sites.note("as-guest");
	const page = await browser.context.newPage();
	await page.goto(note.url);
	const popup = await Popup.openOn(browser, page);
	await expect.poll(() => popup.text()).toContain("Saved on this device only. Sign in to send it to your tables.");
	await popup.press("Save here");
	expect(await popup.saved()).toBe("local");
	await popup.close();

	const { person, base } = await getReady(browser);
	const stored = async () => {
		const { body } = await person.api<{ records: { source: { url: string } }[] }>("GET", "/api/v1/records");
		return body.records.map(({ source }) => source.url);
	};
	await expect.poll(stored).toEqual([note.url]);
	expect(await waitForRows({ simulator: stand.simulator, base }, [note.url])).toHaveLength(1);
});
