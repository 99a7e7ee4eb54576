import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import postgres from "postgres";
import { queueSchema, roleUrl } from "../db/roles.ts";
import { createTestDatabase } from "../db/test-database.ts";
import { freePort } from "../embedded/cluster.ts";
import { commandLine } from "../embedded/process-identity.ts";
import { startTestRedis } from "../jobs/test-redis.ts";
import { isReady, type Settings, startProcess, startReady, type TestProcess, until } from "./test-process.ts";

let dataDir: string;
let started: TestProcess[] = [];
beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), "sheaf-start-"));
});
afterEach(async () => {
	for (const child of started) child.kill("SIGKILL");
	await Promise.all(started.map((child) => child.exited));
	started = [];
});
afterAll(async () => {
	const pid = await serverPid();
	if (pid !== null) await until(async () => !(await commandLine(pid)).includes(dataDir));
	await rm(dataDir, { recursive: true, force: true });
});

function start(settings: Settings, args: string[] = []) {
	const child = startProcess({ SHEAF_DATA_DIR: dataDir, ...settings }, args);
	started.push(child);
	return child;
}

const startHere = () => startReady((port) => start({ SHEAF_PORT: String(port) }));

/** Where the embedded server's files are: elsewhere when the data directory is closed to its account. */
async function serverPid(): Promise<number | null> {
	const elsewhere = await readFile(join(dataDir, "postgres-is-at"), "utf8").catch(() => join(dataDir, "postgres"));
	const lock = await readFile(join(elsewhere.trim(), "postmaster.pid"), "utf8").catch(() => "");
	return lock === "" ? null : Number(lock.split("\n")[0]);
}

/** What a start that cannot go on says, and how it ends. */
async function refusal(settings: Settings, args: string[] = []) {
	const child = start(settings, args);
	const exitCode = await child.exited;
	return { exitCode, said: (await new Response(child.stderr).text()).trim() };
}

describe("a start with nothing installed", () => {
	test("it becomes ready, and SIGINT stops everything with it", async () => {
		const { child, port } = await startHere();
		const pid = await serverPid();
		expect(pid).not.toBeNull();
		child.kill("SIGINT");
		expect(await child.exited).toBe(0);
		expect(await commandLine(pid ?? 0)).toBe("");
		expect(await isReady(port)).toBe(false);
	}, 30_000);

	test("after SIGKILL no server is left for long, and the next start copes with what is", async () => {
		const first = await startHere();
		const pid = (await serverPid()) ?? 0;
		first.child.kill("SIGKILL");
		await first.child.exited;
		const second = await startHere();
		expect(await serverPid()).not.toBe(pid);
		expect(await commandLine(pid)).toBe("");
		second.child.kill("SIGTERM");
		expect(await second.child.exited).toBe(0);
	}, 30_000);

	test("a second one on the same data directory gets a sentence", async () => {
		const first = await startHere();
		const { exitCode, said } = await refusal({ SHEAF_PORT: String(await freePort()) });
		expect(exitCode).toBe(1);
		expect(said).toMatch(/^Sheaf is already running on .* set SHEAF_DATA_DIR to another folder\.$/);
		expect(await isReady(first.port)).toBe(true);
	}, 30_000);

	test("a taken port gets a sentence", async () => {
		const taken = createServer();
		const port = await freePort();
		await new Promise<void>((resolve) => taken.listen(port, "127.0.0.1", resolve));
		const { exitCode, said } = await refusal({ SHEAF_PORT: String(port) });
		taken.close();
		expect(exitCode).toBe(1);
		expect(said).toBe(`Port ${port} is taken: stop what listens there, or set SHEAF_PORT to a free one.`);
	}, 30_000);

	test("in production it is refused with everything that is missing", async () => {
		const { exitCode, said } = await refusal({ NODE_ENV: "production" });
		expect(exitCode).toBe(1);
		for (const name of ["DATABASE_URL", "SHEAF_DATABASE_KEY", "SHEAF_MASTER_KEYS", "SHEAF_LOG_KEY"]) {
			expect(said).toContain(`${name} is missing`);
		}
		expect(said).not.toContain(" at ");
	}, 30_000);
});

describe("a start on an outside PostgreSQL", () => {
	test("--role splits the API from the workers, and both run the migrations under their lock", async () => {
		const outside = await createTestDatabase();
		const admin = postgres(outside.url, { max: 1 });
		const settings = { DATABASE_URL: outside.url, SHEAF_DATABASE_KEY: outside.databaseKey };
		const port = await freePort();
		const worker = start({ ...settings, SHEAF_PORT: String(await freePort()) }, ["--role", "worker"]);
		const api = start({ ...settings, SHEAF_PORT: String(port) }, ["--role", "api"]);
		await until(async () => api.exitCode !== null || (await isReady(port)));
		const listens = async () => {
			const rows = await admin`
				select from pg_stat_activity where datname = current_database() and application_name = 'deliver-lane'`;
			return rows.length === 1;
		};
		await until(async () => worker.exitCode !== null || (await listens()));
		expect([api.exitCode, worker.exitCode]).toEqual([null, null]);
		for (const child of [api, worker]) child.kill("SIGTERM");
		expect(await Promise.all([api.exited, worker.exited])).toEqual([0, 0]);
		await admin.end();
		await outside.close();
	}, 30_000);

	test.each([{ DATABASE_URL: "nonsense" }, { REDIS_URL: "http://127.0.0.1" }, { SHEAF_DATA_DIR: "/proc/sheaf" }])(
		"%p gets a sentence and not a stack",
		async (settings: Settings) => {
			const { exitCode, said } = await refusal({ SHEAF_PORT: String(await freePort()), ...settings });
			expect(exitCode).toBe(1);
			expect(said).toContain(Object.values(settings)[0] === "/proc/sheaf" ? "SHEAF_DATA_DIR" : "must be an address");
			expect(said).not.toContain("    at ");
		},
		30_000,
	);

	test("SYNC-1: with REDIS_URL the queue lives there, and PostgreSQL gets no table of it", async () => {
		const [outside, redis] = await Promise.all([createTestDatabase(), startTestRedis()]);
		const settings = { DATABASE_URL: outside.url, SHEAF_DATABASE_KEY: outside.databaseKey, REDIS_URL: redis.url };
		const { child } = await startReady((port) => start({ ...settings, SHEAF_PORT: String(port) }));
		const client = new Redis(redis.url);
		await until(async () => (await client.exists("bull:deliver-lane:meta")) === 1);
		const admin = postgres(outside.url, { max: 1 });
		expect(await admin`select from pg_tables where schemaname = ${queueSchema}`).toHaveLength(0);
		child.kill("SIGTERM");
		expect(await child.exited).toBe(0);
		client.disconnect();
		await admin.end();
		await Promise.all([outside.close(), redis.close()]);
	}, 30_000);

	test("I6: when PostgreSQL cuts every connection, the process stays and answers again; the worker listens again", async () => {
		const outside = await createTestDatabase();
		const settings = { DATABASE_URL: outside.url, SHEAF_DATABASE_KEY: outside.databaseKey };
		const { child, port } = await startReady((free) => start({ ...settings, SHEAF_PORT: String(free) }));
		const admin = postgres(outside.url, { max: 1 });
		const listener = async () => {
			const [row] = await admin<{ pid: number }[]>`
				select pid from pg_stat_activity where datname = current_database() and application_name = 'deliver-lane'`;
			return row?.pid ?? null;
		};
		await until(async () => (await listener()) !== null);
		const before = await listener();
		await admin`
			select pg_terminate_backend(pid) from pg_stat_activity
			where datname = current_database() and pid <> pg_backend_pid()`;
		await until(async () => (await isReady(port)) && ![null, before].includes(await listener()));
		expect(child.exitCode).toBeNull();
		child.kill("SIGTERM");
		expect(await child.exited).toBe(0);
		await admin.end();
		await outside.close();
	}, 30_000);

	test("a migration that fails ends the process with 1: whoever started it must not take it for a clean stop", async () => {
		const outside = await createTestDatabase();
		const admin = postgres(outside.url, { max: 1 });
		// Now the first migration meets what it is to make.
		await admin`drop table sheaf_migrations.applied`;
		await admin.end();
		const settings = { DATABASE_URL: outside.url, SHEAF_DATABASE_KEY: outside.databaseKey };
		expect((await refusal({ ...settings, SHEAF_PORT: String(await freePort()) })).exitCode).toBe(1);
		await outside.close();
	}, 30_000);

	test("an account that may not make roles gets a sentence", async () => {
		const outside = await createTestDatabase();
		const DATABASE_URL = roleUrl(outside.url, outside.databaseKey, "sheaf_api");
		const { exitCode, said } = await refusal({ DATABASE_URL, SHEAF_PORT: String(await freePort()) });
		expect(exitCode).toBe(1);
		expect(said).toMatch(/^The account in DATABASE_URL may not create roles/);
		await outside.close();
	}, 30_000);

	test("an address nobody answers at is named, without its password", async () => {
		const { exitCode, said } = await refusal({
			DATABASE_URL: "postgres://someone:secret-word@127.0.0.1:1/sheaf",
			SHEAF_PORT: String(await freePort()),
		});
		expect(exitCode).toBe(1);
		expect(said).toMatch(/^PostgreSQL at 127\.0\.0\.1:1\/sheaf, named by DATABASE_URL, could not be used/);
		expect(said).not.toContain("secret-word");
	}, 30_000);
});
