import { afterAll, afterEach, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { createConnection } from "../connections/create-connection.ts";
import { getConnection } from "../connections/read-connections.ts";
import type { FaultEffect } from "../connectors/airtable/simulator/faults.ts";
import { type AirtableSimulator, startAirtableSimulator } from "../connectors/airtable/simulator.ts";
import { createGuardedHttp } from "../connectors/http.ts";
import { createRegistry } from "../connectors/registry.ts";
import { testProviders } from "../connectors/test-providers.ts";
import type { TargetView } from "../contract/targets.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { listRecords } from "../records/list-records.ts";
import { testPut, testUndo } from "../records/test-operations.ts";
import { createTarget } from "../targets/create-target.ts";
import { createVault } from "../vault/vault.ts";
import { createTestEngine, type TestEngine } from "./test-engine.ts";

// Real waits for real limits, on a machine that may have other things to do.
setDefaultTimeout(60_000);

const token = "patEngineTests000.secret";
const containerId = "appEngineTests000";

let db: TestDatabase;
let airtable: AirtableSimulator;
let engine: TestEngine;
let deps: ConnectionDeps;
let person: Principal;
let target: TargetView;

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(async () => {
	await db.close();
});

beforeEach(async () => {
	airtable = await startAirtableSimulator({
		tokens: [{ token }],
		bases: [
			{
				id: containerId,
				name: "Reading",
				tables: [
					{
						name: "Pages",
						fields: [
							{ name: "Name", type: "singleLineText" },
							{ name: "URL", type: "url" },
							{ name: "Price", type: "number", options: { precision: 2 } },
						],
					},
				],
			},
		],
	});
	engine = createTestEngine(db);
	const vault = createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]);
	engine.deps.vault = vault;
	engine.deps.connectors = createRegistry({ ...testProviders({ airtable: airtable.url }), practice: null });
	engine.deps.http = createGuardedHttp({ allowedOrigins: [airtable.url], timeoutMs: 2_000 });
	deps = { ...engine.deps, vault };
	person = await createTestTenant(db.database);
	const connection = await createConnection(deps, person, { provider: "airtable", credential: { token } });
	target = await createTarget(deps, person, {
		name: "Pages",
		connectionId: connection.id,
		tableId: airtable.control.table(containerId, "Pages").id,
		mapping: [
			{ from: "title", to: "Name" },
			{ from: "url", to: "URL" },
			{ from: "price", to: "Price" },
		],
		matchKey: ["url"],
		frequency: "on_capture",
		conflictPolicy: "overwrite",
	});
	// The budget is the base's and outlives the test before.
	await engine.makeDue(person);
	airtable.control.reset();
});
afterEach(async () => {
	await airtable.stop();
});

const deliver = () => engine.deliver(person, `${target.connectionId}/${containerId}`);
const rows = () => airtable.control.rows(containerId, "Pages");
const write = async (count: number) => {
	const batch = Array.from({ length: count }, () => testPut({ targetId: target.id }));
	await engine.write(person, batch);
	return batch;
};

/** Delivers, and again as time would, until the backlog is gone. */
async function deliverAll(): Promise<void> {
	for (let round = 0; round < 20; round += 1) {
		await deliver();
		const { waiting } = await getConnection(deps, person, target.connectionId);
		if (waiting === 0) return;
		await engine.makeDue(person);
		airtable.control.setLimits({ penaltyMs: 0 });
	}
}

test("SYNC-4: rows arrive at the pace that Airtable allows, and it never has to refuse one", async () => {
	const batch = await write(120);
	await engine.age(person);
	await deliver();
	expect(rows()).toHaveLength(120);
	expect(airtable.control.counters()).toMatchObject({ throttled: 0, requests: 12 });
	const record = await engine.record(person, batch[0]?.record.id ?? "");
	expect(record.remoteUrl).toMatch(/^https:\/\/airtable\.com\/appEngineTests000\/tbl\w+\/rec\w+$/);
});

const busy = { error: { type: "RATE_LIMIT_REACHED", message: "Too many requests" } };
const faults: [string, FaultEffect][] = [
	["429", { kind: "status", status: 429, body: busy }],
	["500", { kind: "status", status: 500, body: { error: { type: "SERVER_ERROR", message: "Server error" } } }],
	["no answer", { kind: "timeout" }],
	["no answer after it was applied", { kind: "timeout", afterCommit: true }],
	["a connection dropped after it was applied", { kind: "drop_after_commit" }],
	["half an answer after it was applied", { kind: "malformed_json" }],
	["a gateway's page", { kind: "html_502" }],
];

test.each(faults)("SYNC-3, SYNC-4: after %s every record is one row", async (_, effect) => {
	const fault = airtable.control.plan({ method: "PATCH", effect, times: 2 });
	await write(25);
	await deliverAll();
	expect(fault.hits).toBe(2);
	expect(new Set(rows().map(({ cells }) => cells.URL)).size).toBe(25);
	expect(rows()).toHaveLength(25);
});

test("I5: one bad record among 25: 24 arrive, and the one says why", async () => {
	const batch = await write(25);
	// Two rows that both match: Airtable cannot say which is meant.
	const bad = batch[7]?.record;
	for (let copy = 0; copy < 2; copy += 1) {
		airtable.control.addRow({ baseId: containerId, table: "Pages", cells: { URL: bad?.source.url, Name: "Twin" } });
	}
	await deliver();
	expect(rows().filter(({ cells }) => cells.Name !== "Twin")).toHaveLength(24);
	expect(await engine.record(person, bad?.id ?? "")).toMatchObject({
		status: "needs_you",
		problem: { code: "delivery/match-ambiguous" },
	});
});

test("OUT-3: an undo deletes the row that a capture made, and gives one that was there its cells back", async () => {
	const [made, updated] = [testPut({ targetId: target.id, price: 9 }), testPut({ targetId: target.id, price: 9 })];
	const cells = { URL: updated.record.source.url, Name: "Theirs" };
	const id = airtable.control.addRow({ baseId: containerId, table: "Pages", cells });
	await engine.write(person, [made, updated]);
	await deliver();
	expect(rows()).toHaveLength(2);
	expect(rows().find((row) => row.id === id)?.cells).toMatchObject({ Name: "A title", Price: 9 });
	await engine.write(person, [testUndo(made.record.id, 1), testUndo(updated.record.id, 1)]);
	const fault = airtable.control.plan({ method: "DELETE", effect: { kind: "drop_after_commit" }, times: 1 });
	await deliver();
	await engine.makeDue(person);
	await deliver();
	expect(fault.hits).toBe(1);
	expect(rows().map((row) => [row.id, row.cells])).toEqual([[id, cells]]);
	expect((await listRecords(engine.deps, person, {})).records).toEqual([]);
});

test("SYNC-4: a revoked token pauses the target, and nothing fails", async () => {
	const batch = await write(12);
	airtable.control.revokeToken(token);
	await deliver();
	expect(await getConnection(deps, person, target.connectionId)).toMatchObject({ status: "revoked", waiting: 12 });
	expect(await engine.record(person, batch[0]?.record.id ?? "")).toMatchObject({
		status: "stored",
		problem: { code: "delivery/credential-refused", action: "reconnect" },
	});
});

test("SYNC-4: two workers share one base's budget", async () => {
	await write(100);
	await Promise.all([deliver(), deliver()]);
	expect(rows()).toHaveLength(100);
	expect(airtable.control.counters().throttled).toBe(0);
});
