import type { TargetList } from "../../backend/contract/targets.ts";
import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { readControls, type SendCommand } from "../support/accessibility.ts";
import { captureByPopup, waitForRows } from "../support/captures.ts";

test("what a target holds for review waits in the inbox, is put right there, and goes out when it is let go", async ({
	stand,
	getReady,
}) => {
	const { browser, person, base } = await getReady();
	const { simulator } = stand;
	const { page } = person;
	const rail = page.getByRole("navigation", { name: "Pages" });
	await page.bringToFront();
	await rail.getByRole("link", { name: "Inbox" }).click();
	await expect(page.getByText(/^Nothing waits\. Turn on “Hold for review”/)).toBeVisible();
	await page.getByRole("link", { name: "Open targets" }).click();
	await page.getByRole("link", { name: "Edit" }).click();
	await page.getByRole("switch", { name: /waits in the inbox/ }).check();
	await page.getByRole("button", { name: "Save" }).click();
	await expect
		.poll(async () => (await person.api<TargetList>("GET", "/api/v1/targets")).body.targets[0]?.review)
		.toBe(true);

	const notes = ["first", "second", "third", "fourth"].map((name) => stand.sites.note(name));
	const [first, second, third, fourth] = notes.map(({ url }) => url) as [string, string, string, string];
	const tab = await browser.context.newPage();
	await tab.goto(first);
	const popup = await Popup.openOn(browser, tab);
	await popup.field("Author");
	await popup.press("Send");
	await expect.poll(() => popup.text()).toContain("Waits for review");
	expect(await popup.sentLink()).toContain("/options.html#inbox");
	await popup.close();
	for (const url of [second, third, fourth]) await captureByPopup(browser, url);
	await expect
		.poll(async () => (await person.api<TargetList>("GET", "/api/v1/targets")).body.targets[0]?.inReview)
		.toBe(4);
	expect(await simulator.rows(base.id, base.table)).toEqual([]);

	await page.bringToFront();
	await rail.getByRole("link", { name: "Inbox" }).click();
	await page.reload();
	const cards = page.getByRole("main").locator(".inbox-card");
	await expect(cards).toHaveCount(4);
	await expect(rail.getByRole("link", { name: "Inbox" })).toContainText("4");
	const session = await browser.context.newCDPSession(page);
	const controls = await readControls(session.send.bind(session) as SendCommand);
	expect(controls.filter(({ name }) => name === "")).toEqual([]);
	// The newest is first: put right, and let go with the keyboard; the next one has the focus then.
	await cards.first().getByLabel("Author").fill("Put right");
	await page.keyboard.press("Control+Enter");
	await expect(cards).toHaveCount(3);
	const [row] = await waitForRows({ simulator, base }, [fourth]);
	expect(row?.cells["Author"]).toBe("Put right");
	await expect(cards.first().locator(":focus")).toHaveCount(1);

	// Discarded, and brought back.
	const title = await cards.first().getByLabel("Title").inputValue();
	await cards.first().getByRole("button", { name: "Discard" }).click();
	await expect(cards).toHaveCount(2);
	await page.getByRole("button", { name: "Undo" }).click();
	await expect(cards).toHaveCount(3);
	expect(await cards.first().getByLabel("Title").inputValue()).toBe(title);
	await cards.first().getByRole("button", { name: "Approve" }).click();
	await expect(cards).toHaveCount(2);
	await waitForRows({ simulator, base }, [third, fourth]);

	await page.getByRole("button", { name: "Approve all" }).click();
	await waitForRows({ simulator, base }, [first, second, third, fourth]);
	await expect(page.getByText(/^Nothing waits\./)).toBeVisible();
	expect(await simulator.rows(base.id, base.table)).toHaveLength(4);
});
