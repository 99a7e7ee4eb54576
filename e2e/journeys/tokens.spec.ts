import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { askBackground } from "../support/person.ts";
import { waitUntil } from "../support/wait-until.ts";

const tokenRequest = { method: "POST", path: /^\/oauth\/token/ };

test("ID-3: popup, options page and background need a token at the same moment: it is refreshed once", async ({
	stand,
	getReady,
}) => {
	const { browser, person } = await getReady();
	const note = stand.sites.note("refreshed-once");
	const page = await browser.context.newPage();
	await page.goto(note.url);
	const popup = await Popup.openOn(browser, page);
	// Open and filled in before the answer is held: the extension gives up on one after 15 s.
	await popup.field("URL");
	const held = stand.proxy.plan({ ...tokenRequest, with: "hold-response", times: 100 });
	// As after a restart of the browser, which empties this storage.
	await person.page.evaluate(() => chrome.storage.session.remove("accessTokens"));
	const options = [1, 2, 3].map(() => askBackground(person.page, "session.token"));
	await popup.press("Send");
	expect(await popup.saved()).toBeTruthy();
	await waitUntil("the refresh to be answered", () => held.statuses().length > 0);
	held.release();
	const tokens = (await Promise.all(options)) as { token: string | null }[];
	expect(tokens[0]?.token).toMatch(/^ey/);
	expect(new Set(tokens.map(({ token }) => token)).size).toBe(1);
	await popup.waitForSent("delivered");
	expect(held.strikes()).toBe(1);
});

test("ID-3: a refresh whose answer is lost is asked again with a new proof, and nobody is signed out", async ({
	stand,
	getReady,
}) => {
	const { person } = await getReady();
	const lost = stand.proxy.plan({ ...tokenRequest, with: "drop-response" });
	await person.page.evaluate(() => chrome.storage.session.remove("accessTokens"));
	// Chromium may repeat the request by itself, with the proof that was used: then this very question is answered.
	await askBackground(person.page, "session.token").catch(() => undefined);
	expect(lost.statuses()).toEqual([200]);
	expect(await person.token()).toMatch(/^ey/);
	const kept = await person.page.evaluate(() => chrome.storage.local.get<{ account?: unknown }>("account"));
	expect(kept.account).toMatchObject({ userId: person.userId });
});
