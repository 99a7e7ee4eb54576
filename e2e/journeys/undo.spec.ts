import { randomBytes } from "node:crypto";
import { startReceiver } from "../../backend/connectors/test-receiver.ts";
import type { ConnectionView, Table } from "../../backend/contract/connections.ts";
import type { TargetSuggestion, TargetView } from "../../backend/contract/targets.ts";
import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { waitForRows } from "../support/captures.ts";
import { chooseTarget, type Person } from "../support/person.ts";
import { addRowByHand } from "../support/test-base.ts";

test("Undo after landing takes the row out of the table again, and Send after it brings it back", async ({
	stand,
	getReady,
}) => {
	const { browser, base } = await getReady();
	const { simulator } = stand;
	const note = stand.sites.note("taken-back");
	const rows = async () => (await simulator.rows(base.id, base.table)).map(({ cells }) => cells["URL"]);
	const page = await browser.context.newPage();
	await page.goto(note.url);
	const popup = await Popup.openOn(browser, page);
	await popup.field("Author");
	await popup.press("Send");
	await popup.waitForSent("delivered");
	await popup.press("Undo");
	await expect.poll(() => popup.text()).toContain("Taken back");
	await expect.poll(rows).toEqual([]);
	await popup.press("Send");
	await popup.waitForSent("delivered");
	expect(await rows()).toEqual([note.url]);
});

test("Undo of a capture that met a row gives the row back what it said", async ({ stand, getReady }) => {
	const { browser, base } = await getReady();
	const { simulator } = stand;
	const note = stand.sites.note("met-a-row");
	await addRowByHand(simulator, base, { URL: note.url, Title: "As I wrote it" });
	const titles = async () => (await simulator.rows(base.id, base.table)).map(({ cells }) => cells["Title"]);
	const page = await browser.context.newPage();
	await page.goto(note.url);
	const popup = await Popup.openOn(browser, page);
	await popup.field("Author");
	await popup.press("Send");
	await popup.waitForSent("delivered");
	expect(await titles()).toEqual([note.title]);
	await popup.evaluate("document.activeElement.blur()");
	await popup.key("z", "ctrl");
	await expect.poll(titles).toEqual(["As I wrote it"]);
	await expect.poll(() => popup.text()).toContain("Taken back");
});

test("Undo of an update gives back what the capture said before, also in columns that were empty", async ({
	stand,
	getReady,
}) => {
	const { browser, base } = await getReady();
	const { simulator } = stand;
	const note = stand.sites.note("updated");
	const cells = async () => (await simulator.rows(base.id, base.table)).map((row) => row.cells);
	const page = await browser.context.newPage();
	await page.goto(note.url);
	const popup = await Popup.openOn(browser, page);
	await popup.fill("Author", "");
	await popup.press("Send");
	await popup.waitForSent("delivered");
	await popup.fill("Author", "Somebody else");
	await popup.press("Update");
	await expect.poll(async () => (await cells())[0]?.["Author"]).toBe("Somebody else");
	await popup.waitForSent("delivered");
	await popup.press("Undo");
	await expect.poll(async () => (await cells())[0]?.["Author"] ?? null).toBeNull();
	expect((await cells()).map((row) => row["Title"])).toEqual([note.title]);
});

test("OUT-1: Undo without a network is kept, and reaches the table when there is one again, with no popup open", async ({
	stand,
	getReady,
}) => {
	const { browser, base } = await getReady();
	const { simulator } = stand;
	const note = stand.sites.note("taken-back-offline");
	const page = await browser.context.newPage();
	await page.goto(note.url);
	const popup = await Popup.openOn(browser, page);
	await popup.field("Author");
	await popup.press("Send");
	await popup.waitForSent("delivered");
	await browser.context.setOffline(true);
	await popup.press("Undo");
	await popup.waitForSent("undoing");
	expect(await popup.text()).toContain("Taking it back from Airtable");
	await popup.close();
	expect(await waitForRows({ simulator, base }, [note.url])).toHaveLength(1);
	await browser.context.setOffline(false);
	await expect.poll(async () => await simulator.rows(base.id, base.table), { timeout: 30_000 }).toEqual([]);
});

test("Undo of what has not left yet leaves nothing behind, here or anywhere", async ({ stand, getReady }) => {
	const { browser, base, person } = await getReady();
	const note = stand.sites.note("never-left");
	const page = await browser.context.newPage();
	await page.goto(note.url);
	await browser.context.setOffline(true);
	const popup = await Popup.openOn(browser, page);
	await popup.field("Author");
	await popup.press("Send");
	await popup.saved();
	await popup.press("Undo");
	// A request that failed on the way may have arrived for all this device knows: then the undo goes the same way.
	await expect.poll(() => popup.text()).toMatch(/Taken back|Taking it back/);
	await browser.context.setOffline(false);
	await expect.poll(() => popup.text(), { timeout: 30_000 }).toContain("Taken back");
	await popup.close();
	const records = await person.api<{ records: unknown[] }>("GET", "/api/v1/records");
	expect(records.body.records).toEqual([]);
	expect(await stand.simulator.rows(base.id, base.table)).toEqual([]);
});

test("where nothing can be taken back, the popup counts the seconds until it is sent, and Undo keeps it from going", async ({
	stand,
	getReady,
}) => {
	const { browser, person } = await getReady();
	const received: string[] = [];
	const receiver = await startReceiver(({ method, text }) => {
		if (method === "POST") received.push(text);
		return { status: 200, text: "" };
	});
	try {
		await connectWebhook(person, `${receiver.url}/taken`);
		const [kept, sent] = [stand.sites.note("kept-from-going"), stand.sites.note("went")];
		const page = await browser.context.newPage();
		await page.goto(kept.url);
		const popup = await Popup.openOn(browser, page);
		await popup.field("author");
		await popup.press("Send");
		await expect.poll(() => popup.text()).toMatch(/Sent in \d+ s/);
		await popup.press("Undo");
		await expect.poll(() => popup.text()).toContain("Taken back");
		await popup.close();
		await page.goto(sent.url);
		const second = await Popup.openOn(browser, page);
		await second.field("author");
		await second.press("Send");
		await second.waitForSent("delivered");
		expect(received).toHaveLength(1);
		expect(received[0]).toContain(sent.url);
		await expect.poll(() => second.text()).not.toContain("Undo");
	} finally {
		await receiver.stop();
	}
});

/** A destination that takes nothing back, as the one that captures go to. */
async function connectWebhook(person: Person, address: string): Promise<void> {
	const secret = `whsec_${randomBytes(32).toString("base64")}`;
	const { body: connection } = await person.api<ConnectionView>("POST", "/api/v1/connections", {
		provider: "webhook",
		credential: { address, secret },
	});
	const { body: tables } = await person.api<Table[]>("GET", `/api/v1/connections/${connection.id}/tables`);
	const table = { connectionId: connection.id, tableId: tables[0]?.id ?? "" };
	const fields = ["title", "url", "author"].map((name) => ({ name, type: name === "url" ? "url" : "text" }));
	const { body: fits } = await person.api<TargetSuggestion>("POST", "/api/v1/targets/suggest", { ...table, fields });
	const rules = { name: "Hook", frequency: "on_capture", conflictPolicy: "overwrite" };
	const target = await person.api<TargetView>("POST", "/api/v1/targets", { ...table, ...fits, ...rules });
	expect(target.status, JSON.stringify(target.body)).toBe(200);
	await chooseTarget(person.page, target.body);
}
