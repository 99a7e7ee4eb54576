import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { createGuardedHttp } from "../connectors/http.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut, testUndo } from "../records/test-operations.ts";
import { createTestEngine, type TestEngine } from "../sync/test-engine.ts";
import { createTarget } from "../targets/create-target.ts";
import { getTarget } from "../targets/read-targets.ts";
import { metrics } from "../telemetry/metrics.ts";
import { createVault } from "../vault/vault.ts";
import { careOnce, startCare } from "./care.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { discoverTables } from "./discover-tables.ts";
import { freshCredential } from "./fresh-credential.ts";
import { TestProvider } from "./oauth/test-provider.ts";
import { getConnection } from "./read-connections.ts";
import { insertConnection } from "./store-connection.ts";
import { storedCredential } from "./stored-credential.ts";

let db: TestDatabase;
let provider: TestProvider;
let engine: TestEngine;
let deps: ConnectionDeps;
let person: Principal;
let connectionId: string;
const { signal } = new AbortController();

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(async () => {
	await db.close();
});

beforeEach(async () => {
	await provider?.server.close();
	provider = new TestProvider();
	await provider.server.listen();
	engine = createTestEngine(db, provider.scripted);
	const connector = provider.connector();
	const vault = createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]);
	const guarded = createGuardedHttp({ allowedOrigins: [provider.server.url] });
	const scripted = engine.deps.http;
	// The scripted connector's own requests go nowhere.
	const http: typeof scripted = (request) =>
		request.url.startsWith(provider.server.url) ? guarded(request) : scripted(request);
	deps = { ...engine.deps, vault, http, connectors: new Map([["scripted", connector]]) };
	Object.assign(engine.deps, deps);
	person = await createTestTenant(db.database);
	connectionId = crypto.randomUUID();
	provider.access.set("first", "grace");
	provider.refresh.set("first-refresh", { account: "grace", token: "first" });
	const tokens = { token: "first", refreshToken: "first-refresh", expiresIn: 3_600 };
	await insertConnection(deps, person, {
		id: connectionId,
		name: undefined,
		account: {
			connector,
			way: "oauth",
			identity: { accountId: "grace", label: "grace@there.test", scopes: [], missingScopes: [] },
			credential: await storedCredential(vault, { token: "first", refreshToken: "first-refresh" }, tokens),
			settings: {},
		},
	});
});

const place = () => ({ workspaceId: person.workspaceId, connectionId });
const view = () => getConnection(deps, person, connectionId);
/** What time would do. */
const set = (change: "due" | "rested" | "to be checked") =>
	db.database.asTenant({ ...person, role: "worker" }, (sql) =>
		change === "due"
			? sql`update sheaf.connections set refresh_at = now() where id = ${connectionId}`
			: change === "rested"
				? sql`update sheaf.connections set refresh_lease_until = null where id = ${connectionId}`
				: sql`update sheaf.connections set next_check_at = now() where id = ${connectionId}`,
	);
const target = () =>
	createTarget(deps, person, {
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

describe("renewing an access", () => {
	test("ACC-3: it is renewed before it ends, by one of many workers, and what they use is the stored pair", async () => {
		await set("due");
		const all = await Promise.all(Array.from({ length: 8 }, () => freshCredential(deps, place(), { signal })));
		expect(provider.refreshes).toBe(1);
		const tokens = all.map((fresh) => (fresh.kind === "open" ? fresh.credential["token"] : fresh.kind));
		expect(new Set(tokens).size).toBe(1);
		expect(provider.access.get(tokens[0] ?? "")).toBe("grace");
	});

	test("OBS-2: a renewal is counted by how it ended", async () => {
		const counted = (outcome: string) => {
			const line = `sheaf_refreshes_total{kind="connection",outcome="${outcome}"} `;
			return Number(metrics.text().split(line)[1]?.split("\n")[0] ?? 0);
		};
		const before = { ok: counted("ok"), refused: counted("refused") };
		await set("due");
		await freshCredential(deps, place(), { signal });
		expect(counted("ok")).toBe(before.ok + 1);
		provider.refresh.clear();
		await set("due");
		await freshCredential(deps, place(), { signal });
		expect(counted("refused")).toBe(before.refused + 1);
	});

	test("ACC-3: the loop of two workers renews what is due, once", async () => {
		await set("due");
		const stopping = new AbortController();
		const loops = [startCare(deps, stopping.signal, 20), startCare(deps, stopping.signal, 20)];
		while ((await freshCredential(deps, place(), { signal })).kind !== "open" || provider.refreshes === 0)
			await Bun.sleep(5);
		stopping.abort();
		await Promise.all(loops);
		expect(provider.refreshes).toBe(1);
		expect(await view()).toMatchObject({ status: "healthy", problem: null });
	});

	test("ACC-3: an access that is not near its end is left alone", async () => {
		await freshCredential(deps, place(), { signal });
		expect(provider.refreshes).toBe(0);
	});

	test("ACC-3: an access that ended without a word is renewed in the middle of what was asked", async () => {
		provider.access.delete("first");
		expect(await discoverTables(deps, person, connectionId)).toHaveLength(2);
		await set("to be checked");
		await careOnce(deps, signal);
		expect(provider.refreshes).toBe(1);
		expect(await view()).toMatchObject({ status: "healthy" });
	});

	test("SYNC-4: a delivery that meets an ended access renews it, and the record arrives", async () => {
		const { id } = await target();
		await engine.write(person, [testPut({ targetId: id })]);
		await engine.age(person);
		provider.access.delete("first");
		await engine.deliver(person, `${connectionId}/base1`);
		expect(provider.scripted.rows().size).toBe(1);
		expect(provider.refreshes).toBe(1);
	});

	test.each(["look", "undo"])("SYNC-4: a %s that meets an ended access renews it, and goes on", async (step) => {
		const { id } = await target();
		const put = testPut({ targetId: id });
		const lane = `${connectionId}/base1`;
		await engine.write(person, [put]);
		if (step === "undo") {
			await engine.deliver(person, lane);
			await engine.write(person, [testUndo(put.record.id)]);
		}
		provider.access.delete("first");
		await engine.deliver(person, lane);
		expect(provider.scripted.rows().size).toBe(step === "undo" ? 0 : 1);
		expect(provider.scripted.reads).toHaveLength(1);
		expect(provider.refreshes).toBe(1);
		expect((await getTarget(deps, person, id)).status).toBe("active");
	});

	test("ACC-3: somebody else's refresh under way (409) kills nothing", async () => {
		await set("due");
		provider.server.faults.set("/token", { status: 409, json: { error: "conflict" } });
		expect((await freshCredential(deps, place(), { signal })).kind).toBe("open");
		expect((await view()).status).toBe("healthy");
		provider.server.faults.clear();
		await set("rested");
		await freshCredential(deps, place(), { signal });
		expect(provider.refreshes).toBe(1);
	});
});

describe("an access that cannot be renewed", () => {
	test("ACC-4: taken back at the provider, the connection says so and its targets pause", async () => {
		const { id } = await target();
		provider.endAccess("grace");
		await set("due");
		await careOnce(deps, signal);
		expect(await view()).toMatchObject({ status: "revoked", problem: { action: "reconnect" } });
		expect(await getTarget(deps, person, id)).toMatchObject({ status: "paused", problem: { action: "reconnect" } });
	});

	test("ACC-3: a renewal whose answer was lost is told as what it was, and asks to reconnect", async () => {
		await set("due");
		provider.duringRefresh = async () => ({ status: 502, text: "" });
		await freshCredential(deps, place(), { signal });
		expect((await view()).status).toBe("healthy");
		await set("rested");
		await careOnce(deps, signal);
		const lost = await view();
		expect(lost).toMatchObject({ status: "expired", problem: { action: "reconnect" } });
		expect(lost.problem?.message).toContain("cut off half-way");
	});

	test("ACC-4: a wrong client at the operator's is nobody's lost access", async () => {
		await set("due");
		provider.server.faults.set("/token", { status: 401, json: { error: "invalid_client" } });
		await freshCredential(deps, place(), { signal });
		expect((await view()).status).toBe("healthy");
	});
});
