import { readFileSync } from "node:fs";
import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { signUp } from "../support/person.ts";

const banner = "Saved on this device only. Sign in to send it to your tables.";

test("J1: the guest's banner is in the flow, is hidden by its button, and stays hidden on this device", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	const page = await browser.context.newPage();
	await page.goto(stand.sites.note("banner").url);
	const popup = await Popup.openOn(browser, page);
	await expect.poll(() => popup.text()).toContain(banner);
	await popup.press("Save here");
	await popup.saved();
	const records = await browser.openExtensionPage("options.html#records");
	await expect(records.getByText(banner)).toBeVisible();
	await records.getByRole("button", { name: "Hide this for a week" }).click();
	await expect(records.getByText(banner)).toBeHidden();
	await popup.close();
	const again = await Popup.openOn(browser, page);
	await again.field("Author");
	expect(await again.text()).not.toContain(banner);
});

test("J1, ID-8: a guest edits, removes and exports; what is left moves to the account and that is said once", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	const [kept, removed] = [stand.sites.note("kept"), stand.sites.note("removed")];
	for (const { url } of [kept, removed]) {
		const page = await browser.context.newPage();
		await page.goto(url);
		const popup = await Popup.openOn(browser, page);
		await popup.press("Save here");
		await popup.saved();
		await popup.close();
	}
	const page = await browser.openExtensionPage("options.html#records");
	const list = page.getByRole("main").getByRole("list");
	await list.getByRole("button", { name: `Edit ${kept.title}` }).click();
	const dialog = page.getByRole("dialog", { name: "Edit record" });
	await dialog.getByLabel("Title").fill("Mended by a guest");
	await dialog.getByRole("button", { name: "Save" }).click();
	await expect(list.getByText("Mended by a guest")).toBeVisible();
	await list.getByRole("button", { name: `Remove ${removed.title}` }).click();
	await expect(list.getByRole("listitem")).toHaveCount(1);

	await page.getByRole("button", { name: "Export" }).click();
	const [download] = await Promise.all([
		page.waitForEvent("download"),
		page.getByRole("menuitem", { name: "As a table (CSV)" }).click(),
	]);
	expect(download.suggestedFilename()).toMatch(/^sheaf-records-.*\.csv$/);
	const csv = readFileSync(await download.path(), "utf8");
	expect(csv).toContain("Mended by a guest");
	expect(csv).not.toContain(removed.title);

	const person = await signUp(browser, stand.backend.url);
	await expect(page.getByText("1 capture moved to your account.")).toBeVisible();
	await page.getByRole("button", { name: "Hide this" }).click();
	await expect(page.getByText("moved to your account")).toBeHidden();
	const stored = async () => {
		const { body } = await person.api<{ records: { source: { url: string } }[] }>("GET", "/api/v1/records");
		return body.records.map(({ source }) => source.url);
	};
	await expect.poll(stored).toEqual([kept.url]);
});
