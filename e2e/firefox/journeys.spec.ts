import type { Page } from "puppeteer-core";
import { waitForRows } from "../support/captures.ts";
import { connectTarget } from "../support/person.ts";
import { makeTestBase } from "../support/test-base.ts";
import { waitUntil } from "../support/wait-until.ts";
import { expect, test } from "./firefox-fixtures.ts";
import { signUpInFirefox } from "./firefox-person.ts";

const banner = "Saved on this device only. Sign in to send it to your tables.";

/** Firefox puts an extension's entry at the end of its menus. */
const lastEntry = 1;

/** Where the element's beginning is on the screen. */
async function onScreen(page: Page, selector: string): Promise<{ x: number; y: number }> {
	return await page.evaluate((wanted) => {
		const box = document.querySelector(wanted)?.getBoundingClientRect() ?? new DOMRect();
		// Firefox alone tells where its page begins on the screen.
		const { mozInnerScreenX, mozInnerScreenY } = window as unknown as Record<string, number>;
		return { x: (mozInnerScreenX ?? 0) + box.left + 8, y: (mozInnerScreenY ?? 0) + box.top + box.height / 2 };
	}, selector);
}

const recordsShown = (page: Page) => page.evaluate(() => document.querySelector("main")?.textContent ?? "");

test("J1 in Firefox: a guest's captures by menu, keyboard and popup are kept here, and the banner says so", async ({
	stand,
	touchableFirefox: { firefox, hands, popup },
}) => {
	const notes = ["firefox-menu", "firefox-key", "firefox-popup"].map((name) => stand.sites.note(name));
	const [byMenu, byKey, byPopup] = notes.map(({ url }) => url);
	const page = await firefox.openPage(byMenu ?? "");
	await hands.chooseFromMenuAt(await onScreen(page, "p"), lastEntry);
	const records = await firefox.openExtensionPage("options.html#records");
	await waitUntil("the capture from the menu", async () => (await recordsShown(records)).includes("Note firefox-menu"));

	await page.goto(byKey ?? "");
	await page.bringToFront();
	hands.press("alt+shift+d");
	await waitUntil("the capture by key", async () => (await recordsShown(records)).includes("Note firefox-key"));

	await page.goto(byPopup ?? "");
	await popup.openOn(page);
	await popup.waitForText(banner);
	await popup.waitForText("Save here");
	await popup.send();
	await popup.waitForText("Saved here");
	await popup.close();
	const shown = await recordsShown(records);
	for (const { title } of notes) expect(shown).toContain(title);
	expect(stand.proxy.requests().filter((request) => request.includes("/writes/batch"))).toEqual([]);
});

test("J2, ID-8 in Firefox: what the guest captured moves to the account, once, and the guest has nothing left", async ({
	stand,
	touchableFirefox: { firefox, popup },
}) => {
	const note = stand.sites.note("firefox-moves");
	const page = await firefox.openPage(note.url);
	await popup.openOn(page);
	await popup.waitForText("Save here");
	await popup.send();
	await popup.close();

	const person = await signUpInFirefox(firefox, { apiUrl: stand.backend.url, publicUrl: stand.proxy.url });
	const stored = async () => {
		const { body } = await person.api<{ records: { source: { url: string } }[] }>("GET", "/api/v1/records");
		return body.records.map(({ source }) => source.url);
	};
	await expect.poll(stored).toEqual([note.url]);
	expect(await stand.database.query("select id from sheaf.operations")).toHaveLength(1);
	const guestRows = await person.page.evaluate(async (prefix) => {
		const guest = (await indexedDB.databases()).find(({ name = "" }) => name.startsWith(prefix));
		return await new Promise<number>((resolve) => {
			const opening = indexedDB.open(guest?.name ?? "");
			opening.onsuccess = () => {
				const count = opening.result.transaction("records").objectStore("records").count();
				count.onsuccess = () => resolve(count.result);
			};
		});
	}, "sheaf_guest_");
	expect(guestRows).toBe(0);
});

test("J4 in Firefox: page, link, image and selection, by menu, key and popup, and with no network, each arrive once", async ({
	stand,
	touchableFirefox: { firefox, hands, popup },
}) => {
	const person = await signUpInFirefox(firefox, { apiUrl: stand.backend.url, publicUrl: stand.proxy.url });
	const base = await makeTestBase(stand.simulator);
	await connectTarget(person, base);
	const address = `${stand.sites.url}/news-article.html`;
	const page = await firefox.openPage(address);
	await page.evaluate(() => document.querySelector("aside a")?.scrollIntoView({ block: "center" }));
	await hands.chooseFromMenuAt(await onScreen(page, "aside a"), lastEntry);
	await page.evaluate(() => document.querySelector("figure img")?.scrollIntoView({ block: "center" }));
	await hands.chooseFromMenuAt(await onScreen(page, "figure img"), lastEntry);
	await page.evaluate(() => {
		const heading = document.querySelector("h1");
		heading?.scrollIntoView({ block: "center" });
		if (heading) getSelection()?.selectAllChildren(heading);
	});
	await hands.chooseFromMenuAt(await onScreen(page, "h1"), lastEntry);
	const [linkUrl, imageUrl] = await page.evaluate(() => [
		document.querySelector<HTMLAnchorElement>("aside a")?.href,
		document.querySelector<HTMLImageElement>("figure img")?.src,
	]);
	const urls = async () => (await stand.simulator.rows(base.id, base.table)).map((row) => row.cells["URL"]);
	const quoteUrl = expect.stringMatching(/news-article\.html#:~:text=/);
	await expect.poll(urls, { timeout: 30_000 }).toEqual(expect.arrayContaining([linkUrl, imageUrl, quoteUrl]));

	// With no network: said to be saved, and it arrives when there is one again.
	const offline = stand.sites.note("firefox-offline");
	stand.proxy.goAway();
	await page.goto(offline.url);
	await popup.openOn(page);
	await expect.poll(() => popup.field("Author")).toBe("Ada Lind");
	await popup.waitForText("Send");
	await popup.send();
	await popup.waitForText("Saved here");
	await popup.close();
	stand.proxy.comeBack();
	const byKey = stand.sites.note("firefox-by-key");
	await page.goto(byKey.url);
	await page.bringToFront();
	hands.press("alt+shift+d");
	await waitForRows({ simulator: stand.simulator, base }, [offline.url, byKey.url]);
	expect(await urls()).toHaveLength(5);
});
