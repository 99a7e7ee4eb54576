import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { violationsOf } from "../support/axe.ts";
import type { Person } from "../support/person.ts";
import type { Stand } from "../support/stand.ts";
import { waitUntil } from "../support/wait-until.ts";

const lamps = 120;
const urlOf = (kind: string, number: number) => `https://shop.example/${kind}-${number}`;

const inOrder = (one: string, other: string): number => one.localeCompare(other);

/** An account of more rows than a page of a listing holds: lamps, and what is between them. */
async function connectStock({ simulator }: Stand, person: Person): Promise<void> {
	const rows = Array.from({ length: lamps }, (_, at) => [
		{ Title: `Lamp ${at + 1}`, URL: urlOf("lamp", at + 1), Author: "Lind" },
		{ Title: `Chair ${at + 1}`, URL: urlOf("chair", at + 1), Author: "Holm" },
	]).flat();
	const fields = [
		{ name: "Title", type: "singleLineText" },
		{ name: "URL", type: "url" },
		{ name: "Author", type: "singleLineText" },
	];
	const base = await simulator.addBase({ name: "Shop", tables: [{ name: "Stock", fields, rows }] });
	const token = `patStock${process.pid}x${Date.now()}.worthless-outside-this-test`;
	await simulator.addToken(token, [base.id]);
	const body = { provider: "airtable", name: "The shop", credential: { token } };
	expect((await person.api("POST", "/api/v1/connections", body)).status).toBeLessThan(300);
}

const violations = (page: Page) => violationsOf((expression) => page.evaluate(expression));

test("J6: rows of an account are searched for, all but two are picked across pages, and each is in another table once", async ({
	stand,
	getReady,
}) => {
	const { browser, person, base } = await getReady();
	await connectStock(stand, person);

	await test.step("the popup shows the same list and hands on to the side panel", async () => {
		const page = await browser.context.newPage();
		await page.goto(stand.sites.note("beside").url);
		const popup = await Popup.openOn(browser, page);
		await popup.press("Menu");
		await popup.press("Pick rows from an account");
		await popup.waitForText("Open in the side panel");
		await popup.waitForText("The shop (Airtable)");
		expect(await violationsOf((expression) => popup.evaluate(expression))).toEqual([]);
		await popup.close();
		await page.close();
	});

	const page = await browser.openExtensionPage("sidepanel.html");
	await page.setViewportSize({ width: 400, height: 720 });
	await page.getByRole("tab", { name: "Accounts" }).click();
	await page.getByLabel("Account", { exact: true }).selectOption("The shop (Airtable)");
	await page.getByRole("combobox", { name: "Table" }).fill("sto");
	await page.keyboard.press("Enter");
	const grid = page.getByRole("grid");
	await expect(grid).toHaveAttribute("aria-rowcount", "-1");

	await page.getByRole("searchbox", { name: "Search rows" }).fill("lamp");
	await expect(grid.getByRole("row", { name: "Chair 1", exact: false })).toHaveCount(0);
	await page.getByRole("checkbox", { name: "Pick all rows that match" }).click();
	const count = page.getByRole("status").filter({ hasText: "rows" });
	await expect(count.first(), "how many nobody has said").toContainText("All rows that match");
	await grid.focus();
	await page.keyboard.press("Space");
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("Space");
	await expect(count.first()).toContainText("All rows that match but 2");
	await expect(page.getByRole("button", { name: "Send all but 2 rows" })).toBeVisible();
	const leftOut = await grid.locator('[aria-selected="false"]').allTextContents();
	await page.keyboard.press("End");
	await expect(count.first(), "all were listed").toContainText(`All ${lamps} rows but 2`);
	await expect(grid).toHaveAttribute("aria-rowcount", String(lamps + 1));
	expect(await violations(page)).toEqual([]);

	await page.getByRole("button", { name: "Match columns" }).click();
	await expect(page.getByText("Fills Title, URL, and Author.")).toBeVisible();
	await page.getByRole("button", { name: `Send ${lamps - 2} rows` }).click();
	await expect(page.getByText(`Picked: ${lamps - 2} new. They are on their way to Reading list.`)).toBeVisible({
		timeout: 60_000,
	});
	const rows = await waitUntil(
		"the picked rows to be there",
		async () => {
			const found = await stand.simulator.rows(base.id, base.table);
			return found.length >= lamps - 2 ? found : null;
		},
		{ timeoutMs: 60_000 },
	);
	expect(leftOut).toHaveLength(2);
	const wanted = Array.from({ length: lamps }, (_, at) => urlOf("lamp", at + 1)).filter(
		(url) => !leftOut.some((text) => text.includes(url)),
	);
	expect(rows.map(({ cells }) => String(cells["URL"])).toSorted(inOrder)).toEqual(wanted.toSorted(inOrder));

	await page.getByRole("button", { name: `Send ${lamps - 2} rows` }).click();
	await expect(page.getByText("Nothing new: what you picked is in Reading list as it is.")).toBeVisible({
		timeout: 60_000,
	});
	expect(await stand.simulator.rows(base.id, base.table)).toHaveLength(lamps - 2);
});
