import type { TargetList } from "../../backend/contract/targets.ts";
import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { captureByPopup, waitForRows } from "../support/captures.ts";
import { addRowByHand } from "../support/test-base.ts";

test("SYNC-5: a row that is there already is asked about, both versions are shown, and what is chosen stays", async ({
	stand,
	getReady,
}) => {
	const { browser, person, base } = await getReady();
	const { simulator } = stand;
	const note = stand.sites.note("asked-about");
	await addRowByHand(simulator, base, { URL: note.url, Title: "As I wrote it" });
	const [target] = (await person.api<TargetList>("GET", "/api/v1/targets")).body.targets;
	const asking = await person.api("PATCH", `/api/v1/targets/${target?.id}`, { conflictPolicy: "ask" });
	expect(asking).toMatchObject({ status: 200, body: { conflictPolicy: "ask" } });
	const page = await browser.context.newPage();
	await page.goto(note.url);
	const popup = await Popup.openOn(browser, page);
	await popup.press("Send");
	await popup.waitForSent("needs_you");
	await expect.poll(() => popup.text()).toContain("Choose");
	await popup.close();

	const options = await browser.openExtensionPage("options.html#records/needs_you");
	await options.getByRole("button", { name: "Choose" }).click();
	const dialog = options.getByRole("dialog", { name: `Which stays for “${note.title}”?` });
	const line = dialog.getByRole("row").filter({ has: options.getByRole("rowheader", { name: "Title" }) });
	await expect(line).toContainText("As I wrote it");
	await expect(line).toContainText(note.title);
	await dialog.getByRole("button", { name: "Save and send" }).click();
	await expect(dialog.getByText("Choose what stays in every column.")).toBeVisible();
	await line.getByRole("radio").first().check();
	await dialog.getByRole("button", { name: "Save and send" }).click();
	await expect(dialog).toBeHidden();
	await expect(options.getByText("Nothing needs you.")).toBeVisible();
	const [row] = await waitForRows({ simulator, base }, [note.url]);
	expect(row?.cells["Title"]).toBe("As I wrote it");
	await expect
		.poll(async () => (await simulator.rows(base.id, base.table)).map(({ cells }) => cells["Author"]))
		.toEqual(["Ada Lind"]);
});

test("SYNC-2: a target that sends every day says so, gathers what is captured, and sends it when told", async ({
	stand,
	getReady,
}) => {
	const { browser, person, base } = await getReady();
	const { page } = person;
	await page.bringToFront();
	const links = page.getByRole("navigation").getByRole("link", { name: "Targets" });
	await links.click();
	await page.getByRole("link", { name: "Edit" }).click();
	await page.getByLabel("When to send").selectOption("Every day");
	await page.getByLabel("Time", { exact: true }).fill("04:30");
	await page.getByRole("button", { name: "Save" }).click();
	const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: base.table, level: 2 }) });
	await expect(card).toContainText("Sends every day at 04:30");
	await expect(card).toContainText(/sends in \d+ (h|min)/);
	const note = stand.sites.note("gathered");
	await captureByPopup(browser, note.url);
	const stored = async () => (await person.api<{ records: unknown[] }>("GET", "/api/v1/records")).body.records.length;
	await expect.poll(stored).toBe(1);
	expect(await stand.simulator.rows(base.id, base.table)).toEqual([]);
	await page.bringToFront();
	await card.getByRole("button", { name: "Send now" }).click();
	await waitForRows({ simulator: stand.simulator, base }, [note.url]);
});
