import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { captureByPopup, waitForRows } from "../support/captures.ts";

test("J5: the queue says what has not arrived and until when it waits; one is removed and brought back, one edited", async ({
	stand,
	getReady,
}) => {
	const { browser, base } = await getReady();
	const notes = ["first", "second"].map((name) => stand.sites.note(name));
	stand.proxy.goAway();
	for (const { url } of notes) await captureByPopup(browser, url);
	const page = await browser.context.newPage();
	await page.goto(stand.sites.note("third").url);
	const popup = await Popup.openOn(browser, page);
	await popup.field("Author");

	await popup.press("Menu");
	await popup.press("Queue");
	await expect.poll(() => popup.text()).toContain("2 records wait");
	await expect.poll(() => popup.text()).toMatch(/Tried again|Goes out now/);
	expect((await popup.focused()).name, "the focus goes into it").toBe("Back");
	await popup.press(`Remove ${notes[0]?.title}`);
	await expect.poll(() => popup.text()).toContain(`Removed “${notes[0]?.title}”`);
	await expect.poll(() => popup.text()).toContain("1 record waits");
	await popup.press("Undo");
	await expect.poll(() => popup.text()).toContain("2 records wait");

	await popup.press(`Edit ${notes[1]?.title}`);
	expect(await popup.field("Title")).toBe(notes[1]?.title);
	await expect.poll(async () => (await popup.focused()).name, "the focus goes to the form").toBe("Title");
	await popup.fill("Author", "Mended");
	await popup.press("Save changes");
	await popup.saved();
	stand.proxy.comeBack();
	const rows = await waitForRows(
		{ simulator: stand.simulator, base },
		notes.map(({ url }) => url),
	);
	expect(rows.find(({ cells }) => cells["URL"] === notes[1]?.url)?.cells).toMatchObject({ Author: "Mended" });
	expect(rows).toHaveLength(2);
});

test("J5: why something failed is said in the queue, and all of it is tried again at once", async ({
	stand,
	getReady,
}) => {
	const { browser, base } = await getReady();
	await stand.simulator.settings({ permission: { base: base.id, level: "edit" } });
	const notes = ["one", "two"].map((name) => stand.sites.note(name));
	const page = await browser.context.newPage();
	for (const { url } of notes) {
		await page.goto(url);
		const popup = await Popup.openOn(browser, page);
		await popup.choose("Category", "Not there yet", "Add “Not there yet”");
		await popup.press("Send");
		await popup.waitForSent("needs_you");
		await popup.close();
	}
	await page.goto(stand.sites.note("three").url);
	const popup = await Popup.openOn(browser, page);
	await popup.field("Author");
	await popup.press("Menu");
	await popup.press("Queue");
	await expect.poll(() => popup.text()).toContain("2 records need you");
	await expect.poll(() => popup.text()).toContain("Needs you:");

	await popup.key("Escape");
	await expect.poll(async () => (await popup.text()).includes("2 records need you")).toBe(false);
	expect((await popup.focused()).name, "Esc closes the queue and not the popup").toBe("Menu");
	await stand.simulator.settings({ permission: { base: base.id, level: "create" } });
	await popup.press("Menu");
	await popup.press("Queue");
	await popup.press("Try all again");
	await waitForRows(
		{ simulator: stand.simulator, base },
		notes.map(({ url }) => url),
	);
	await expect.poll(() => popup.text(), { timeout: 20_000 }).toContain("Nothing waits here");
});
