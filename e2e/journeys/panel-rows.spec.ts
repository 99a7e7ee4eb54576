import { expect, test } from "../fixtures.ts";
import { Panel } from "../pages/panel.ts";
import { waitForRows } from "../support/captures.ts";
import type { Stand } from "../support/stand.ts";
import { waitUntil } from "../support/wait-until.ts";

/** The titles of everything the backend has. Asked of its database: a list by newest change shifts while rows are delivered. */
async function titlesAtBackend({ database }: Stand): Promise<string[]> {
	const rows = await database.query<{ title: string }>("select fields->'title'->>'value' as title from sheaf.records");
	return rows.map(({ title }) => title);
}

test("CAP-3, OUT-1: 5,000 rows of a page are previewed, saved in batches, and each is at the backend once", async ({
	stand,
	getReady,
}) => {
	test.setTimeout(480_000);
	const { browser } = await getReady();
	const page = await browser.context.newPage();
	await page.goto(stand.sites.table(5_000));
	const panel = await Panel.openOn(browser, page);
	await panel.waitForText("Send 5,000 rows", 60_000);
	await panel.waitForText("5,000 new.", 60_000);
	// Only those in sight are drawn, and assistive technology is told of all.
	expect(await panel.evaluate("document.querySelectorAll('.vgrid-body [role=row]').length")).toBeLessThan(60);
	expect(await panel.evaluate("document.querySelector('[role=grid]').ariaRowCount")).toBe("5001");
	await panel.press("Send 5,000 rows");
	await panel.waitForText("5,000 rows saved here and on their way.", 120_000);
	await waitUntil("all rows to be at the backend", async () => (await titlesAtBackend(stand)).length >= 5_000, {
		timeoutMs: 240_000,
		everyMs: 1_000,
	});
	const titles = await titlesAtBackend(stand);
	expect(titles).toHaveLength(5_000);
	expect(new Set(titles).size).toBe(5_000);
});

test("CAP-3, OUT-5: what is in the table already is unchanged, what says something else an update, and nothing is sent twice", async ({
	stand,
	getReady,
}) => {
	const { browser, base } = await getReady();
	const page = await browser.context.newPage();
	await page.goto(stand.sites.table(12));
	const panel = await Panel.openOn(browser, page);
	await panel.waitForText("12 new.");
	await panel.press("Send 12 rows");
	const urls = Array.from(
		{ length: 12 },
		(_, place) => stand.sites.note(`part-${String(place + 1).padStart(5, "0")}`).url,
	);
	await waitForRows({ simulator: stand.simulator, base }, urls);
	await panel.waitForText("12 unchanged.");
	// One cell of the page says something else; two rows are new.
	await page.goto(stand.sites.table(14));
	await page.locator("tbody tr:nth-child(3) a").evaluate((link) => {
		link.textContent = "Part three";
	});
	await panel.press("Look again");
	await panel.waitForText("2 new, 1 update, and 11 unchanged.");
	await panel.press("Send 3 rows");
	const rows = await waitUntil("the changed row", async () => {
		const found = await stand.simulator.rows(base.id, base.table);
		return found.length >= 14 && found.some(({ cells }) => cells["Title"] === "Part three") ? found : null;
	});
	expect(rows).toHaveLength(14);
	expect(new Set(await titlesAtBackend(stand)).size).toBe(14);
});

test("CAP-3: by keyboard alone rows are ticked and unticked, and a column can be led to another one", async ({
	stand,
	getReady,
}) => {
	const { browser } = await getReady();
	const page = await browser.context.newPage();
	await page.goto(stand.sites.table(40));
	const panel = await Panel.openOn(browser, page);
	await panel.waitForText("Send 40 rows");
	await panel.focusGrid();
	await panel.key(" ");
	await panel.waitForText("Send 39 rows");
	await panel.key("a", "ctrl");
	await panel.waitForText("Send 40 rows");
	await panel.key("a", "ctrl");
	await panel.waitForText("Send 0 rows");
	await panel.key("ArrowDown", "shift");
	await panel.key("ArrowDown", "shift");
	await panel.waitForText("Send 3 rows");
	await panel.key("End");
	await panel.key(" ");
	await panel.waitForText("Send 4 rows");
	const active = "document.getElementById(document.querySelector('[role=grid]').getAttribute('aria-activedescendant'))";
	expect(await panel.evaluate(`${active}.ariaRowIndex`)).toBe("41");
	await panel.press("Stock");
	await panel.choose("Goes into", "Price");
	await panel.press("Save");
	await panel.waitForText("Stock\nfills Price");
	await panel.waitForText("Price\nfills no column");
});

test("CAP-3, OUT-1: a panel that is closed in the middle leaves whole batches, the next one says so, and the rest is sent once", async ({
	stand,
	getReady,
}) => {
	test.setTimeout(240_000);
	const { browser } = await getReady();
	const page = await browser.context.newPage();
	await page.goto(stand.sites.table(2_000));
	const first = await Panel.openOn(browser, page);
	await first.waitForText("Send 2,000 rows", 60_000);
	await first.waitForText("2,000 new.", 60_000);
	await first.press("Send 2,000 rows");
	await waitUntil("some of them to be saved", async () => /[1-9]\d* of 2,000 saved here/.test(await first.text()));
	await first.close();
	const second = await Panel.openOn(browser, page);
	await second.waitForText("The panel was closed while “Parts in stock” was being saved");
	const saved = await waitUntil(
		"every row to be held against what is there",
		async () => {
			const text = await second.text();
			const [fresh = 0, unchanged = 0] = (/([\d,]+) new and ([\d,]+) unchanged\./.exec(text)?.slice(1) ?? []).map(
				(count) => Number(count.replace(",", "")),
			);
			return fresh + unchanged === 2_000 && !text.includes("Checking") ? unchanged : null;
		},
		{ timeoutMs: 60_000 },
	);
	expect(saved % 100).toBe(0);
	expect(saved).toBeGreaterThan(0);
	await second.press(`Send ${(2_000 - saved).toLocaleString("en")} rows`);
	const titles = await waitUntil(
		"all rows to be at the backend",
		async () => {
			const found = await titlesAtBackend(stand);
			return found.length >= 2_000 ? found : null;
		},
		{ timeoutMs: 120_000, everyMs: 1_000 },
	);
	expect([titles.length, new Set(titles).size]).toEqual([2_000, 2_000]);
});

test("J1, CAP-3: a guest's rows are kept here, and taken back with one press", async ({ stand, openBrowser }) => {
	const browser = await openBrowser();
	const page = await browser.context.newPage();
	await page.goto(stand.sites.table(150));
	const panel = await Panel.openOn(browser, page);
	await panel.waitForText("Rows stay on this device until you sign in.");
	await panel.press("Save 150 rows here");
	await panel.waitForText("150 rows saved here");
	await panel.waitForText("Waiting (150)");
	await panel.press("Undo");
	await panel.waitForText("150 rows taken back.");
	await waitUntil("nothing to wait any more", async () => !(await panel.text()).includes("Waiting ("));
});

test("CAP-5: a tab that nobody opened Sheaf on cannot be read, and the panel says what to press", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	const page = await browser.context.newPage();
	await page.goto(stand.sites.note("nothing-here").url);
	const panel = await Panel.openOn(browser, page);
	await panel.waitForText("There is no table and no list on this page");
	const other = await browser.context.newPage();
	await other.goto(stand.sites.table(5));
	await other.bringToFront();
	await panel.waitForText("Press Sheaf’s button in the toolbar on this tab");
});
