import { expect, test } from "../fixtures.ts";
import { OptionsPage } from "../pages/options.ts";
import { Popup } from "../pages/popup.ts";
import { readControls, readTree, type SendCommand } from "../support/accessibility.ts";
import { waitForRows } from "../support/captures.ts";

test("J4: with the keyboard alone: see where the record goes, change it, send it", async ({ stand, getReady }) => {
	const { browser, base } = await getReady();
	const note = stand.sites.note("by-keyboard");
	const page = await browser.context.newPage();
	await page.goto(note.url);
	const popup = await Popup.openOn(browser, page);
	await popup.field("Author");

	await popup.key("Tab");
	expect((await popup.focused()).name).toContain(base.table);
	await popup.key("Enter");
	const menuIsOpen = () => popup.evaluate<boolean>("document.querySelector(':popover-open') !== null");
	await expect.poll(menuIsOpen).toBe(true);
	await expect.poll(async () => (await popup.focused()).name).toContain(base.table);
	await popup.key("Escape");
	await expect.poll(menuIsOpen).toBe(false);
	expect((await popup.focused()).name, "Esc closes the menu and gives the focus back").toContain(base.table);

	expect(await popup.tabTo("Author")).toEqual(["Menu", "Change the picture", "Title", "Kind", "URL", "Author"]);
	await popup.evaluate("document.activeElement.select()");
	await popup.type("Grace");
	await popup.key("Enter", "ctrl");
	await popup.saved();
	const [row] = await waitForRows({ simulator: stand.simulator, base }, [note.url]);
	expect(row?.cells).toMatchObject({ Title: note.title, Author: "Grace" });
});

test("J4: Enter sends the page as it is, and everything Tab leads to shows that it has the focus", async ({
	stand,
	getReady,
}) => {
	const { browser } = await getReady();
	const page = await browser.context.newPage();
	await page.goto(`${stand.sites.url}/shop-product.html`);
	const popup = await Popup.openOn(browser, page);
	await popup.field("Author");
	await popup.tabTo("Send");
	for (let presses = 0; presses < 12; presses += 1) {
		await popup.key("Tab", "shift");
		const { name, ring } = await popup.focused();
		if (name !== "") expect(ring, name).toBeGreaterThan(0);
	}
	await popup.evaluate("document.activeElement.blur()");
	await popup.key("Enter");
	await popup.saved();
});

test("J4: a refused value takes the focus to its input", async ({ stand, getReady }) => {
	const { browser } = await getReady();
	const page = await browser.context.newPage();
	await page.goto(`${stand.sites.url}/shop-product.html`);
	const popup = await Popup.openOn(browser, page);
	await popup.fill("Price", "about ten");
	await popup.tabTo("Send");
	await popup.key("Enter");
	await expect.poll(async () => (await popup.focused()).name).toBe("Price");
	expect(await popup.sentState()).toBeNull();
});

test("J5: screen readers hear where the record is from “Saved here” on", async ({ stand, getReady }) => {
	const { browser } = await getReady();
	const page = await browser.context.newPage();
	await page.goto(stand.sites.note("aloud").url);
	const popup = await Popup.openOn(browser, page);
	await popup.field("Author");
	// A region that comes with its first words is not read out: it has to be there before.
	expect((await readTree(popup.send)).map(({ role }) => role)).toContain("status");
	await popup.evaluate(`(() => {
		const region = document.querySelector("[role=status]");
		window.heard = [];
		const listen = () => window.heard.push(region.innerText.trim());
		new MutationObserver(listen).observe(region, { childList: true, subtree: true, characterData: true });
	})()`);
	await popup.press("Send");
	await popup.waitForSent("delivered");
	const heard = await popup.evaluate<string[]>("window.heard");
	expect(heard[0]).toBe("Saved here");
	expect(heard.at(-1)).toBe("In Airtable");
});

test("J4: every control of the popup has a name", async ({ stand, openBrowser, getReady }) => {
	const browser = await openBrowser();
	const page = await browser.context.newPage();
	await page.goto(`${stand.sites.url}/shop-product.html`);
	const unnamed = async (label: string) => {
		const popup = await Popup.openOn(browser, page);
		await popup.field(label);
		const controls = await readControls(popup.send);
		expect(controls.length).toBeGreaterThan(5);
		expect(controls.filter(({ name }) => name === "")).toEqual([]);
		await popup.close();
	};
	await unnamed("Description");
	await getReady(browser);
	await unnamed("Author");
});

test("J3: every control of the options page has a name, signed in or not", async ({ openBrowser, getReady }) => {
	const browser = await openBrowser();
	const unnamed = async () => {
		const { page } = await OptionsPage.open(browser);
		const session = await browser.context.newCDPSession(page);
		for (const name of [
			"Overview",
			"Connections",
			"Targets",
			"Records",
			"Inbox",
			"Webhooks",
			"Activity",
			"Workspace",
			"Account",
			"Settings",
		]) {
			await page.getByRole("navigation").getByRole("link", { name, exact: true }).click();
			await page.getByRole("heading", { level: 1, name }).waitFor();
			const controls = await readControls(session.send.bind(session) as SendCommand);
			expect(controls.length, name).toBeGreaterThan(5);
			expect(
				controls.filter((control) => control.name === ""),
				name,
			).toEqual([]);
		}
		await page.close();
	};
	await unnamed();
	await getReady(browser);
	await unnamed();
});

test("J3: deleting a target with the keyboard: asked first, Esc leaves it, the focus comes back", async ({
	getReady,
}) => {
	const { browser, base } = await getReady();
	const { page } = await OptionsPage.open(browser);
	await page.getByRole("navigation").getByRole("link", { name: "Targets" }).press("Enter");
	const more = page.getByRole("button", { name: `More for ${base.table}` });
	await more.press("Enter");
	await expect(page.getByRole("menuitem", { name: "Delete" })).toBeFocused();
	await page.keyboard.press("Enter");
	const dialog = page.getByRole("dialog", { name: `Delete ${base.table}?` });
	await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
	await page.keyboard.press("Escape");
	await expect(dialog).toBeHidden();
	await expect(more).toBeFocused();
	await expect(page.getByRole("heading", { name: base.table })).toBeVisible();
});

test("J4: Esc closes the menu and not the popup around it, with real keys", async ({ stand, touchable }) => {
	const { browser, hands } = touchable;
	const page = await browser.context.newPage();
	await page.goto(stand.sites.note("escape").url);
	const popup = await Popup.openOn(browser, page);
	await popup.fill("Author", "Half written");
	await popup.press("Menu");
	const menuIsOpen = () => popup.evaluate<boolean>("document.querySelector(':popover-open') !== null");
	await expect.poll(menuIsOpen).toBe(true);
	await expect.poll(async () => (await popup.focused()).name).toBe("Open Sheaf");
	hands.press("Escape");
	await expect.poll(menuIsOpen).toBe(false);
	expect(await popup.field("Author")).toBe("Half written");
	expect((await popup.focused()).name).toBe("Menu");
});
