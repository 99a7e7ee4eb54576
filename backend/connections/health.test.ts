import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import type { RecordProblem } from "../contract/errors.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { createTestConnector, type TestConnector } from "../sync/test-connector.ts";
import { createTestEngine } from "../sync/test-engine.ts";
import { createTarget } from "../targets/create-target.ts";
import { getTarget } from "../targets/read-targets.ts";
import { createVault } from "../vault/vault.ts";
import { checkConnection } from "./care.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { createConnection } from "./create-connection.ts";
import { getConnection } from "./read-connections.ts";
import { noteTrouble } from "./standing.ts";

let db: TestDatabase;
let deps: ConnectionDeps;
let provider: TestConnector;
let person: Principal;
let id: string;
let targetId: string;

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(async () => {
	await db.close();
});
beforeEach(async () => {
	provider = createTestConnector();
	deps = {
		...createTestEngine(db, provider).deps,
		vault: createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]),
	};
	person = await createTestTenant(db.database);
	id = (await createConnection(deps, person, { provider: "scripted", credential: { token: "good" } })).id;
	const made = await createTarget(deps, person, {
		name: "Reading list",
		connectionId: id,
		tableId: "table1",
		mapping: [{ from: "url", to: "Link" }],
		matchKey: ["url"],
		frequency: "on_capture",
		conflictPolicy: "overwrite",
	});
	targetId = made.id;
});

const away: RecordProblem = { code: "delivery/provider-unreachable", message: "It does not answer.", action: "retry" };
const worker = () => ({ ...person, role: "worker" as const });
const trouble = () =>
	db.database.asTenant(worker(), (sql) =>
		noteTrouble(sql, { connectionId: id, problem: { ...away, message: crypto.randomUUID() } }),
	);
const failing = (hours: number, failures: number) =>
	db.database.asTenant(
		worker(),
		(sql) => sql`
			update sheaf.connections set status = 'failing', failures = ${failures},
				failing_since = now() - make_interval(hours => ${hours}) where id = ${id}`,
	);
const check = async () => {
	await db.database.asTenant(
		worker(),
		(sql) => sql`update sheaf.connections set next_check_at = now() where id = ${id}`,
	);
	await checkConnection(deps, { workspaceId: person.workspaceId, connectionId: id });
};
const view = () => getConnection(deps, person, id);
const actions = async () => {
	const rows = await db.database.asTenant(
		person,
		(sql) => sql<{ action: string }[]>`select action from sheaf.audit_log where subject_id = ${id}`,
	);
	return rows.map(({ action }) => action);
};

test("ACC-4: trouble does not pause at first, however often it comes, nor after long if it was seldom", async () => {
	for (let times = 0; times < 15; times += 1) await trouble();
	expect(await view()).toMatchObject({ status: "failing", nextAttemptAt: expect.any(String) });
	await failing(48, 2);
	await trouble();
	expect((await view()).status).toBe("failing");
	expect((await getTarget(deps, person, targetId)).status).toBe("active");
});

test("ACC-4: after ten failures over a day it pauses with its targets, and the first answer resumes all and is noted", async () => {
	await failing(25, 9);
	await trouble();
	expect((await view()).status).toBe("paused");
	expect((await getTarget(deps, person, targetId)).status).toBe("paused");
	await check();
	expect(await view()).toMatchObject({ status: "healthy", problem: null });
	expect((await getTarget(deps, person, targetId)).status).toBe("active");
	expect(await actions()).toContain("connection.recovered");
});

test("ACC-4: a check that is refused asks to reconnect, and says when it looked", async () => {
	const { connector } = provider;
	const refused: typeof connector = {
		...connector,
		identify: async () => ({ kind: "reconnect", reason: "connections/credential-refused", message: "Refused." }),
	};
	deps = { ...deps, connectors: new Map([["scripted", refused]]) };
	await check();
	expect(await view()).toMatchObject({ status: "revoked", problem: { action: "reconnect" }, nextAttemptAt: null });
	expect((await getTarget(deps, person, targetId)).status).toBe("paused");
});

test("ACC-4: of two workers one makes a check that is due", async () => {
	let asked = 0;
	const { connector } = provider;
	const counting: typeof connector = {
		...connector,
		identify: async (call) => {
			asked += 1;
			return await connector.identify(call);
		},
	};
	deps = { ...deps, connectors: new Map([["scripted", counting]]) };
	await db.database.asTenant(
		worker(),
		(sql) => sql`update sheaf.connections set next_check_at = now() where id = ${id}`,
	);
	const place = { workspaceId: person.workspaceId, connectionId: id };
	await Promise.all([checkConnection(deps, place), checkConnection(deps, place), checkConnection(deps, place)]);
	expect(asked).toBe(1);
});

test("ACC-4: an access that nothing renews says beforehand when it ends", async () => {
	await db.database.asTenant(
		worker(),
		(sql) => sql`
			update sheaf.connections set expires_at = now() + interval '3 days', last_success_at = null where id = ${id}`,
	);
	const ends = async () => (await getTarget(deps, person, targetId)).accessEndsAt;
	expect(await ends()).toBeNull();
	await check();
	expect(await view()).toMatchObject({ status: "expiring", expiresAt: expect.any(String) });
	expect(await ends()).toEqual(expect.any(String));
});

test("ACC-4: a target whose column is gone shows at its account until it is mended", async () => {
	const problem: RecordProblem = { code: "delivery/column-missing", message: "“Link” is gone.", action: "mend_target" };
	const set = (status: string, shown: RecordProblem | null) =>
		db.database.asTenant(
			worker(),
			(sql) => sql`
				update sheaf.targets set status = ${status}, problem = ${shown === null ? null : JSON.stringify(shown)}::text::jsonb
				where id = ${targetId}`,
		);
	await set("paused", problem);
	expect(await view()).toMatchObject({ status: "schema_changed", problem });
	await set("active", null);
	expect((await view()).status).toBe("healthy");
});
