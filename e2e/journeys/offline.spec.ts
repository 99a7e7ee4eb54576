import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { waitForRows } from "../support/captures.ts";

test("OUT-2, J4: captured without a network, sent by itself when there is one", async ({ stand, getReady }) => {
	const { browser, base } = await getReady();
	const page = await browser.context.newPage();
	const note = stand.sites.note("without-a-network");
	await page.goto(note.url);
	// The browser's switch lets a CORS preflight through; nothing of the record is in it.
	const requests = () => stand.proxy.requests().filter((request) => request.startsWith("POST")).length;

	const before = requests();
	await browser.context.setOffline(true);
	const popup = await Popup.openOn(browser, page);
	await popup.press("Send");
	expect(await popup.saved()).toMatch(/^(local|sending)$/);
	await expect.poll(() => popup.text()).toContain("Saved here");
	expect(requests() - before).toBe(0);
	await popup.close();

	// Nobody presses anything: the browser's own `online` event is what sends it.
	await browser.context.setOffline(false);
	const rows = await waitForRows({ simulator: stand.simulator, base }, [note.url]);
	expect(rows).toHaveLength(1);
});
