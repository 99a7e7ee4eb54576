import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import type { TargetCreate } from "../contract/targets.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestConnector, type TestConnector } from "../sync/test-connector.ts";
import { createTestEngine, type TestEngine } from "../sync/test-engine.ts";
import { createTarget } from "../targets/create-target.ts";
import { suggestTarget } from "../targets/discover-for-target.ts";
import { getTarget, listTargets } from "../targets/read-targets.ts";
import { deleteTarget } from "../targets/remove-targets.ts";
import { runTarget } from "../targets/run-target.ts";
import { updateTarget } from "../targets/update-target.ts";
import { createVault } from "../vault/vault.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { createConnection } from "./create-connection.ts";
import { deleteConnection } from "./delete-connection.ts";
import { discoverTables } from "./discover-tables.ts";
import { getConnection, listConnections } from "./read-connections.ts";
import { updateConnection } from "./update-connection.ts";

let db: TestDatabase;
let engine: TestEngine;
let provider: TestConnector;
let deps: ConnectionDeps;
let person: Principal;

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(async () => {
	await db.close();
});

beforeEach(async () => {
	provider = createTestConnector();
	engine = createTestEngine(db, provider);
	const vault = createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]);
	deps = { ...engine.deps, vault };
	engine.deps.vault = vault;
	person = await createTestTenant(db.database);
});

const connect = (token = "good") =>
	createConnection(deps, person, { provider: "scripted", name: "Mine", credential: { token } });

const wanted = (connectionId: string): TargetCreate => ({
	name: "Reading list",
	connectionId,
	tableId: "table1",
	mapping: [
		{ from: "title", to: "Name" },
		{ from: "url", to: "Link" },
	],
	matchKey: ["url"],
	frequency: "on_capture",
	conflictPolicy: "overwrite",
});

const refuse: TestConnector["onPush"] = async () => ({
	kind: "reconnect",
	reason: "delivery/credential-refused",
	message: "Reconnect the account.",
});

describe("connecting", () => {
	test("ACC-2: the credential is checked, stored sealed and never shown", async () => {
		const connection = await connect();
		expect(connection).toMatchObject({
			account: "someone@example.test",
			scopes: ["write"],
			status: "healthy",
			waiting: 0,
		});
		expect(JSON.stringify(await listConnections(deps, person))).not.toContain("good");
		const [row] = await db.database.asTenant(
			person,
			async (sql) => await sql<{ credentialJwe: string }[]>`select credential_jwe from sheaf.connections`,
		);
		expect(row?.credentialJwe.split(".")).toHaveLength(5);
		expect(row?.credentialJwe).not.toContain("good");
	});

	test.each([
		["a credential that is refused", "bad", "connections/credential-refused"],
		["one that lacks a scope", "weak", "connections/scope-missing"],
		["none", " ", "connections/settings-invalid"],
	])("ACC-1: %s stores nothing", async (_, token, code) => {
		await expect(connect(token)).rejects.toMatchObject({ code });
		expect(await listConnections(deps, person)).toEqual([]);
	});

	test("ACC-1: a missing scope is named", async () => {
		await expect(connect("weak")).rejects.toMatchObject({ details: { missing: ["write"] } });
	});

	test("ACC-1: a provider that Sheaf does not have is refused", async () => {
		await expect(createConnection(deps, person, { provider: "nope" })).rejects.toMatchObject({
			code: "connections/provider-unknown",
		});
	});

	test("TEN-3: another person's connection is not there", async () => {
		const { id } = await connect();
		const stranger = await createTestTenant(db.database);
		const notFound = { code: "connections/not-found" };
		await expect(getConnection(deps, stranger, id)).rejects.toMatchObject(notFound);
		await expect(discoverTables(deps, stranger, id)).rejects.toMatchObject(notFound);
		await expect(updateConnection(deps, stranger, { id, patch: { name: "x" } })).rejects.toMatchObject(notFound);
		await expect(deleteConnection(deps, stranger, { id, force: true })).rejects.toMatchObject(notFound);
		await expect(createTarget(deps, stranger, wanted(id))).rejects.toMatchObject({
			code: "targets/connection-unknown",
		});
		expect(await getConnection(deps, person, id)).toMatchObject({ name: "Mine" });
	});
});

describe("targets", () => {
	test("CON-2: a target is saved by column ids, with its container found", async () => {
		const { id } = await connect();
		const target = await createTarget(deps, person, wanted(id));
		expect(target).toMatchObject({
			mapping: [
				{ from: "title", to: "colTitle" },
				{ from: "url", to: "colUrl" },
			],
			matchKey: ["colUrl"],
			containerId: "base1",
			containerName: "Base",
			tableName: "Table",
			providerTitle: "Scripted",
			status: "active",
			columns: [
				{ id: "colTitle", name: "Name", type: "text" },
				{ id: "colUrl", name: "Link", type: "url" },
			],
		});
		expect(await listTargets(deps, person)).toEqual([target]);
	});

	test("CON-2: a suggestion can be saved as it is", async () => {
		const { id } = await connect();
		const fields = [
			{ name: "title", type: "text" as const },
			{ name: "url", type: "url" as const },
		];
		const suggestion = await suggestTarget(deps, person, { connectionId: id, tableId: "table1", fields });
		expect(await createTarget(deps, person, { ...wanted(id), ...suggestion })).toMatchObject(suggestion);
	});

	test("TEN-3: another person's target is not there", async () => {
		const { id } = await createTarget(deps, person, wanted((await connect()).id));
		const stranger = await createTestTenant(db.database);
		const notFound = { code: "targets/not-found" };
		await expect(getTarget(deps, stranger, id)).rejects.toMatchObject(notFound);
		await expect(updateTarget(deps, stranger, { id, patch: { paused: true } })).rejects.toMatchObject(notFound);
		await expect(runTarget(deps, stranger, id)).rejects.toMatchObject(notFound);
		await expect(deleteTarget(deps, stranger, id)).rejects.toMatchObject(notFound);
		expect((await getTarget(deps, person, id)).status).toBe("active");
	});

	test("SYNC-2: a run sends what a manual target has gathered", async () => {
		const { id, connectionId } = await createTarget(deps, person, {
			...wanted((await connect()).id),
			frequency: "manual",
		});
		await engine.write(person, [testPut({ targetId: id }), testPut({ targetId: id })]);
		expect(await runTarget(deps, person, id)).toEqual({ queued: 2 });
		expect(engine.rung).toEqual([{ workspaceId: person.workspaceId, lane: `${connectionId}/base1` }]);
		await engine.deliver(person, `${connectionId}/base1`);
		expect(provider.rows().size).toBe(2);
		expect(await runTarget(deps, person, id)).toEqual({ queued: 0 });
	});

	test("SYNC-4: a paused target keeps its records, and sends them once it goes on", async () => {
		const { id, connectionId } = await createTarget(deps, person, wanted((await connect()).id));
		await updateTarget(deps, person, { id, patch: { paused: true } });
		await engine.write(person, [testPut({ targetId: id })]);
		expect(engine.rung.filter(({ lane }) => lane === `${connectionId}/base1`)).toHaveLength(1);
		await engine.deliver(person, `${connectionId}/base1`);
		expect(provider.rows().size).toBe(0);
		await expect(runTarget(deps, person, id)).rejects.toMatchObject({ code: "targets/paused" });
		await updateTarget(deps, person, { id, patch: { paused: false } });
		await engine.deliver(person, `${connectionId}/base1`);
		expect(provider.rows().size).toBe(1);
	});

	test("OUT-5: another match key makes other records the same row, and tries again what needed somebody", async () => {
		const { id, connectionId } = await createTarget(deps, person, wanted((await connect()).id));
		const older = testPut({ targetId: id, title: "One", capturedAt: "2026-01-01T00:00:00Z" });
		const newer = testPut({ targetId: id, title: "One", capturedAt: "2026-01-02T00:00:00Z" });
		const keyless = testPut({ targetId: id, title: "Two", url: " " });
		await engine.write(person, [older, newer, keyless]);
		expect((await engine.record(person, keyless.record.id)).status).toBe("needs_you");
		await updateTarget(deps, person, { id, patch: { matchKey: ["Name"] } });
		expect((await engine.record(person, older.record.id)).supersededBy).toBe(newer.record.id);
		await engine.deliver(person, `${connectionId}/base1`);
		expect([...provider.rows().keys()].toSorted()).toEqual(["One", "Two"]);
		expect((await engine.record(person, keyless.record.id)).status).toBe("delivered");
	});

	test("SYNC-4: a target paused because of its mapping goes on with a new one", async () => {
		const { id, connectionId } = await createTarget(deps, person, wanted((await connect()).id));
		await engine.write(person, [testPut({ targetId: id })]);
		provider.onPush = async () => ({ kind: "mend_target", reason: "delivery/column-missing", message: "Gone." });
		await engine.deliver(person, `${connectionId}/base1`);
		expect(await getTarget(deps, person, id)).toMatchObject({
			status: "paused",
			problem: { code: "delivery/column-missing", action: "mend_target" },
		});
		provider.onPush = async () => null;
		const mended = await updateTarget(deps, person, { id, patch: { mapping: [{ from: "url", to: "Link" }] } });
		expect(mended).toMatchObject({ status: "active", problem: null });
		await engine.deliver(person, `${connectionId}/base1`);
		expect(provider.rows().size).toBe(1);
	});

	test("I1: the records of a deleted target stay and can be given another", async () => {
		const connection = await connect();
		const { id } = await createTarget(deps, person, wanted(connection.id));
		const put = testPut({ targetId: id });
		await engine.write(person, [put]);
		await deleteTarget(deps, person, id);
		expect(await engine.record(person, put.record.id)).toMatchObject({ status: "stored", targetId: null });
		const other = await createTarget(deps, person, wanted(connection.id));
		await engine.write(person, [testPut({ recordId: put.record.id, version: 2, targetId: other.id })]);
		await engine.deliver(person, `${connection.id}/base1`);
		expect((await engine.record(person, put.record.id)).status).toBe("delivered");
	});
});

describe("losing and mending a connection", () => {
	test("SYNC-4, ACC-4: a new credential resumes what paused because of the old one, and the records arrive", async () => {
		const { id } = await connect();
		const target = await createTarget(deps, person, wanted(id));
		const byHand = await createTarget(deps, person, { ...wanted(id), tableId: "table1", name: "Paused by hand" });
		await updateTarget(deps, person, { id: byHand.id, patch: { paused: true } });
		await engine.write(person, [testPut({ targetId: target.id }), testPut({ targetId: target.id })]);
		provider.onPush = refuse;
		await engine.deliver(person, `${id}/base1`);
		expect(await getConnection(deps, person, id)).toMatchObject({
			status: "revoked",
			problem: { action: "reconnect" },
			waiting: 2,
		});
		await expect(updateTarget(deps, person, { id: target.id, patch: { paused: false } })).rejects.toMatchObject({
			code: "connections/credential-refused",
		});
		provider.onPush = async () => null;
		const again = await updateConnection(deps, person, { id, patch: { credential: { token: "fresh" } } });
		expect(again).toMatchObject({ status: "healthy", problem: null });
		expect((await getTarget(deps, person, target.id)).status).toBe("active");
		expect((await getTarget(deps, person, byHand.id)).status).toBe("paused");
		await engine.deliver(person, `${id}/base1`);
		expect(provider.rows().size).toBe(2);
	});

	test("ACC-4: a refusal of a credential that has been replaced meanwhile counts for nothing", async () => {
		const { id } = await connect();
		const target = await createTarget(deps, person, wanted(id));
		await engine.write(person, [testPut({ targetId: target.id })]);
		provider.onPush = async (...call) => {
			await updateConnection(deps, person, { id, patch: { credential: { token: "fresh" } } });
			return await refuse(...call);
		};
		await engine.deliver(person, `${id}/base1`);
		expect((await getConnection(deps, person, id)).status).toBe("healthy");
		expect((await getTarget(deps, person, target.id)).status).toBe("active");
	});

	test("ACC-4: trouble that passes shows while it lasts and is cleared by the next arrival", async () => {
		const { id } = await connect();
		const target = await createTarget(deps, person, wanted(id));
		await engine.write(person, [testPut({ targetId: target.id })]);
		provider.onPush = async () => ({
			kind: "later",
			afterMs: 0,
			reason: "delivery/provider-busy",
			message: "Busy.",
			countsAgainstBudget: false,
		});
		await engine.deliver(person, `${id}/base1`);
		expect(await getConnection(deps, person, id)).toMatchObject({ status: "rate_limited" });
		provider.onPush = async () => null;
		await engine.makeDue(person);
		await engine.deliver(person, `${id}/base1`);
		expect(await getConnection(deps, person, id)).toMatchObject({ status: "healthy", problem: null, waiting: 0 });
	});

	test("J7, I1: disconnecting wipes the credential, pauses the targets and keeps every record; reconnecting brings all of it back", async () => {
		const { id } = await connect();
		const target = await createTarget(deps, person, wanted(id));
		await engine.write(person, [testPut({ targetId: target.id })]);
		await deleteConnection(deps, person, { id, force: false });
		expect(await getConnection(deps, person, id)).toMatchObject({ status: "disconnected", waiting: 1 });
		const [row] = await db.database.asTenant(person, (sql) => sql`select credential_jwe from sheaf.connections`);
		expect(row).toEqual({ credentialJwe: null });
		expect(await getTarget(deps, person, target.id)).toMatchObject({
			status: "paused",
			problem: { code: "connections/disconnected", action: "reconnect" },
		});
		await engine.deliver(person, `${id}/base1`);
		expect(provider.requests).toEqual([]);
		await expect(discoverTables(deps, person, id)).rejects.toMatchObject({ code: "connections/disconnected" });
		await updateConnection(deps, person, { id, patch: { credential: { token: "fresh" } } });
		await engine.deliver(person, `${id}/base1`);
		expect(provider.rows().size).toBe(1);
	});

	test("I1, ACC-2: without targets the whole row goes; with force the targets go too, and their records stay", async () => {
		const empty = await connect();
		await deleteConnection(deps, person, { id: empty.id, force: false });
		expect(await listConnections(deps, person)).toEqual([]);
		const { id } = await connect();
		const target = await createTarget(deps, person, wanted(id));
		const put = testPut({ targetId: target.id });
		await engine.write(person, [put]);
		await deleteConnection(deps, person, { id, force: true });
		expect(await listConnections(deps, person)).toEqual([]);
		expect(await engine.record(person, put.record.id)).toMatchObject({ status: "stored", targetId: null });
	});
});
