import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres, { type Sql } from "postgres";
import { TestProvider } from "../connections/oauth/test-provider.ts";
import { getConnection } from "../connections/read-connections.ts";
import { insertConnection } from "../connections/store-connection.ts";
import { storedCredential } from "../connections/stored-credential.ts";
import { createGuardedHttp } from "../connectors/http.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestEngine, type TestEngine } from "../sync/test-engine.ts";
import { createTarget } from "../targets/create-target.ts";
import { createVault, keyIdOf, type MasterKey } from "../vault/vault.ts";

/**
 * `npm run vault:rotate` as a process of its own beside people whose records are delivered and whose accesses are renewed all the time.
 * Their provider ends the old pair at once when it gives a new one, so that a pair that got lost would end the account.
 */
const commandFile = fileURLToPath(new URL("./rotate-vault.ts", import.meta.url));
const oldKey: MasterKey = { kid: "2025", key: new Uint8Array(32).fill(1) };
const newKey: MasterKey = { kid: "2026", key: new Uint8Array(32).fill(2) };
const masterKeys = [newKey, oldKey].map(({ kid, key }) => `${kid}:${Buffer.from(key).toString("base64url")}`).join(",");

type Account = { person: Principal; connectionId: string; targetId: string; written: string[] };

let dataDir: string;
let db: TestDatabase;
let admin: Sql;
let provider: TestProvider;
let engine: TestEngine;
let accounts: Account[];

beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), "sheaf-vault-"));
	db = await createTestDatabase();
	admin = postgres(db.url, { max: 2 });
	provider = new TestProvider();
	await provider.server.listen();
	engine = createTestEngine(db, provider.scripted);
	const guarded = createGuardedHttp({ allowedOrigins: [provider.server.url] });
	const scripted = engine.deps.http;
	const connector = provider.connector();
	Object.assign(engine.deps, {
		connectors: new Map([["scripted", connector]]),
		http: (request: Parameters<typeof scripted>[0]) =>
			request.url.startsWith(provider.server.url) ? guarded(request) : scripted(request),
	});
	accounts = await Promise.all(Array.from({ length: 12 }, (_, index) => connect(index)));
}, 60_000);
afterAll(async () => {
	await provider.server.close();
	await admin.end();
	await db.close();
	await rm(dataDir, { recursive: true, force: true });
});

async function connect(index: number): Promise<Account> {
	const person = await createTestTenant(db.database);
	const connectionId = crypto.randomUUID();
	const account = `person ${index}`;
	const tokens = { token: `first-${index}`, refreshToken: `first-refresh-${index}`, expiresIn: 3_600 };
	const { token, refreshToken } = tokens;
	provider.access.set(token, account);
	provider.refresh.set(refreshToken, { account, token });
	await insertConnection({ database: db.database }, person, {
		id: connectionId,
		name: undefined,
		account: {
			connector: provider.connector(),
			way: "oauth",
			identity: { accountId: account, label: account, scopes: [], missingScopes: [] },
			credential: await storedCredential(createVault([oldKey]), { token, refreshToken }, tokens),
			settings: {},
		},
	});
	useKeys(oldKey);
	const { id: targetId } = await createTarget(engine.deps, person, {
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
	return { person, connectionId, targetId, written: [] };
}

/** What every process would be started with. */
function useKeys(...keys: MasterKey[]): void {
	Object.assign(engine.deps, { vault: createVault(keys) });
}

/** A record is captured, the access runs out, and the record is delivered with a new one. */
async function work({ person, connectionId, targetId, written }: Account): Promise<void> {
	const put = testPut({ targetId });
	put.record.fields["url"] = { type: "url", value: `https://example.test/${put.record.id}` };
	await engine.write(person, [put]);
	written.push(put.record.id);
	await admin`update sheaf.connections set refresh_at = now(), refresh_lease_until = null where id = ${connectionId}`;
	await engine.deliver(person, `${connectionId}/base1`);
}

async function kids(): Promise<string[]> {
	const rows = await admin<{ envelope: string }[]>`select credential_jwe as envelope from sheaf.connections`;
	return [...new Set(rows.map(({ envelope }) => keyIdOf(envelope)))].toSorted();
}

const startRotation = () =>
	Bun.spawn([process.execPath, commandFile], {
		env: {
			NODE_ENV: "test",
			DATABASE_URL: db.url,
			SHEAF_DATABASE_KEY: db.databaseKey,
			SHEAF_MASTER_KEYS: masterKeys,
			SHEAF_LOG_KEY: "a log key of tests, thirty-two letters",
			SHEAF_DATA_DIR: dataDir,
		},
		stdout: "pipe",
		stderr: "pipe",
	});

/** Kills the rotation in the middle of the workspaces: where somebody holds a row that it wants to write. */
async function killInTheMiddle(): Promise<void> {
	const inOrder = await admin<{ id: string }[]>`
		select c.id from sheaf.connections c order by c.workspace_id offset ${accounts.length / 2}`;
	const held = inOrder.map(({ id }) => id);
	await admin.begin(async (sql) => {
		await sql`select from sheaf.connections where id = any(${held}::uuid[]) for update`;
		const rotation = startRotation();
		const waiting = () => admin`
			select from pg_stat_activity where wait_event_type = 'Lock' and query like '%jsonb_to_recordset%' and datname = current_database()`;
		while ((await waiting()).length === 0 && rotation.exitCode === null) await Bun.sleep(5);
		rotation.kill("SIGKILL");
		await rotation.exited;
	});
}

test("ACC-2: everything is moved under load, killed in the middle and resumed; then the old key goes and nothing is lost", async () => {
	for (const account of accounts) await work(account);
	expect(await kids()).toEqual(["2025"]);
	useKeys(newKey, oldKey);
	await killInTheMiddle();
	expect(await kids()).toEqual(["2025", "2026"]);

	const over = new AbortController();
	const load = accounts.map(async (account) => {
		do await work(account);
		while (!over.signal.aborted);
	});
	const resumed = startRotation();
	const said = await new Response(resumed.stdout).text();
	expect(await resumed.exited).toBe(0);
	over.abort();
	await Promise.all(load);
	expect(said).toContain("2026");

	expect(await kids()).toEqual(["2026"]);
	useKeys(newKey);
	for (const account of accounts) await work(account);
	for (const { person, connectionId, written } of accounts) {
		expect(await getConnection(engine.deps, person, connectionId)).toMatchObject({ status: "healthy", problem: null });
		for (const id of written) expect(await engine.record(person, id)).toMatchObject({ status: "delivered" });
	}
	const all = accounts.flatMap(({ written }) => written);
	expect(all.length).toBeGreaterThanOrEqual(accounts.length * 3);
	// One row each, and one renewal at least for each record: none was delivered with an access that had run out.
	expect(provider.scripted.rows().size).toBe(all.length);
	expect(provider.refreshes).toBeGreaterThanOrEqual(all.length);
}, 60_000);
