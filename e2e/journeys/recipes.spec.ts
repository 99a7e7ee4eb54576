import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { PickerOverlay } from "../pages/picker.ts";
import { Popup } from "../pages/popup.ts";
import { violationsOf } from "../support/axe.ts";
import { signUp } from "../support/person.ts";

async function saveRecipe(picker: PickerOverlay, name: string): Promise<void> {
	await picker.button("Done").click();
	await picker.field("Name").fill(name);
	await picker.button("Save").click();
	await expect(picker.panel()).toContainText("Saved.");
	await picker.button("Close").click();
}

/** The site builds its page anew: the price is in another element of another name. */
async function rebuildSite(page: Page): Promise<void> {
	await page.route("**/shelf-lamp.html", async (route) => {
		const response = await route.fetch();
		const body = (await response.text()).replace(
			'<p class="css-1p7d0q price-now">€ 149.00</p>',
			'<div class="css-0a9s8d price-box">€ 129.00</div>',
		);
		await route.fulfill({ response, body });
	});
	await page.reload();
}

test("CAP-4: what was pointed at is filled in on the next visit; a rebuilt page is said, and mended with one press", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	const page = await browser.context.newPage();
	await page.goto(`${stand.sites.url}/shelf-lamp.html`);
	const picker = await PickerOverlay.openOn(browser, page);
	await picker.pick("h1", "Title");
	await picker.pick(".price-now", "Price");
	await picker.pick("dd", "Wood");
	await expect(picker.panel()).toContainText("€149.00");
	await saveRecipe(picker, "Lamps");
	expect(await page.locator("sheaf-picker").count()).toBe(0);

	await page.reload();
	const next = await Popup.openOn(browser, page);
	await expect.poll(() => next.text()).toContain("Filled in by your recipe “Lamps”.");
	expect([await next.field("Title"), await next.field("Price"), await next.field("Wood")]).toEqual([
		"Arc lamp",
		"149.00",
		"Brass and oak",
	]);
	await next.close();

	await rebuildSite(page);
	const changed = await Popup.openOn(browser, page);
	await expect.poll(() => changed.text()).toContain("Price is not where your recipe “Lamps” looks for it.");
	expect(await changed.text()).toContain("€129.00");
	await changed.press("Take it from there");
	await expect.poll(() => changed.field("Price")).toBe("129.00");
	await changed.close();

	await page.reload();
	const mended = await Popup.openOn(browser, page);
	await expect.poll(() => mended.text()).toContain("Filled in by your recipe “Lamps”.");
	expect(await mended.field("Price")).toBe("129.00");
	await mended.close();

	// The guest's recipe goes with them into their account, where all its versions are kept from now on.
	await signUp(browser, stand.backend.url);
	const options = await browser.openExtensionPage("options.html#recipes");
	await expect(options.getByRole("heading", { name: "Lamps" })).toBeVisible();
	await expect(options.getByText("On this device only")).toHaveCount(0);
});

test("CAP-4, CAP-6: with the keyboard alone, on a page that takes every press for itself and hears of none", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	const page = await browser.context.newPage();
	const address = `${stand.sites.url}/shelf-lamp.html`;
	await page.goto(address);
	const picker = await PickerOverlay.openOn(browser, page);
	const boxOf = (selector: string) => page.locator(selector).first().boundingBox();

	await page.keyboard.press("ArrowRight");
	await expect.poll(() => picker.outlined()).toEqual(await boxOf("h1"));
	await page.keyboard.press("ArrowRight");
	await expect.poll(() => picker.outlined()).toEqual(await boxOf(".price-now"));
	await page.keyboard.press("Enter");
	await expect(picker.field("Field")).toHaveValue("Price");
	await page.keyboard.press("Escape");
	await expect(picker.panel()).toContainText("Nothing picked yet.");
	await page.keyboard.press("Enter");
	await page.keyboard.press("Enter");
	await expect(picker.panel()).toContainText("€149.00");

	await picker.click("button");
	await page.keyboard.press("Escape");
	await page.keyboard.press("Escape");
	await expect(picker.panel()).toContainText("What you picked is not saved yet.");
	await picker.button("Leave without saving").click();
	await expect(page.locator("sheaf-picker")).toHaveCount(0);
	expect(page.url()).toBe(address);
	expect(await page.evaluate(() => document.documentElement.dataset["heard"] ?? "nothing")).toBe("nothing");
});

test("CAP-4: everything like what was clicked is a list", async ({ stand, openBrowser }) => {
	const browser = await openBrowser();
	const page = await browser.context.newPage();
	await page.goto(`${stand.sites.url}/shelf-lamp.html`);
	const picker = await PickerOverlay.openOn(browser, page);
	await picker.click("dd");
	await picker.field("Field").fill("Facts");
	await picker.field("All like it (2)").check();
	await expect(picker.panel()).toContainText("Brass and oak, 4.2 kg");
	await picker.button("Add field").click();
	await picker.button("Undo").click();
	await expect(picker.panel()).toContainText("Nothing picked yet.");
});

test("CAP-4, J7: recipes are renamed, handed on as a file, restored, deleted and brought back", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	await signUp(browser, stand.backend.url);
	const page = await browser.context.newPage();
	await page.goto(`${stand.sites.url}/shelf-lamp.html`);
	const picker = await PickerOverlay.openOn(browser, page);
	await picker.pick("h1", "Title");
	await saveRecipe(picker, "Lamps");

	const options = await browser.openExtensionPage("options.html#recipes");
	const heading = (name: string) => options.getByRole("heading", { name, exact: true });
	const more = async (name: string, entry: string) => {
		await options.getByRole("button", { name: `More for ${name}` }).click();
		await options.getByRole("menuitem", { name: entry }).click();
	};
	await expect(options.getByText("Version 1")).toBeVisible();
	await more("Lamps", "Rename");
	await options.getByLabel("Name of the recipe").fill("Shelf lamps");
	await options.getByRole("button", { name: "Save", exact: true }).click();
	await expect(options.getByText("Version 2")).toBeVisible();

	const download = options.waitForEvent("download");
	await options.getByRole("button", { name: "Save all as a file" }).click();
	const file = await (await download).path();
	await more("Shelf lamps", "Delete");
	await expect(heading("Shelf lamps")).toHaveCount(0);
	await options.getByRole("button", { name: "Undo" }).click();
	await expect(heading("Shelf lamps")).toBeVisible();

	await options.getByRole("link", { name: "Fields and versions" }).click();
	await options.getByRole("button", { name: "Use again: version 1" }).click();
	await expect(options.getByText("Version 1 is in use again.")).toBeVisible();
	await expect(heading("Lamps")).toBeVisible();

	await options.goto(options.url().replace(/#.*/, "#recipes"));
	const input = options.locator('input[type="file"]');
	await input.setInputFiles({ name: "notes.json", mimeType: "application/json", buffer: Buffer.from("[]") });
	await expect(options.getByText("This file holds no recipes of Sheaf.")).toBeVisible();
	await input.setInputFiles({ name: "recipes.json", mimeType: "application/json", buffer: readFileSync(file) });
	await expect(options.getByText("1 recipe was brought in.")).toBeVisible();
	await expect(heading("Shelf lamps")).toBeVisible();
});

test("WCAG 2.2 AA: axe finds nothing in the picker at any stage, and on a recipe's page, in light and dark and both directions", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	const page = await browser.context.newPage();
	await page.goto(`${stand.sites.url}/shelf-lamp.html`);
	const picker = await PickerOverlay.openOn(browser, page);
	const found: string[] = [];
	const look = async (stage: string) => {
		for (const [theme, direction] of [
			["light", "ltr"],
			["dark", "rtl"],
		]) {
			await picker.evaluate(`document.querySelector(".picker").dataset.theme = "${theme}"`);
			await picker.evaluate(`document.documentElement.dir = "${direction}"`);
			await expect.poll(() => picker.evaluate<number>("document.getAnimations().length")).toBe(0);
			const lines = await violationsOf((expression) => picker.evaluate(expression));
			found.push(...lines.map((line) => `${stage} (${theme}, ${direction}): ${line}`));
		}
	};
	await look("at first");
	await picker.click("dd");
	await look("naming a field");
	await picker.field("Field").fill("Wood");
	await picker.button("Add field").click();
	await look("with a field");
	await picker.button("Done").click();
	await look("saving");
	await picker.button("Save").click();
	await expect(picker.panel()).toContainText("Saved.");
	await look("saved");

	const options = await browser.openExtensionPage("options.html#recipes");
	await options.getByRole("link", { name: "Fields and versions" }).click();
	await options.setViewportSize({ width: 320, height: 800 });
	await expect(options.getByText("Earlier versions are kept once you have signed in.")).toBeVisible();
	found.push(...(await violationsOf((expression) => options.evaluate(expression))));
	expect(await options.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
	expect(found).toEqual([]);
});
