import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { deleteConnection } from "../connections/delete-connection.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { openCursor, readChanges } from "../live/read-changes.ts";
import { deleteTarget } from "../targets/remove-targets.ts";
import { createTestTarget, type TestTarget } from "../targets/test-target.ts";
import { resumeSelections } from "./pause-selections.ts";
import { deleteSelection, updateSelection } from "./save-selection.ts";
import { keepGoneRows, listSelectionRows } from "./selection-rows.ts";
import { getSelection, listSelections } from "./selection-view.ts";
import { startDueSelections, startSelectionRun, stopSelectionRun } from "./start-selection-run.ts";
import { createTestSources, type TestSources } from "./test-sources.ts";

setDefaultTimeout(60_000);

let db: TestDatabase;
let sources: TestSources;
let person: Principal;
let target: TestTarget;
beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
	sources = createTestSources(db);
	person = await createTestTenant(db.database);
	target = await createTestTarget(db.database, person);
	for (let row = 0; row < 6; row += 1) sources.scripted.put(`r${row}`, `Title ${row}`, row);
});

const goneOf = (id: string, query: { cursor?: string; limit?: number } = {}, principal = person) =>
	listSelectionRows(sources.deps, principal, { id, state: "gone", ...query });

/** Picked and delivered, then three rows go at the source and a run notices. */
async function withGoneRows(): Promise<string> {
	const { id } = await sources.create(person, target);
	await sources.pick(person, id);
	await sources.deliver(person, target.lane);
	for (const row of ["r1", "r2", "r4"]) sources.scripted.rows.delete(row);
	await sources.pick(person, id);
	return id;
}

test("J6: rows that are gone are listed one by one, in pages, each with its record and its row at the destination", async () => {
	const id = await withGoneRows();
	const first = await goneOf(id, { limit: 2 });
	expect(first.rows.map(({ externalId, title }) => [externalId, title])).toEqual([
		["r1", "Title 1"],
		["r2", "Title 2"],
	]);
	const rest = await goneOf(id, { limit: 2, cursor: first.nextCursor ?? "" });
	expect(rest).toMatchObject({ rows: [{ externalId: "r4", problem: null }], nextCursor: null });
	const records = await db.database.asTenant(
		person,
		(sql) => sql<{ id: string; remoteUrl: string | null }[]>`
			select r.id, d.remote_url from sheaf.records r join sheaf.deliveries d on d.record_id = r.id
			where r.fields -> 'title' ->> 'value' = 'Title 4'`,
	);
	expect(rest.rows[0]).toMatchObject({ recordId: records[0]?.id, remoteUrl: records[0]?.remoteUrl });
	await updateSelection(sources.deps, person, { id, patch: { gone: "keep" } });
	expect((await goneOf(id)).rows).toEqual([]);
});

test("J6: a gone row is kept, or its record deleted, and told of no more; one that comes back is the record that it was", async () => {
	const id = await withGoneRows();
	expect(await keepGoneRows(sources.deps, person, { id, externalIds: ["r1", "r0"] })).toBe(1);
	await db.database.asTenant(
		person,
		(sql) => sql`delete from sheaf.records where fields -> 'title' ->> 'value' = 'Title 2'`,
	);
	expect((await goneOf(id)).rows.map(({ externalId }) => externalId)).toEqual(["r4"]);
	expect((await getSelection(sources.deps, person, id)).rows).toMatchObject({ present: 3, gone: 1 });
	sources.scripted.put("r1", "Title 1", 1);
	expect(await sources.pick(person, id)).toMatchObject({ added: 0, changed: 1, unchanged: 3, gone: 0 });
	await sources.deliver(person, target.lane);
	expect(sources.provider.rows().size).toBe(6);
});

test("I5: rows that could not be taken in are listed with the reason", async () => {
	sources.scripted.put("r3", "x".repeat(300_000));
	const { id } = await sources.create(person, target);
	await sources.pick(person, id);
	const { rows } = await listSelectionRows(sources.deps, person, { id, state: "failed" });
	expect(rows).toMatchObject([{ externalId: "r3", recordId: null, remoteUrl: null, problem: { action: "edit" } }]);
	expect(rows[0]?.title).toHaveLength(200);
});

test("TEN-3: another workspace reads and keeps none of the rows", async () => {
	const id = await withGoneRows();
	const stranger = await createTestTenant(db.database);
	const refused = { code: "selections/not-found" };
	await expect(goneOf(id, {}, stranger)).rejects.toMatchObject(refused);
	await expect(keepGoneRows(sources.deps, stranger, { id, externalIds: ["r1"] })).rejects.toMatchObject(refused);
	expect((await goneOf(id)).rows).toHaveLength(3);
});

test("ACC-4: disconnected, the account stays with its selections, which pause and say so; reconnected, they go on", async () => {
	const source = await createTestTarget(db.database, person);
	const schedule = { timeZone: "UTC", at: "08:00" };
	const { id, nextRunAt } = await sources.create(person, target, { frequency: "daily", schedule });
	const { id: byHand } = await sources.create(person, target);
	await updateSelection(sources.deps, person, { id: byHand, patch: { paused: true } });
	await startSelectionRun(sources.deps, person, id);
	await deleteTarget(sources.deps, person, source.targetId);
	await deleteConnection(sources.deps, person, { id: target.connectionId, force: false });
	const problem = { code: "connections/disconnected", action: "reconnect" };
	expect(await getSelection(sources.deps, person, id)).toMatchObject({
		paused: true,
		problem,
		lastRun: { status: "failed", problem },
	});
	expect(await startDueSelections(sources.deps, new Date(nextRunAt ?? ""))).toBe(0);
	await db.database.asTenant(person, (sql) => resumeSelections(sql, target.connectionId));
	expect(await getSelection(sources.deps, person, id)).toMatchObject({ paused: false, problem: null });
	expect(await getSelection(sources.deps, person, byHand)).toMatchObject({ paused: true, problem: null });
});

test("ACC-4: an account that is only picked from is kept for its selections too; removed for good, they go with it", async () => {
	const elsewhere = await createTestTarget(db.database, person);
	const { id } = await sources.create(person, { ...elsewhere, connectionId: target.connectionId });
	await deleteTarget(sources.deps, person, target.targetId);
	const connection = { id: target.connectionId };
	await deleteConnection(sources.deps, person, { ...connection, force: false });
	expect(await getSelection(sources.deps, person, id)).toMatchObject({ paused: true });
	await deleteConnection(sources.deps, person, { ...connection, force: true });
	expect(await listSelections(sources.deps, person)).toEqual([]);
});

test("J6: a selection outlives its target: it pauses, runs nowhere, and goes on with another one, whose rows are its own", async () => {
	const id = await withGoneRows();
	await startSelectionRun(sources.deps, person, id);
	await deleteTarget(sources.deps, person, target.targetId);
	const gone = { code: "selections/target-gone" };
	expect(await getSelection(sources.deps, person, id)).toMatchObject({
		targetId: null,
		paused: true,
		problem: gone,
		lastRun: { status: "failed" },
		rows: { present: 0, gone: 0 },
	});
	await expect(startSelectionRun(sources.deps, person, id)).rejects.toMatchObject(gone);
	await expect(updateSelection(sources.deps, person, { id, patch: { paused: false } })).rejects.toMatchObject(gone);
	const { targetId } = await createTestTarget(db.database, person);
	await updateSelection(sources.deps, person, { id, patch: { targetId, paused: false } });
	expect(await sources.pick(person, id)).toMatchObject({ added: 3, gone: 0 });
	expect(await getSelection(sources.deps, person, id)).toMatchObject({ paused: false, problem: null });
	const other = await createTestTarget(db.database, person);
	await updateSelection(sources.deps, person, { id, patch: { targetId: other.targetId } });
	expect(await sources.pick(person, id)).toMatchObject({ added: 3, gone: 0 });
	const foreign = await createTestTarget(db.database, await createTestTenant(db.database));
	const patch = { targetId: foreign.targetId };
	await expect(updateSelection(sources.deps, person, { id, patch })).rejects.toMatchObject({
		code: "targets/not-found",
	});
});

test("LIVE-1: open pages are told of a selection, of each step of its runs, and of rows that were kept", async () => {
	const now = Date.now();
	let { cursor } = await openCursor(db.database.asTenant, person, { text: null, now });
	const tells = async (act: () => Promise<unknown>): Promise<boolean> => {
		await act();
		const look = await readChanges(db.database.asTenant, person, { cursor, now });
		cursor = look.cursor;
		return look.changes?.lists.includes("selections") ?? false;
	};
	let id = "";
	expect(await tells(async () => ({ id } = await sources.create(person, target)))).toBe(true);
	expect(await tells(() => updateSelection(sources.deps, person, { id, patch: { name: "Mine" } }))).toBe(true);
	expect(await tells(() => updateSelection(sources.deps, person, { id, patch: { name: "Mine" } }))).toBe(false);
	let runId = "";
	expect(await tells(async () => ({ id: runId } = await startSelectionRun(sources.deps, person, id)))).toBe(true);
	expect(await tells(() => sources.work(person, runId))).toBe(true);
	sources.scripted.rows.delete("r1");
	await sources.pick(person, id);
	expect(await tells(() => keepGoneRows(sources.deps, person, { id, externalIds: ["r1"] }))).toBe(true);
	expect(await tells(() => startSelectionRun(sources.deps, person, id))).toBe(true);
	expect(await tells(() => stopSelectionRun(sources.deps, person, id))).toBe(true);
	expect(await tells(() => deleteSelection(sources.deps, person, id))).toBe(true);
});
