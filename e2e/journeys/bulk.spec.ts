import type { Page } from "@playwright/test";
import type { BulkList } from "../../backend/contract/bulk.ts";
import type { TargetList } from "../../backend/contract/targets.ts";
import { uuidV7 } from "../../extension/outbox/uuid-v7.ts";
import { expect, test } from "../fixtures.ts";
import { readControls } from "../support/accessibility.ts";
import { captureByPopup, tally, waitForRows } from "../support/captures.ts";
import type { Person } from "../support/person.ts";
import { waitUntil } from "../support/wait-until.ts";

/** Airtable that takes no value, as when a column was given another type. */
const refusesValues = {
	method: "PATCH",
	times: 10_000,
	effect: {
		kind: "status" as const,
		status: 422,
		body: { error: { type: "INVALID_VALUE_FOR_COLUMN", message: 'Field "Title" cannot accept the provided value' } },
	},
};

/** Records that another device of the workspace sent. */
async function sendFromElsewhere(person: Person, urls: readonly string[]): Promise<void> {
	const [target] = (await person.api<TargetList>("GET", "/api/v1/targets")).body.targets;
	const operations = urls.map((url) => ({
		id: uuidV7(Date.now()),
		kind: "record.put",
		targetId: target?.id,
		record: {
			id: uuidV7(Date.now()),
			kind: "page",
			version: 1,
			capturedAt: new Date().toISOString(),
			source: { url, title: url },
			fields: { url: { type: "url", value: url }, title: { type: "text", value: url } },
		},
	}));
	expect((await person.api("POST", "/api/v1/writes/batch", { operations })).status).toBe(200);
}

const inState = async (person: Person, status: string) =>
	(await person.api<{ records: unknown[] }>("GET", `/api/v1/records?status=${status}&limit=200`)).body.records.length;

async function selectAllShown(options: Page): Promise<void> {
	await options.getByRole("checkbox", { name: "Select all shown" }).check();
}

test("SYNC-9: after an outage, all that needed the person goes again at one press, with progress, and is there once", async ({
	stand,
	getReady,
}) => {
	test.setTimeout(240_000);
	const { browser, person, base } = await getReady();
	const { simulator } = stand;
	await simulator.plan(refusesValues);
	const notes = Array.from({ length: 3 }, (_, index) => stand.sites.note(`outage-${index}`).url);
	for (const url of notes) await captureByPopup(browser, url);
	const elsewhere = Array.from({ length: 22 }, (_, index) => stand.sites.note(`elsewhere-${index}`).url);
	await sendFromElsewhere(person, elsewhere);
	await waitUntil("all of them to need the person", async () => (await inState(person, "needs_you")) === 25, {
		timeoutMs: 120_000,
	});
	await simulator.reset();

	const options = await browser.openExtensionPage("options.html#records/needs_you");
	await expect(options.getByRole("listitem").filter({ has: options.getByRole("checkbox") })).toHaveCount(3);
	await options.getByRole("button", { name: "Try all again" }).click();
	const progress = options.getByRole("region", { name: "Many records at once" });
	await expect(progress).toContainText(/Tried again: 25 records|Trying again: \d+ of 25 records/);
	// It is the server that does it: a page that was closed comes back with it.
	await options.close();
	const again = await browser.openExtensionPage("options.html#records");
	await expect(again.getByRole("region", { name: "Many records at once" })).toContainText("Tried again: 25 records");
	await waitForRows({ simulator, base }, [...notes, ...elsewhere], 120_000);
	await expect(again.getByRole("region", { name: "Many records at once" })).toContainText("25 in place");
	expect(await tally(simulator, base, [...notes, ...elsewhere])).toMatchObject({ lost: [], doubled: [] });
	await expect.poll(() => inState(person, "needs_you")).toBe(0);
});

test("SYNC-9: deleted with their rows, records are gone from the table and from this device; the others stay", async ({
	stand,
	getReady,
}) => {
	test.setTimeout(180_000);
	const { browser, person, base } = await getReady();
	const { simulator } = stand;
	const notes = Array.from({ length: 3 }, (_, index) => stand.sites.note(`gone-${index}`).url);
	for (const url of notes) await captureByPopup(browser, url);
	const elsewhere = [stand.sites.note("elsewhere-a").url, stand.sites.note("elsewhere-b").url];
	await sendFromElsewhere(person, elsewhere);
	await waitForRows({ simulator, base }, [...notes, ...elsewhere]);
	await expect.poll(() => inState(person, "delivered")).toBe(5);

	const options = await browser.openExtensionPage("options.html#records");
	await selectAllShown(options);
	const bar = options.getByRole("group", { name: "With the selected records" });
	await expect(bar).toContainText("3 records selected");
	await expect(bar.getByRole("button", { name: "Select all 5 records that match in this workspace" })).toBeVisible();
	const session = await options.context().newCDPSession(options);
	const controls = await readControls((method, params) => session.send(method as never, params as never));
	expect(controls.filter(({ name }) => name === "")).toEqual([]);
	await bar.getByRole("button", { name: "Delete" }).press("Enter");
	const dialog = options.getByRole("dialog", { name: "Delete 3 records?" });
	await dialog.getByRole("checkbox", { name: "Also delete their 3 rows" }).press("Space");
	await expect(dialog).toContainText("3 rows in Airtable will be lost.");
	await dialog.getByRole("button", { name: "Delete 3 records" }).click();
	await expect(options.getByRole("region", { name: "Many records at once" })).toContainText("Deleted: 3 records");
	await expect
		.poll(async () => new Set((await simulator.rows(base.id, base.table)).map(({ cells }) => cells["URL"])))
		.toEqual(new Set(elsewhere));
	await expect(options.getByText("Nothing captured yet.")).toBeVisible();
	const { operations } = (await person.api<BulkList>("GET", "/api/v1/bulk")).body;
	expect(operations).toMatchObject([
		{ kind: "delete", remoteRows: true, status: "done", total: 3, done: 3, failed: 0 },
	]);
});
