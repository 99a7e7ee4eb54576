import type { TargetList } from "../../backend/contract/targets.ts";
import { expect, test } from "../fixtures.ts";
import { MappingPage } from "../pages/mapping.ts";
import { Popup } from "../pages/popup.ts";
import { captureByPopup, waitForRows } from "../support/captures.ts";
import { addColumnByHand } from "../support/test-base.ts";

test("CON-2: steps, a fixed value and a missing column are set while the page shows what would be written", async ({
	stand,
	getReady,
}) => {
	const { browser, person, base } = await getReady();
	const { simulator } = stand;
	const first = stand.sites.note("before");
	await captureByPopup(browser, first.url);
	await waitForRows({ simulator, base }, [first.url]);
	const mapping = new MappingPage(person.page);
	const { page } = mapping;
	await mapping.edit();
	await expect(mapping.line("Author")).toContainText("Ada Lind");

	const steps = await mapping.steps("Author");
	await steps.getByRole("button", { name: "Add a step" }).press("Enter");
	await steps.getByRole("menuitem", { name: "Find and replace" }).press("Enter");
	await expect(steps.getByLabel("Find", { exact: true }), "the focus is where one goes on").toBeFocused();
	await page.keyboard.type("Ada ");
	await page.keyboard.press("Tab");
	await page.keyboard.type("A. ");
	await expect(mapping.line("Author")).toContainText("A. Lind");
	await mapping.source("Category").selectOption("The same in every row");
	await mapping.line("Category").getByLabel("What Category says in every row").selectOption("Reading");
	await expect(mapping.line("Category")).toContainText(/What is written.*Reading/);

	await mapping.remove("Description").press("Enter");
	await expect(mapping.line("Description")).toHaveCount(0);
	await expect(mapping.remove("Published"), "the focus goes to the next line").toBeFocused();
	await page.getByRole("button", { name: "Undo" }).press("Enter");
	await expect(mapping.remove("Description")).toBeFocused();

	await browser.context.setOffline(true);
	await expect(page.getByText(/^You are offline, so/)).toBeVisible();
	await expect(mapping.line("Author"), "what was known stays").toContainText("A. Lind");
	await browser.context.setOffline(false);
	await expect(page.getByText(/^You are offline, so/)).toBeHidden();

	await page.getByText("captured fields have no column").click();
	await page.getByLabel("Name of the column for Site").fill("Found on");
	await page.getByRole("button", { name: "Make the column for Site" }).click();
	await expect(mapping.source("Found on")).toBeFocused();
	await expect(mapping.line("Found on")).toContainText("127.0.0.1");
	await mapping.save();

	const second = stand.sites.note("after");
	await captureByPopup(browser, second.url);
	const rows = await waitForRows({ simulator, base }, [second.url]);
	expect(rows.find(({ cells }) => cells["URL"] === second.url)?.cells).toMatchObject({
		Author: "A. Lind",
		Category: "Reading",
		"Found on": "127.0.0.1",
	});
});

test("SYNC-4: a column that is gone is named, mended by the keyboard alone, and what waited for it arrives", async ({
	stand,
	getReady,
}) => {
	const { browser, person, base } = await getReady();
	const { simulator } = stand;
	await simulator.settings({ removeField: { base: base.id, table: base.table, field: "Author" } });
	const note = stand.sites.note("waits");
	const tab = await browser.context.newPage();
	await tab.goto(note.url);
	const popup = await Popup.openOn(browser, tab);
	await popup.press("Send");
	await popup.saved();
	const paused = async () => {
		const [target] = (await person.api<TargetList>("GET", "/api/v1/targets")).body.targets;
		return target?.problem?.action;
	};
	await expect.poll(paused, { timeout: 30_000 }).toBe("mend_target");
	await popup.close();
	const elsewhere = await Popup.openOn(browser, await browser.context.newPage());
	await expect.poll(() => elsewhere.text()).toContain("“Author”");
	expect(await elsewhere.text()).toContain("Fix");
	expect(await elsewhere.text()).toContain("1 record waiting");
	await elsewhere.close();
	expect(await simulator.rows(base.id, base.table)).toEqual([]);

	const { page } = person;
	await page.bringToFront();
	await page.getByRole("navigation").getByRole("link", { name: "Targets" }).click();
	await expect(page.getByText("The column “Author” is no longer in the table")).toBeVisible();
	await page.getByRole("link", { name: "Fix" }).press("Enter");
	await expect(page.getByLabel("Column for Author"), "it begins at the line").toBeFocused();
	const finding = page.getByRole("list", { name: "What needs you" }).getByRole("listitem");
	await expect(finding).toContainText("“Author”");
	await finding.getByRole("button", { name: "Make “Author”" }).press("Enter");
	await expect(finding).toBeHidden();
	await expect(page.getByLabel("Column for Author")).toBeFocused();
	await expect(new MappingPage(page).line("Author")).toContainText("Ada Lind");
	await page.getByRole("button", { name: "Save" }).press("Enter");
	const [row] = await waitForRows({ simulator, base }, [note.url]);
	expect(row?.cells).toMatchObject({ Title: note.title, Author: "Ada Lind" });
});

test("SYNC-4: a column that goes by another name now is found before anything is sent, and used with one press", async ({
	stand,
	getReady,
}) => {
	const { browser, person, base } = await getReady();
	const { simulator } = stand;
	await simulator.settings({ removeField: { base: base.id, table: base.table, field: "Author" } });
	await addColumnByHand(simulator, base, "Name of the author");
	const mapping = new MappingPage(person.page);
	await mapping.edit();
	const findings = mapping.page.getByRole("list", { name: "What needs you" });
	await findings.getByRole("button", { name: "Use “Name of the author”" }).press("Enter");
	await expect(findings).toBeHidden();
	await expect(mapping.page.getByLabel("Column for Author")).toBeFocused();
	await mapping.save();
	const note = stand.sites.note("by-another-name");
	await captureByPopup(browser, note.url);
	const [row] = await waitForRows({ simulator, base }, [note.url]);
	expect(row?.cells).toMatchObject({ "Name of the author": "Ada Lind" });
});
