import type { Page } from "@playwright/test";
import { expect, test } from "../connect-fixtures.ts";
import { Popup } from "../pages/popup.ts";
import type { SheafBrowser } from "../support/browser.ts";
import { waitForRows } from "../support/captures.ts";
import { connectBy, signedUp } from "../support/connect-by-window.ts";
import { makeTestBase } from "../support/test-base.ts";

const connectButton = (page: Page) => page.getByRole("button", { name: "Connect with Airtable" });

test("J3, ACC-1: Airtable is connected in its own window, a record lands, and stays landing when the access ends", async ({
	airtable,
	openBrowser,
	stand,
}) => {
	const browser = await openBrowser();
	const base = await makeTestBase(airtable);
	const options = await signedUp(browser);
	await connectBy(browser, () => connectButton(options.page).click(), "Allow");
	await options.useSuggestedTarget();
	await send(browser, stand.sites.note("by-consent").url);
	await waitForRows({ simulator: airtable, base }, [stand.sites.note("by-consent").url]);

	await airtable.expireAccessTokens();
	await send(browser, stand.sites.note("after-an-hour").url);
	await waitForRows({ simulator: airtable, base }, [
		stand.sites.note("by-consent").url,
		stand.sites.note("after-an-hour").url,
	]);
});

test("J3, ACC-1: Notion is connected in its own window, and a record becomes a row of the database that was shared", async ({
	notion,
	openBrowser,
	stand,
}) => {
	const browser = await openBrowser();
	const [database, source] = [crypto.randomUUID(), crypto.randomUUID()];
	await notion.addDatabase({
		id: database,
		name: "Library",
		dataSources: [
			{
				id: source,
				name: "Reading",
				properties: [
					{ id: "title", name: "Name", type: "title" },
					{ id: "url1", name: "URL", type: "url" },
					{ id: "auth", name: "Author", type: "rich_text" },
				],
			},
		],
	});
	const options = await signedUp(browser);
	const connect = options.page.getByRole("button", { name: "Connect with Notion" });
	await connectBy(browser, () => connect.click(), "Allow");
	await options.useSuggestedTarget();
	const note = stand.sites.note("into-notion");
	const popup = await send(browser, note.url);
	await popup.waitForSent("delivered");
	const rows = await notion.rows(source);
	expect(rows.map(({ values }) => values["url1"])).toEqual([note.url]);
});

test("J3, ACC-1: Google Sheets is connected in its own window; who has no spreadsheet there gets one, and a record becomes its row", async ({
	openBrowser,
	sheets,
	stand,
}) => {
	const browser = await openBrowser();
	const options = await signedUp(browser);
	const connect = options.page.getByRole("button", { name: "Connect with Google Sheets" });
	await connectBy(browser, () => connect.click(), "Allow");
	await options.useSuggestedTarget();
	const note = stand.sites.note("into-a-sheet");
	const popup = await send(browser, note.url);
	await popup.waitForSent("delivered");
	const rows = await sheets.rows("made1", 0);
	expect(rows.map((row) => row["URL"])).toEqual([note.url]);
});

test("ACC-1: whoever says no in Airtable's window is back, and nothing is said about it", async ({
	airtable,
	openBrowser,
}) => {
	const browser = await openBrowser();
	await makeTestBase(airtable);
	const options = await signedUp(browser);
	await connectBy(browser, () => connectButton(options.page).click(), "Deny");
	await expect(connectButton(options.page)).toBeEnabled();
	await expect(options.page.getByRole("alert")).toHaveCount(0);
	await expect(options.page.getByText("Nothing is connected yet.")).toBeVisible();
});

test("ACC-4, J7: access taken back at Airtable is told in the popup; reconnected, what waited arrives", async ({
	airtable,
	openBrowser,
	stand,
}) => {
	const browser = await openBrowser();
	const base = await makeTestBase(airtable);
	const options = await signedUp(browser);
	await connectBy(browser, () => connectButton(options.page).click(), "Allow");
	await options.useSuggestedTarget();
	await airtable.revokeGrant();
	const { url } = stand.sites.note("waits");
	const sent = await send(browser, url);
	const page = await browser.openExtensionPage("options.html#connections");
	await expect(async () => {
		await page.reload();
		await expect(page.getByText("Needs reconnecting")).toBeVisible({ timeout: 2_000 });
	}).toPass({ timeout: 30_000 });
	await sent.close();
	const popup = await Popup.openOn(browser, await elsewhere(browser, stand.sites.note("elsewhere").url));
	await expect.poll(() => popup.text()).toContain("Reconnect");
	expect(await popup.text()).toContain("1 record waiting");

	await connectBy(browser, () => page.getByRole("button", { name: "Reconnect" }).click(), "Allow");
	await waitForRows({ simulator: airtable, base }, [url]);
	await expect(page.getByText("Connected", { exact: true })).toBeVisible();
});

async function send(browser: SheafBrowser, url: string): Promise<Popup> {
	const popup = await Popup.openOn(browser, await elsewhere(browser, url));
	await popup.field("Author");
	await popup.press("Send");
	await popup.saved();
	return popup;
}

async function elsewhere(browser: SheafBrowser, url: string): Promise<Page> {
	const page = await browser.context.newPage();
	await page.goto(url);
	return page;
}
