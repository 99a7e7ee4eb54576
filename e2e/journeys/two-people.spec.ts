import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { captureByPopup, waitForRows } from "../support/captures.ts";
import { askBackground } from "../support/person.ts";

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
