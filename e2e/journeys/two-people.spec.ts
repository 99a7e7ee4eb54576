import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { captureByPopup, waitForRows } from "../support/captures.ts";
import { askBackground, signIn } from "../support/person.ts";
import { findStored } from "../support/stored-text.ts";
import { waitUntil } from "../support/wait-until.ts";

test("ID-8: two people on one browser profile never see each other's captures", async ({ stand, getReady }) => {
	const first = await getReady();
	const hers = stand.sites.note("hers");
	await captureByPopup(first.browser, hers.url);
	await waitForRows({ simulator: stand.simulator, base: first.base }, [hers.url]);
	await askBackground(first.person.page, "session.signOut");

	const second = await getReady(first.browser);
	const his = stand.sites.note("his");
	await captureByPopup(second.browser, his.url);
	const rows = await waitForRows({ simulator: stand.simulator, base: second.base }, [his.url]);

	expect(rows.map((row) => row.cells["URL"])).toEqual([his.url]);
	const herRows = await stand.simulator.rows(first.base.id, first.base.table);
	expect(herRows.map((row) => row.cells["URL"])).toEqual([hers.url]);
	const page = await second.browser.context.newPage();
	await page.goto(his.url);
	const popup = await Popup.openOn(second.browser, page);
	await expect.poll(() => popup.text()).toContain(his.title);
	expect(await popup.text()).not.toContain(hers.title);
});

test("ID-8, I1: a sign-out without a network leaves nothing readable, and what was unsent arrives after the next sign-in", async ({
	stand,
	getReady,
}) => {
	const { browser, person, base } = await getReady();
	const [sent, unsent] = [stand.sites.note("sent"), stand.sites.note("unsent")];
	await captureByPopup(browser, sent.url);
	await waitForRows({ simulator: stand.simulator, base }, [sent.url]);
	stand.proxy.goAway();
	await captureByPopup(browser, unsent.url);

	const traces = [person.email, sent.url, sent.title, unsent.url, unsent.title, base.table];
	expect(await findStored(person.page, traces)).toEqual(traces);
	await askBackground(person.page, "session.signOut");
	expect(await findStored(person.page, traces)).toEqual([]);
	// Also after the browser, with everything it would write back, has come and gone.
	await browser.stopServiceWorker();
	expect(await findStored(person.page, traces)).toEqual([]);

	stand.proxy.comeBack();
	const again = await signIn(browser, stand.backend.url, person.email);
	expect(again.userId).toBe(person.userId);
	const rows = await waitForRows({ simulator: stand.simulator, base }, [sent.url, unsent.url]);
	expect(rows.map((row) => row.cells["URL"])).toEqual(expect.arrayContaining([sent.url, unsent.url]));
	expect(rows).toHaveLength(2);
	const popup = await browser.openExtensionPage("popup.html");
	for (const { title } of [sent, unsent]) await popup.locator(".recent-line", { hasText: title }).waitFor();
});

test("ID-3, I1: signed out from another device: it is said, nothing of it is readable, and nothing is lost", async ({
	stand,
	getReady,
	openBrowser,
}) => {
	const { browser, person, base } = await getReady();
	const note = stand.sites.note("before-the-end");
	const held = stand.proxy.plan({ method: "POST", path: /^\/api\/v1\/writes\/batch/, with: "refuse", times: 1_000 });
	await captureByPopup(browser, note.url);
	await waitUntil("the capture to have been tried", () => held.strikes() > 0);

	const other = await signIn(await openBrowser(), stand.backend.url, person.email);
	const ended = await other.api<{ ended: number }>("DELETE", "/api/v1/users/me/sessions?keep=current");
	expect(ended).toEqual({ status: 200, body: { ended: 1 } });

	// Whatever the extension asks next is refused, and so is the refresh.
	await askBackground(person.page, "account.refresh");
	const popup = await browser.openExtensionPage("popup.html");
	await expect(popup.getByText("You were signed out on this device")).toBeVisible();
	expect(await findStored(person.page, [person.email, note.url, note.title])).toEqual([]);

	stand.proxy.reset();
	await signIn(browser, stand.backend.url, person.email);
	expect(await waitForRows({ simulator: stand.simulator, base }, [note.url])).toHaveLength(1);
});

test("ID-8, I1: a server that has lost its keys: the person is told that records stayed sealed, until they hide it", async ({
	stand,
	getReady,
}) => {
	const { browser, person } = await getReady();
	stand.proxy.goAway();
	await captureByPopup(browser, stand.sites.note("sealed").url);
	await askBackground(person.page, "session.signOut");
	stand.proxy.comeBack();
	await stand.database.query("delete from sheaf.device_keys");
	await signIn(browser, stand.backend.url, person.email);
	const told = "could not be opened";
	const popup = await browser.openExtensionPage("popup.html");
	await expect(popup.getByText(told)).toBeVisible();
	const options = await browser.openExtensionPage("options.html");
	await expect(options.getByText(told)).toBeVisible();
	await options.getByRole("button", { name: "Hide this" }).click();
	for (const page of [options, popup]) await expect(page.getByText(told)).toBeHidden();
});
