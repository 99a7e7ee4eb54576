import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { captureByPopup, waitForRows } from "../support/captures.ts";
import { waitUntil } from "../support/wait-until.ts";

test("I5, SYNC-4: one bad record among 25 needs the person, and 24 arrive", async ({ stand, getReady }) => {
	test.setTimeout(240_000);
	const { browser, base } = await getReady();
	const notes = Array.from({ length: 24 }, (_, index) => stand.sites.note(`good-${index}`));
	const bad = stand.sites.note("bad");
	await stand.simulator.settings({ permission: { base: base.id, level: "edit" } });
	// Nothing leaves the browser until all are there, so that they travel together.
	stand.proxy.goAway();
	for (const note of notes.slice(0, 12)) await captureByPopup(browser, note.url);
	const page = await browser.context.newPage();
	await page.goto(bad.url);
	const popup = await Popup.openOn(browser, page);
	const missing = "An option this column does not have";
	await popup.choose("Category", missing, `Add “${missing}”`);
	await popup.press("Send");
	await popup.saved();
	await popup.close();
	for (const note of notes.slice(12)) await captureByPopup(browser, note.url);
	stand.proxy.comeBack();

	const rows = await waitForRows(
		{ simulator: stand.simulator, base },
		notes.map(({ url }) => url),
		120_000,
	);
	expect(rows).toHaveLength(24);
	const [problem] = await waitUntil("the bad record to need the person", async () => {
		const found = await stand.database.query<{ problem: { code: string; message: string } }>(
			"select problem from sheaf.deliveries where state = 'needs_you'",
		);
		return found.length > 0 && found;
	});
	expect(problem?.problem.code).toBe("delivery/option-missing");
});
