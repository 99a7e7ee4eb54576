import { expect, test } from "../fixtures.ts";
import { captureByPopup, waitForRows } from "../support/captures.ts";

test("SYNC-2: a schedule set in the options page whose moment comes while the backend is down fires when it is back, once", async ({
	stand,
	getReady,
}) => {
	const { browser, person, base } = await getReady();
	const { page } = person;
	const { database, backend, simulator, sites } = stand;
	await page.bringToFront();
	await page.getByRole("navigation").getByRole("link", { name: "Targets" }).click();
	await page.getByRole("link", { name: "Edit" }).click();
	await page.getByLabel("When to send").selectOption("Every day");
	await page.getByLabel("Time", { exact: true }).fill("04:30");
	await page.getByRole("button", { name: "Save" }).click();
	await expect(page.getByText("Sends every day at 04:30")).toBeVisible();
	const note = sites.note("by-schedule");
	await captureByPopup(browser, note.url);
	const stored = async () => (await person.api<{ records: unknown[] }>("GET", "/api/v1/records")).body.records.length;
	await expect.poll(stored).toBe(1);

	await backend.kill();
	// Half past four comes in the meantime.
	const due = await database.query<{ id: string }>("update sheaf.targets set next_run_at = now() returning id");
	expect(due).toHaveLength(1);
	await backend.start();
	await waitForRows({ simulator, base }, [note.url]);

	const runs = () =>
		database.query(
			"select cause, queued from sheaf.runs r where exists (select from sheaf.targets where next_run_at > now())",
		);
	expect(await runs()).toEqual([{ cause: "schedule", queued: 1 }]);
	// Nothing is due any more: another restart is no other run.
	await backend.kill();
	await backend.start();
	const woken = "select count(*)::int as wakes from bullmq.job where name = 'wake' and state = 'completed'";
	const wakes = async () => (await database.query<{ wakes: number }>(woken))[0]?.wakes ?? 0;
	const before = await wakes();
	await expect.poll(wakes, { timeout: 30_000 }).toBeGreaterThan(before);
	expect(await runs()).toHaveLength(1);
	expect(await simulator.rows(base.id, base.table)).toHaveLength(1);
});
