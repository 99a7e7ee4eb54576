import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { createConnection } from "../connections/create-connection.ts";
import type { Table, TableField } from "../contract/connections.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { getTarget } from "../targets/read-targets.ts";
import { createTestTarget, testColumns } from "../targets/test-target.ts";
import { updateTarget } from "../targets/update-target.ts";
import { createVault } from "../vault/vault.ts";
import { lostColumns } from "./name-lost-columns.ts";
import { createTestEngine, type TestEngine } from "./test-engine.ts";

// A database is started for this file.
setDefaultTimeout(60_000);

let db: TestDatabase;
let engine: TestEngine;
let deps: ConnectionDeps;
let person: Principal;
let connectionId: string;

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(async () => {
	await db.close();
});
beforeEach(async () => {
	engine = createTestEngine(db);
	const vault = createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]);
	engine.deps.vault = vault;
	deps = { ...engine.deps, vault };
	person = await createTestTenant(db.database);
	connectionId = (await createConnection(deps, person, { provider: "scripted", credential: { token: "good" } })).id;
});

const named = (id: string, name: string): TableField => ({ ...testColumns[2], id, name }) as TableField;
const tableWith = (...fields: TableField[]): Table => ({
	id: "table1",
	name: "Reading",
	container: { id: "base1", name: "Base" },
	fields,
});

/** The provider refuses whatever names a column that is not among these, without saying which. */
function keepOnly(fields: TableField[]) {
	const ids = new Set(fields.map(({ id }) => id));
	const missing = { reason: "delivery/column-missing" as const, message: "A column is missing." };
	engine.provider.connector.discover = async () => ({ kind: "ok", value: [tableWith(...fields)] });
	engine.provider.onPush = async (rows) =>
		rows.some(({ cells }) => Object.keys(cells).some((id) => !ids.has(id)))
			? { kind: "mend_target", ...missing }
			: null;
	const { read } = engine.provider.connector;
	engine.provider.connector.read = async (call, target, wanted) =>
		target.columns.some(({ id }) => !ids.has(id))
			? { kind: "refused", ...missing }
			: ((await read?.(call, target, wanted)) ?? { kind: "ok", value: [] });
}

test.each(["overwrite", "ask"] as const)(
	"SYNC-4: with the policy %s a column that is gone pauses the target, is named with what it may be called now, and mended the records go out",
	async (conflictPolicy) => {
		const { targetId, lane } = await createTestTarget(db.database, person, { connectionId, conflictPolicy });
		const [title, url] = testColumns;
		if (title === undefined || url === undefined) throw new Error("no columns");
		keepOnly([title, url, named("colCost", "List price")]);
		const records = [testPut({ targetId, price: 1 }), testPut({ targetId, price: 2 })];
		await engine.write(person, records);
		await engine.deliver(person, lane);
		expect(await getTarget(deps, person, targetId)).toMatchObject({
			status: "paused",
			problem: {
				code: "delivery/column-missing",
				action: "mend_target",
				message:
					"The column “Price” is no longer in the table “Reading” of Scripted. It may be called “List price” now. Records wait here until the mapping is mended.",
			},
		});
		expect(engine.provider.rows().size).toBe(0);
		const mapping = [
			{ from: "title", to: "colTitle" },
			{ from: "url", to: "colUrl" },
			{ from: "price", to: "colCost" },
		];
		const mended = await updateTarget(deps, person, { id: targetId, patch: { mapping } });
		expect(mended).toMatchObject({ status: "active", problem: null });
		expect(engine.rung.at(-1)).toMatchObject({ lane });
		await engine.deliver(person, lane);
		for (const { record } of records)
			expect(await engine.record(person, record.id)).toMatchObject({ status: "delivered" });
		expect(new Set([...engine.provider.rows().values()].map(({ colCost }) => colCost))).toEqual(new Set([1, 2]));
	},
);

test("SYNC-4: where the table cannot be looked at the provider's own sentence stays", async () => {
	const { targetId, lane } = await createTestTarget(db.database, person, { connectionId });
	keepOnly(testColumns.slice(0, 2));
	engine.provider.connector.discover = async () => ({
		kind: "later",
		afterMs: 0,
		reason: "connections/provider-unreachable",
		message: "Away.",
		countsAgainstBudget: false,
	});
	await engine.write(person, [testPut({ targetId, price: 1 })]);
	await engine.deliver(person, lane);
	expect(await getTarget(deps, person, targetId)).toMatchObject({ problem: { message: "A column is missing." } });
});

test("SYNC-4: several lost columns are all named; a renamed one is none of them", () => {
	const target = { columns: testColumns };
	expect(lostColumns(target, tableWith(named("colUrl", "Renamed")), "Airtable")).toEqual({
		message:
			"The columns “Name”, “Price” are no longer in the table “Reading” of Airtable. Records wait here until the mapping is mended.",
		details: { case: "lost-columns", columns: "“Name”, “Price”", tableName: "Reading" },
	});
	expect(lostColumns(target, tableWith(...testColumns.map(({ id }) => named(id, "Renamed"))), "Airtable")).toBeNull();
});
