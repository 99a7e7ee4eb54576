import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { createTestTarget, type TestTarget } from "../targets/test-target.ts";
import { installCheckpointListener } from "../telemetry/checkpoint.ts";
import { browseRows, listSources } from "./browse-source.ts";
import { deleteSelection, updateSelection } from "./save-selection.ts";
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
	for (let row = 0; row < 10; row += 1) sources.scripted.put(`r${row}`, `Title ${row}`, row);
});

const recordsOf = async (principal = person) =>
	await db.database.asTenant(
		principal,
		(sql) => sql<{ title: string; version: number; kind: string }[]>`
			select fields -> 'title' ->> 'value' as title, version, kind from sheaf.records order by 1`,
	);
const counts = { added: 0, changed: 0, unchanged: 0, gone: 0, failed: 0 };

test("J6: every row that matches becomes a record and one row of the target, once", async () => {
	const { id } = await sources.create(person, target);
	expect(await sources.pick(person, id)).toMatchObject({
		...counts,
		status: "done",
		listed: 10,
		added: 10,
		total: { count: 10, exact: true },
	});
	expect(await recordsOf()).toHaveLength(10);
	await sources.deliver(person, target.lane);
	expect(sources.provider.rows().size).toBe(10);
	expect([...sources.provider.created.values()]).toEqual(Array.from({ length: 10 }, () => 1));
	expect(await sources.pick(person, id)).toMatchObject({ ...counts, unchanged: 10 });
	expect((await recordsOf()).map(({ version, kind }) => `${kind} ${version}`)).toEqual(
		Array.from({ length: 10 }, () => "row 1"),
	);
});

test("J6: kept in step by its schedule: new, changed and gone rows, and only what changed travels", async () => {
	const schedule = { timeZone: "Europe/Berlin", at: "08:00" };
	const { id, nextRunAt } = await sources.create(person, target, { frequency: "daily", schedule });
	const first = new Date(nextRunAt ?? "");
	expect(await startDueSelections(sources.deps, new Date(first.getTime() - 1_000))).toBe(0);
	await sources.pick(person, id);
	await sources.deliver(person, target.lane);
	const sent = sources.provider.requests.flatMap(({ rows }) => rows).length;
	sources.scripted.put("r1", "Another title", 1);
	sources.scripted.put("r99", "New here");
	sources.scripted.rows.delete("r2");
	expect(await startDueSelections(sources.deps, first)).toBe(1);
	expect(await startDueSelections(sources.deps, first)).toBe(0);
	const run = (await getSelection(sources.deps, person, id)).lastRun;
	expect(run).toMatchObject({ cause: "schedule", status: "running" });
	for (let page = 0; page < 3; page += 1) await sources.work(person, run?.id ?? "");
	expect(await getSelection(sources.deps, person, id)).toMatchObject({
		lastRun: { status: "done", added: 1, changed: 1, unchanged: 8, gone: 1 },
		rows: { present: 10, gone: 1, failed: 0 },
	});
	await sources.deliver(person, target.lane);
	expect(sources.provider.requests.flatMap(({ rows }) => rows).length - sent).toBe(2);
	sources.scripted.put("r2", "Title 2", 2);
	expect(await sources.pick(person, id)).toMatchObject({ added: 0, unchanged: 11, gone: 0 });
	expect((await getSelection(sources.deps, person, id)).rows).toEqual({ present: 11, gone: 0, failed: 0 });
});

test("J6: what a selection does not tell of, it does not show as gone; records stay either way", async () => {
	const { id } = await sources.create(person, target, { gone: "keep" });
	await sources.pick(person, id);
	sources.scripted.rows.delete("r2");
	expect(await sources.pick(person, id)).toMatchObject({ gone: 0 });
	expect((await getSelection(sources.deps, person, id)).rows).toMatchObject({ present: 9, gone: 0 });
	expect(await recordsOf()).toHaveLength(10);
});

test.each(["writes/before-transaction", "writes/in-transaction", "writes/after-commit"] as const)(
	"CON-5: killed at %s, the run goes on from its last page and makes nothing twice",
	async (point) => {
		const { id } = await sources.create(person, target);
		const { id: runId } = await startSelectionRun(sources.deps, person, id);
		let reached = 0;
		const off = installCheckpointListener((name) => {
			if (name !== point) return;
			reached += 1;
			if (reached === 2) throw new Error("killed");
		});
		await expect(sources.work(person, runId)).rejects.toThrow("killed");
		off();
		expect(reached).toBe(2);
		await sources.work(person, runId);
		expect(await getSelection(sources.deps, person, id)).toMatchObject({
			lastRun: { status: "done", listed: 10, added: 10 },
		});
		expect(await recordsOf()).toHaveLength(10);
		await sources.deliver(person, target.lane);
		expect([...sources.provider.created.values()]).toEqual(Array.from({ length: 10 }, () => 1));
	},
);

test("CON-5: two selections of one table, or a page taken in by two workers, are one record per row and target", async () => {
	const one = await sources.create(person, target);
	const { id: runId } = await startSelectionRun(sources.deps, person, one.id);
	await Promise.allSettled([sources.work(person, runId), sources.work(person, runId)]);
	await sources.work(person, runId);
	expect(await getSelection(sources.deps, person, one.id)).toMatchObject({ lastRun: { status: "done", added: 10 } });
	const two = await sources.create(person, target, { search: "Title" });
	expect(await sources.pick(person, two.id)).toMatchObject({ added: 0, unchanged: 10 });
	expect(await recordsOf()).toHaveLength(10);
	const elsewhere = await createTestTarget(db.database, person, {
		connectionId: target.connectionId,
		tableId: "table3",
	});
	const three = await sources.create(person, elsewhere);
	expect(await sources.pick(person, three.id)).toMatchObject({ added: 10 });
	expect(await recordsOf()).toHaveLength(20);
});

test("J6: chosen rows alone, all but some, a search, and columns that travel", async () => {
	const chosen = await sources.create(person, target, { mode: "chosen", rowIds: ["r1", "r3"] });
	expect(await sources.pick(person, chosen.id)).toMatchObject({ listed: 10, added: 2 });
	const but = await sources.create(person, target, { rowIds: ["r1", "r3"], columns: ["c1", "c2"] });
	expect(await sources.pick(person, but.id)).toMatchObject({ added: 8 });
	await updateSelection(sources.deps, person, { id: but.id, patch: { search: "Title 5", rowIds: [] } });
	expect(await sources.pick(person, but.id)).toMatchObject({ listed: 1, unchanged: 1, gone: 7 });
});

test("J6: a page says which rows were picked into the target already", async () => {
	const { id } = await sources.create(person, target, { mode: "chosen", rowIds: ["r1"] });
	await sources.pick(person, id);
	const asked = { connectionId: target.connectionId, place: { containerId: "app1", tableId: "rows" } };
	const page = await browseRows(sources.deps, person, { ...asked, targetId: target.targetId });
	expect(page.rows.map(({ externalId, pickedAs }) => [externalId, pickedAs !== null])).toEqual([
		["r0", false],
		["r1", true],
		["r2", false],
		["r3", false],
	]);
	expect(page).toMatchObject({ total: { count: 10, exact: true }, cursor: "r3", afterMs: null });
	const filter = [{ column: "c1", op: "gt" as const, value: "x" }];
	await expect(browseRows(sources.deps, person, { ...asked, filter })).rejects.toMatchObject({
		code: "sources/filter-invalid",
	});
	expect(await listSources(sources.deps, person)).toMatchObject([{ provider: "scripted", advice: "Let Sheaf read." }]);
});

test("SYNC-4: a source that is busy is asked again later, from where the run was; one that refuses ends it in words", async () => {
	const { id } = await sources.create(person, target);
	const told = { reason: "connections/provider-busy", message: "Busy.", countsAgainstBudget: false } as const;
	const { id: runId } = await startSelectionRun(sources.deps, person, id);
	sources.scripted.onPage = () => {
		if (sources.scripted.listings === 2) sources.scripted.failure = { kind: "later", afterMs: 60_000, ...told };
	};
	await sources.work(person, runId);
	await sources.work(person, runId);
	expect(await getSelection(sources.deps, person, id)).toMatchObject({
		lastRun: { status: "running", listed: 4, problem: { code: "connections/provider-busy" } },
	});
	await expect(startSelectionRun(sources.deps, person, id)).rejects.toMatchObject({ code: "selections/running" });
	sources.scripted.failure = { kind: "refused", reason: "delivery/table-missing", message: "It is gone." };
	sources.scripted.onPage = () => undefined;
	await db.database.asTenant(person, (sql) => sql`update sheaf.selection_runs set next_at = now()`);
	await sources.work(person, runId);
	expect(await getSelection(sources.deps, person, id)).toMatchObject({
		lastRun: { status: "failed", listed: 4, gone: 0 },
		problem: { code: "delivery/table-missing", message: "It is gone.", action: "mend_target" },
	});
	expect(await sources.pick(person, id)).toMatchObject({ status: "done", added: 6, unchanged: 4 });
	expect((await getSelection(sources.deps, person, id)).problem).toBeNull();
});

test("J6: a run that is stopped takes in no further page; what came stays", async () => {
	const { id } = await sources.create(person, target);
	const { id: runId } = await startSelectionRun(sources.deps, person, id);
	sources.scripted.onPage = async () => {
		if (sources.scripted.listings === 2) await stopSelectionRun(sources.deps, person, id);
	};
	await sources.work(person, runId);
	expect(await getSelection(sources.deps, person, id)).toMatchObject({ lastRun: { status: "stopped", added: 4 } });
	expect(await recordsOf()).toHaveLength(4);
	expect(await sources.pick(person, id)).toMatchObject({ added: 6, unchanged: 4 });
});

test("I4: a record that somebody edited here gets what changed at its source as a newer version", async () => {
	const { id } = await sources.create(person, target, { mode: "chosen", rowIds: ["r1"] });
	await sources.pick(person, id);
	await db.database.asTenant(person, (sql) => sql`update sheaf.records set version = 5`);
	expect(await sources.pick(person, id)).toMatchObject({ unchanged: 1 });
	sources.scripted.put("r1", "Changed there");
	expect(await sources.pick(person, id)).toMatchObject({ changed: 1 });
	expect([...(await recordsOf())]).toEqual([{ title: "Changed there", version: 6, kind: "row" }]);
});

test("I5: a row that cannot be a record is told, and the others come", async () => {
	sources.scripted.put("r5", "x".repeat(300_000));
	const { id } = await sources.create(person, target);
	expect(await sources.pick(person, id)).toMatchObject({ added: 9, failed: 1 });
	expect((await getSelection(sources.deps, person, id)).rows).toMatchObject({ failed: 1 });
	sources.scripted.put("r5", "Short");
	await sources.pick(person, id);
	expect((await getSelection(sources.deps, person, id)).rows).toMatchObject({ failed: 0 });
	expect(await recordsOf()).toHaveLength(10);
});

test("TEN-3: another workspace sees and touches nothing; who is no member any more picks nothing; each act has its audit line", async () => {
	const { id } = await sources.create(person, target);
	const stranger = await createTestTenant(db.database);
	expect(await listSelections(sources.deps, stranger)).toEqual([]);
	for (const act of [
		() => getSelection(sources.deps, stranger, id),
		() => startSelectionRun(sources.deps, stranger, id),
		() => stopSelectionRun(sources.deps, stranger, id),
		() => deleteSelection(sources.deps, stranger, id),
		() => updateSelection(sources.deps, stranger, { id, patch: { name: "Mine" } }),
	]) {
		await expect(act()).rejects.toMatchObject({ code: "selections/not-found" });
	}
	await expect(sources.create(stranger, target)).rejects.toMatchObject({ code: "connections/not-found" });
	const { id: runId } = await startSelectionRun(sources.deps, person, id);
	await sources.work(stranger, runId);
	expect(sources.scripted.listings).toBe(0);
	await db.database.asIdentity((sql) => sql`delete from sheaf.workspace_members where user_id = ${person.userId}`);
	await sources.work(person, runId);
	expect(await getSelection(sources.deps, person, id)).toMatchObject({ lastRun: { status: "failed" } });
	expect(await recordsOf()).toEqual([] as never);
	await deleteSelection(sources.deps, person, id);
	const lines = await db.database.asTenant(
		person,
		(sql) => sql<{ action: string }[]>`select action from sheaf.audit_log where subject_type = 'selection' order by id`,
	);
	expect(lines.map(({ action }) => action)).toEqual(["selection.create", "selection.run", "selection.delete"]);
});

test("CON-5: a change to a selection leaves alone what somebody else changed while the source was asked", async () => {
	const { id } = await sources.create(person, target);
	const { schema } = sources.scripted.source;
	sources.scripted.source.schema = async (...asked) => {
		sources.scripted.source.schema = schema;
		await updateSelection(sources.deps, person, { id, patch: { paused: true, name: "Renamed" } });
		return await schema(...asked);
	};
	const patch = { filter: [{ column: "c1", op: "is" as const, value: "Title 1" }] };
	expect(await updateSelection(sources.deps, person, { id, patch })).toMatchObject({
		...patch,
		paused: true,
		name: "Renamed",
	});
});
