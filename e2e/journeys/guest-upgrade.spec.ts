import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { launchBrowser, type SheafBrowser } from "../support/browser.ts";
import { askBackground, callApi, signUp } from "../support/person.ts";
import { waitUntil } from "../support/wait-until.ts";

async function captureAsGuest(browser: SheafBrowser, url: string): Promise<void> {
	const page = await browser.context.newPage();
	await page.goto(url);
	const popup = await Popup.openOn(browser, page);
	await popup.press("Save here");
	expect(await popup.saved()).toBe("local");
	await popup.close();
	await page.close();
}

/** What becomes of the browser while the guest's captures become the account's. */
const ends = [
	["at once after the sign-in", null],
	["while the server has taken them and the answer is on its way", "hold-response"],
] as const;

for (const [when, fault] of ends) {
	test(`ID-8, I1: a guest signs in and the browser is killed ${when}: every capture arrives once`, async ({
		stand,
		openBrowser,
	}) => {
		const browser = await openBrowser();
		const notes = ["one", "two", "three"].map((name) => stand.sites.note(`${name}-${fault}`));
		for (const { url } of notes) await captureAsGuest(browser, url);
		const held = fault && stand.proxy.plan({ method: "POST", path: /^\/api\/v1\/writes\/batch/, with: fault });
		const person = await signUp(browser, stand.backend.url);
		const token = await person.token();
		if (held) await waitUntil("the batch to be answered", () => held.statuses().length > 0);
		await browser.kill();
		held?.release();

		const { profile } = browser;
		const again = await launchBrowser({ serverUrl: stand.proxy.url, profile });
		const page = await again.openExtensionPage("options.html");
		await askBackground(page, "outbox.flush");
		const arrived = async () => {
			const answer = await callApi<{ records: { source: { url: string } }[] }>({
				url: `${stand.backend.url()}/api/v1/records`,
				method: "GET",
				token,
			});
			return answer.body.records.map(({ source }) => source.url).toSorted();
		};
		const urls = notes.map(({ url }) => url).toSorted();
		await expect.poll(arrived).toEqual(urls);
		// One accepted operation for each: a second one would be a replay that the server took for something new.
		const operations = await stand.database.query("select id from sheaf.operations");
		expect(operations).toHaveLength(notes.length);
		// The guest has nothing left.
		const guestRows = await page.evaluate(async () => {
			const guest = (await indexedDB.databases()).find(({ name = "" }) => name.startsWith("sheaf_guest_"));
			return await new Promise<number>((resolve) => {
				const opening = indexedDB.open(guest?.name ?? "");
				opening.onsuccess = () => {
					const count = opening.result.transaction("records").objectStore("records").count();
					count.onsuccess = () => resolve(count.result);
				};
			});
		});
		expect(guestRows).toBe(0);
		await again.close();
	});
}
