import { afterAll, beforeAll, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import type { Cluster } from "../embedded/cluster.ts";
import { startThrowAwayCluster } from "../embedded/throw-away.ts";
import { migrateQueue } from "../jobs/queue.ts";
import { migrate } from "./apply-migrations.ts";
import { connectDatabase } from "./connect.ts";

/** A server where nobody has made the roles yet; they belong to the whole server, so the shared one will not do. */
let cluster: Cluster;
let superuser: Sql;
beforeAll(async () => {
	cluster = await startThrowAwayCluster();
	superuser = postgres(cluster.url("postgres"), { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
	await superuser.end();
	await cluster.stop();
});

const databaseKey = "a database key of this test alone, which opens nothing";

test("an administrator who is no superuser can set everything up, as on a managed server", async () => {
	await superuser`create role manager login createrole password 'manager'`;
	await superuser`create database managed owner manager`;
	const url = new URL(cluster.url("managed"));
	[url.username, url.password] = ["manager", "manager"];
	await migrate({ databaseUrl: url.href, databaseKey, migrateQueue });
	await migrate({ databaseUrl: url.href, databaseKey, migrateQueue });
	const database = connectDatabase({ databaseUrl: url.href, databaseKey });
	await database.ping();
	await database.close();
	const [{ memberships } = { memberships: -1 }] = await superuser<{ memberships: number }[]>`
		select count(*)::int as memberships from pg_auth_members where member::regrole::text like 'sheaf\\_%'`;
	expect(memberships).toBe(0);
});

test("many processes that start at once on a fresh database all find it migrated", async () => {
	await superuser`create database crowded`;
	const databaseUrl = cluster.url("crowded");
	await Promise.all(Array.from({ length: 5 }, () => migrate({ databaseUrl, databaseKey, migrateQueue })));
	const crowded = postgres(databaseUrl, { max: 1 });
	const applied = await crowded<{ name: string }[]>`select name from sheaf_migrations.applied order by name`;
	await crowded.end();
	expect(applied.length).toBeGreaterThan(2);
	expect(new Set(applied.map(({ name }) => name)).size).toBe(applied.length);
});

test("a role that someone gave more than it may have stops the start", async () => {
	await superuser`create database guarded`;
	const databaseUrl = cluster.url("guarded");
	await migrate({ databaseUrl, databaseKey });
	await superuser`alter role sheaf_api bypassrls`;
	try {
		await expect(migrate({ databaseUrl, databaseKey })).rejects.toThrow(/sheaf_api/);
	} finally {
		await superuser`alter role sheaf_api nobypassrls`;
	}
});

test("J8: a change that has to wait for somebody's transaction gives way, so that nobody waits behind it, and is made later", async () => {
	await superuser`create database busy`;
	const databaseUrl = cluster.url("busy");
	await migrate({ databaseUrl, databaseKey });
	const somebody = postgres(databaseUrl, { max: 1 });
	const gaveWay = Promise.withResolvers<string>();
	let migrated: Promise<void> | undefined;
	await somebody.begin(async (sql) => {
		await sql`lock table sheaf_migrations.applied in access exclusive mode`;
		const log = (message: string) => {
			if (message.includes("once more")) gaveWay.resolve(message);
		};
		migrated = migrate({ databaseUrl, databaseKey, log });
		expect(await gaveWay.promise).toContain("55P03");
	});
	await migrated;
	await somebody.end();
});
