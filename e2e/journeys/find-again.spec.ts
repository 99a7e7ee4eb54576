import { expect, test } from "../fixtures.ts";
import { captureByPopup } from "../support/captures.ts";

test("J5: what was saved is found on the records page by its words, and the search has an address", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	const [bridge, lamp] = [stand.sites.note("harbour-bridge"), stand.sites.note("reading-lamp")];
	for (const { url } of [bridge, lamp]) await captureByPopup(browser, url, "Save here");
	const page = await browser.openExtensionPage("options.html#records");
	const list = page.getByRole("main").getByRole("list");
	await expect(list.getByRole("listitem")).toHaveCount(2);
	const box = page.getByRole("searchbox", { name: "Search what you saved" });
	await box.pressSequentially("BRIDGE harbour", { delay: 20 });
	await expect(list.getByRole("listitem")).toHaveCount(1);
	await expect(list).toContainText(bridge.title);
	await expect(page.getByText("1 found")).toBeVisible();
	await expect(box).toHaveValue("BRIDGE harbour");
	await page.reload();
	await expect(list.getByRole("listitem")).toHaveCount(1);
	await box.fill("nowhere");
	await expect(page.getByText("Nothing on this device has “nowhere” in it.")).toBeVisible();
	await box.fill("");
	await expect(list.getByRole("listitem")).toHaveCount(2);
});

test("J5: sh in the address bar leads to what was saved", async ({ stand, touchable: { browser, hands } }) => {
	const note = stand.sites.note("from-the-address-bar");
	await captureByPopup(browser, note.url, "Save here");
	const page = await browser.context.newPage();
	await page.bringToFront();
	for (const keys of ["ctrl+l", "s", "h", "space", "a", "d", "d", "r", "e", "s", "s", "Return"]) hands.press(keys);
	await page.waitForURL(/options\.html#records\/search\/address$/);
	await expect(page.getByRole("main").getByRole("listitem")).toContainText(note.title);
});

test("SEC-3: the privacy page names what was allowed, and takes it back", async ({ openBrowser }) => {
	const browser = await openBrowser();
	const page = await browser.openExtensionPage("options.html#privacy");
	await expect(page.getByText("None. Sheaf asks when it needs one, and says why.")).toBeVisible();
	const permissions = await page.evaluate(() => chrome.runtime.getManifest().permissions);
	for (const name of permissions ?? []) await expect(page.getByText(name, { exact: true })).toBeVisible();
	// OBS-3: what is kept is there to see and to copy, and a guest's goes nowhere.
	await page.getByText("See the notes").click();
	await expect(page.getByText(/^options page\.drawn ms=\d+$/).first()).toBeVisible();
	await page.getByRole("button", { name: "Copy", exact: true }).click();
	await expect(page.getByRole("status").filter({ hasText: /^Copied, with \d+ notes?\.$/ })).toBeVisible();
	await expect(page.getByRole("switch", { name: "Send diagnostics to my Sheaf server" })).toBeDisabled();
});
