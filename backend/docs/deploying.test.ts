import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { type AirtableSimulator, startAirtableSimulator } from "../connectors/airtable/simulator.ts";
import { type Cluster, freePort } from "../embedded/cluster.ts";
import { startThrowAwayCluster } from "../embedded/throw-away.ts";
import { startTestRedis, type TestRedis } from "../jobs/test-redis.ts";
import { makeSaver, type Saver } from "../start/test-crowd-load.ts";
import { waiting } from "../start/test-crowd-play.ts";
import { brokenPromises, untilSettled } from "../start/test-crowd-promises.ts";
import { type EarlierVersion, earlierVersion } from "../start/test-earlier-version.ts";
import type { Ground } from "../start/test-ground.ts";
import { isReady, startProcess, type TestProcess, until } from "../start/test-process.ts";
import { followPage, patienceMs, readPage } from "./test-page.ts";
import { startTestProxy, type TestProxy } from "./test-proxy.ts";

/** An API process and a worker of one version. */
type Version = { api: number; worker: number; children: TestProcess[] };

/** One for each address: the old version's, the new one's and the proxy's. */
const people = [0, 1, 2];
let home: string;
let cluster: Cluster;
let redis: TestRedis;
let airtable: AirtableSimulator;
let proxy: TestProxy;
let admin: Sql;
let earlier: EarlierVersion;
/** Where people sign in, and the old version's API. */
let publicUrl: string;
let site: string;
const addresses: string[] = [];
const started: TestProcess[] = [];

beforeAll(async () => {
	home = await mkdtemp(join(tmpdir(), "sheaf-deploying-"));
	[cluster, redis, airtable, proxy, earlier] = await Promise.all([
		// Its roles are this database's alone, and nothing of today's schema is there.
		startThrowAwayCluster(),
		startTestRedis(),
		startAirtableSimulator(),
		startTestProxy(join(home, "proxy")),
		earlierVersion(join(home, "earlier")),
	]);
	admin = postgres(cluster.url("postgres"), { max: 2 });
	publicUrl = `http://localhost:${await freePort()}`;
	site = `127.0.0.1:${await freePort()}`;
}, 60_000);
afterAll(async () => {
	for (const child of started) child.kill("SIGKILL");
	await Promise.all([...started.map(({ exited }) => exited), proxy.stop(), airtable.stop(), redis.close()]);
	await admin.end();
	await cluster.stop();
	await rm(home, { recursive: true, force: true });
});

async function startVersion(apiPort: number, mainFile?: string): Promise<Version> {
	const worker = await freePort();
	const settings = {
		DATABASE_URL: cluster.url("postgres"),
		REDIS_URL: redis.url,
		SHEAF_DATABASE_KEY: "a database key of this test alone, which opens nothing",
		SHEAF_DATA_DIR: join(home, "secrets"),
		SHEAF_PUBLIC_URL: publicUrl,
		AIRTABLE_API_URL: airtable.url,
	};
	const children = [
		startProcess({ ...settings, SHEAF_PORT: String(apiPort) }, ["--role", "api"], mainFile),
		startProcess({ ...settings, SHEAF_WORKER_PORT: String(worker) }, ["--role", "worker"], mainFile),
	];
	started.push(...children);
	await until(async () => {
		const ended = children.find(({ exitCode }) => exitCode !== null);
		if (ended !== undefined)
			throw new Error((await new Response(ended.stderr).text()) + (await new Response(ended.stdout).text()));
		return (await Promise.all([apiPort, worker].map(isReady))).every((ready) => ready);
	});
	return { api: apiPort, worker, children };
}

/** How many batches this version took, and how many records it brought to their destination. */
async function workOf({ api, worker }: Version): Promise<number[]> {
	const figure = async (port: number, name: string) => {
		const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
		const line = text.split("\n").find((one) => one.startsWith(name));
		return Number(line?.split(" ").at(-1) ?? 0);
	};
	const delivered = 'sheaf_deliveries_total{outcome="delivered"}';
	return await Promise.all([figure(api, "sheaf_flush_seconds_count"), figure(worker, delivered)]);
}

/** Until both halves of a version have done something since. */
async function worksOn(version: Version): Promise<void> {
	const before = await workOf(version);
	await until(async () => (await workOf(version)).every((count, index) => count > (before[index] ?? 0)));
}

async function migrations(): Promise<number> {
	const [row] = await admin<{ applied: number }[]>`select count(*)::integer as applied from sheaf_migrations.applied`;
	return row?.applied ?? 0;
}

/** Saves until it is told to end, once nothing waits any more: a lane that is empty is taken up by whichever worker is free. */
function keepSaving(saver: Saver): () => Promise<void> {
	const over = new AbortController();
	const saving = (async () => {
		while (!over.signal.aborted) {
			await until(async () => over.signal.aborted || (await waiting(groundOf(0), saver)) === 0);
			await saver.save();
		}
	})();
	return async () => {
		over.abort();
		await saving;
	};
}

/** Each person has an address of their own, and the others for when nobody answers there. */
function groundOf(person: number): Ground {
	const apis = () => addresses.map((_, index) => addresses[(person + index) % addresses.length] ?? publicUrl);
	return { url: publicUrl, apis, admin, airtable };
}

test(
	"J8, I1–I8: by the page's commands a new version takes over from the one before it, in steps and under load: nobody is refused and nothing lost",
	async () => {
		const old = await startVersion(Number(new URL(publicUrl).port), earlier.mainFile);
		const schemaBefore = await migrations();
		addresses.push(publicUrl);
		const savers = await Promise.all(people.map((person) => makeSaver(groundOf(person), person)));
		const stops = savers.map((saver) => keepSaving(saver));
		await worksOn(old);

		// Its migrations run while the old one works, and both go on.
		const fresh = await startVersion(await freePort());
		if (earlier.isOlder) expect(await migrations()).toBeGreaterThan(schemaBefore);
		addresses.push(`http://localhost:${fresh.api}`, `http://${site}`);
		await Promise.all([worksOn(old), worksOn(fresh)]);

		await followPage("deploying.md", publicUrl, {
			PATH: proxy.path,
			NGINX: proxy.sites,
			OLD: `127.0.0.1:${old.api}`,
			NEW: `127.0.0.1:${fresh.api}`,
			SITE: site,
			OLD_PIDS: old.children.map(({ pid }) => pid).join(" "),
		});
		expect(await Promise.all(old.children.map(({ exited }) => exited))).toEqual([0, 0]);
		await worksOn(fresh);
		await Promise.all(stops.map((stop) => stop()));
		await untilSettled(groundOf(0), savers);
		expect(await brokenPromises(groundOf(0), savers)).toEqual([]);
	},
	patienceMs,
);

test("OBS-2: the alerts that the page names are shipped", async () => {
	const alerts = await Bun.file(new URL("../telemetry/alerts.yml", import.meta.url)).text();
	const named = [...(await readPage("deploying.md")).matchAll(/`(Sheaf[A-Z]\w+)`/g)].map(([, name = ""]) => name);
	expect(named.length).toBeGreaterThan(3);
	expect(named.filter((name) => !alerts.includes(`alert: ${name}\n`))).toEqual([]);
});
