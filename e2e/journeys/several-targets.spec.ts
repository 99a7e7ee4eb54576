import { expect, test } from "../connect-fixtures.ts";
import type { OptionsPage } from "../pages/options.ts";
import { Popup } from "../pages/popup.ts";
import type { SheafBrowser } from "../support/browser.ts";
import { waitForRows } from "../support/captures.ts";
import { connectBy, signedUp } from "../support/connect-by-window.ts";
import type { NotionProcess } from "../support/notion-simulator.ts";
import { makeTestBase } from "../support/test-base.ts";

/** A database in Notion that a record fits into. @returns the data source its rows are in */
async function addLibrary(notion: NotionProcess): Promise<string> {
	const source = crypto.randomUUID();
	const properties = [
		{ id: "title", name: "Name", type: "title" },
		{ id: "url1", name: "URL", type: "url" },
		{ id: "auth", name: "Author", type: "rich_text" },
	];
	const dataSources = [{ id: source, name: "Library", properties }];
	await notion.addDatabase({ id: crypto.randomUUID(), name: "Library", dataSources });
	return source;
}

/** Connects Airtable and then Notion, each in its own window from the options page, and takes the table each suggests. */
async function connectBoth(browser: SheafBrowser, options: OptionsPage): Promise<void> {
	const { page } = options;
	const press = (provider: string) => () => page.getByRole("button", { name: `Connect with ${provider}` }).click();
	await connectBy(browser, press("Airtable"), "Allow");
	await options.useSuggestedTarget();
	await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Connections" }).click();
	await connectBy(browser, press("Notion"), "Allow");
	await page.getByRole("button", { name: "Use this" }).click();
	await page.getByRole("heading", { name: "Overview" }).waitFor();
}

test("J4, CON-5: one capture lands in Airtable and in Notion; the choice is remembered for the site, and one that fails holds nobody up", async ({
	airtable,
	notion,
	openBrowser,
	stand,
}) => {
	const browser = await openBrowser();
	const [base, source] = [await makeTestBase(airtable), await addLibrary(notion)];
	await connectBoth(browser, await signedUp(browser));
	const inNotion = async () => (await notion.rows(source)).map(({ values }) => values["url1"]);
	const page = await browser.context.newPage();
	const note = stand.sites.note("to-both");
	await page.goto(note.url);
	const popup = await Popup.openOn(browser, page);
	await popup.field("Author");
	await popup.tabTo("→");
	await popup.key("Enter");
	await popup.press((await chosen(popup)) === "Library" ? "Also to Reading list" : "Also to Library");
	await popup.key("Escape");
	await popup.press("Send");
	await expect.poll(() => sentStates(popup), { timeout: 30_000 }).toEqual(["delivered", "delivered"]);
	await popup.close();
	await waitForRows({ simulator: airtable, base }, [note.url]);
	expect(await inNotion()).toEqual([note.url]);

	// The same site again: nothing has to be chosen, and Notion's refusal is Notion's alone.
	await notion.plan({ path: "/v1/pages", times: 1_000, effect: { kind: "status", status: 503 } });
	const second = stand.sites.note("to-one-at-first");
	await page.goto(second.url);
	const again = await Popup.openOn(browser, page);
	await again.field("Author");
	await again.press("Send");
	await expect.poll(() => sentStates(again), { timeout: 30_000 }).toContain("delivered");
	await waitForRows({ simulator: airtable, base }, [second.url]);
	expect(await inNotion()).toEqual([note.url]);
	await notion.reset();
	await expect.poll(inNotion, { timeout: 60_000 }).toEqual([note.url, second.url]);
});

const sentStates = (popup: Popup): Promise<string[]> =>
	popup.evaluate("[...document.querySelectorAll('.send-line .status')].map((line) => line.dataset.state)");

/** Which target is the one whose columns are drawn. */
const chosen = (popup: Popup): Promise<string> =>
	popup.evaluate("document.querySelector('[role=menuitemradio][aria-checked=true] .menu-item-text')?.innerText ?? ''");
