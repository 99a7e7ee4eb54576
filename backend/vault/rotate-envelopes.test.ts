import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import postgres from "postgres";
import { careOnce } from "../connections/care.ts";
import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { createConnection } from "../connections/create-connection.ts";
import { discoverTables } from "../connections/discover-tables.ts";
import { updateConnection } from "../connections/update-connection.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { createTestEngine } from "../sync/test-engine.ts";
import { rotateEnvelopes, sealedColumns } from "./rotate-envelopes.ts";
import { createVault, keyIdOf, type MasterKey } from "./vault.ts";

const oldKey: MasterKey = { kid: "2025", key: new Uint8Array(32).fill(1) };
const newKey: MasterKey = { kid: "2026", key: new Uint8Array(32).fill(2) };
const both = createVault([newKey, oldKey]);

let db: TestDatabase;
let deps: ConnectionDeps;
let people: Principal[];
let ids: string[];

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(async () => {
	await db.close();
});
beforeEach(async () => {
	const engine = createTestEngine(db);
	deps = { ...engine.deps, vault: createVault([oldKey]) };
	people = await Promise.all(Array.from({ length: 3 }, () => createTestTenant(db.database)));
	ids = [];
	for (const person of people) {
		const { id } = await createConnection(deps, person, { provider: "scripted", credential: { token: "good" } });
		ids.push(id);
	}
	const sealed = await deps.vault.seal({ key: "k" });
	const [first] = people;
	await db.database.asIdentity(async (sql) => {
		await sql`delete from sheaf.signing_keys`;
		await sql`insert into sheaf.signing_keys (kid, public_jwk, private_jwe) values ('a', '{}', ${sealed})`;
		await sql`
			insert into sheaf.user_accounts (user_id, provider, subject, grant_jwe)
			values (${first?.userId ?? ""}, 'google', ${crypto.randomUUID()}, ${await createVault([oldKey]).seal({ token: "t" })})`;
	});
});

const rotate = (onProgress: (table: string, moved: number) => void = () => undefined) =>
	rotateEnvelopes({ database: db.database, vault: both, kid: newKey.kid, onProgress });

/** The keys that whatever is stored is under. */
async function kids(): Promise<string[]> {
	const admin = postgres(db.url, { max: 1 });
	try {
		const all = [...sealedColumns.identity, ...sealedColumns.tenant];
		const rows = await Promise.all(
			all.map(
				({ table, column }) => admin<{ envelope: string }[]>`
				select ${admin(column)} as envelope from sheaf.${admin(table)} where ${admin(column)} is not null`,
			),
		);
		return [...new Set(rows.flat().map(({ envelope }) => keyIdOf(envelope)))].toSorted();
	} finally {
		await admin.end();
	}
}

test("ACC-2: everything sealed is moved under the new key, and then opens without the old one", async () => {
	expect(await kids()).toEqual(["2025"]);
	const moved = await rotate();
	expect(moved.get("connections")).toBeGreaterThanOrEqual(3);
	expect(await kids()).toEqual(["2026"]);
	const after = { ...deps, vault: createVault([newKey]) };
	for (const [index, person] of people.entries()) {
		expect(await discoverTables(after, person, ids[index] ?? "")).toHaveLength(2);
	}
	expect([...(await rotate()).values()].every((count) => count === 0)).toBe(true);
});

test("ACC-2: cut off in the middle and run again, it ends where it would have", async () => {
	const cut = rotate(() => {
		throw new Error("killed");
	});
	await expect(cut).rejects.toThrow("killed");
	expect(await kids()).toEqual(["2025", "2026"]);
	await rotate();
	expect(await kids()).toEqual(["2026"]);
});

test("ACC-2: reconnecting, checking and asking go on while it rotates, and lose nothing", async () => {
	const online = { ...deps, vault: both };
	const rotating = new AbortController();
	const load = people.map(async (person, index) => {
		const id = ids[index] ?? "";
		let rounds = 0;
		while (!rotating.signal.aborted || rounds < 3) {
			await updateConnection(online, person, { id, patch: { credential: { token: `good-${rounds}` } } });
			await discoverTables(online, person, id);
			await careOnce(online, new AbortController().signal);
			rounds += 1;
		}
		return rounds;
	});
	await rotate();
	rotating.abort();
	await Promise.all(load);
	await rotate();
	expect(await kids()).toEqual(["2026"]);
});

test("ACC-2: every column of the database that holds envelopes is on the list", async () => {
	const admin = postgres(db.url, { max: 1 });
	const columns = await admin<{ name: string }[]>`
		select table_name || '.' || column_name as name from information_schema.columns
		where table_schema = 'sheaf' and column_name like '%\\_jwe' order by 1`;
	await admin.end();
	const listed = [...sealedColumns.identity, ...sealedColumns.tenant].map(({ table, column }) => `${table}.${column}`);
	// A flow's destination is sealed under its browser's cookie, which no master key opens.
	expect(columns.map(({ name }) => name)).toEqual([...listed, "upstream_flows.destination_jwe"].toSorted());
});
