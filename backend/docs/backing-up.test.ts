import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { ask, json, makePerson } from "../api/testing/test-person.ts";
import { type AirtableSimulator, startAirtableSimulator } from "../connectors/airtable/simulator.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { type Cluster, freePort } from "../embedded/cluster.ts";
import { startThrowAwayCluster } from "../embedded/throw-away.ts";
import { makeSaver } from "../start/test-crowd-load.ts";
import { brokenPromises, untilSettled } from "../start/test-crowd-promises.ts";
import type { Ground } from "../start/test-ground.ts";
import { type Settings, startProcess, startReady } from "../start/test-process.ts";
import { followPage, patienceMs } from "./test-page.ts";
import { findPostgresTools } from "./test-postgres-tools.ts";

let home: string;
let db: TestDatabase;
let elsewhere: Cluster;
let airtable: AirtableSimulator;
beforeAll(async () => {
	home = await mkdtemp(join(tmpdir(), "sheaf-backing-up-"));
	[db, elsewhere, airtable] = await Promise.all([
		createTestDatabase(),
		// Another server: none of Sheaf's roles is there.
		startThrowAwayCluster(),
		startAirtableSimulator(),
	]);
}, 60_000);
afterAll(async () => {
	await airtable.stop();
	await Promise.all([db.close(), elsewhere.stop()]);
	await rm(home, { recursive: true, force: true });
});

/** While Sheaf runs with these settings, where it is said to be. */
async function running<Result>(settings: Settings, work: () => Promise<Result>): Promise<Result> {
	const { SHEAF_PUBLIC_URL: said } = settings;
	const promised = said === undefined ? undefined : Number(new URL(said).port);
	const start = (port: number) => startProcess({ ...settings, SHEAF_PORT: String(port) });
	const { child } = await startReady(start, promised);
	try {
		return await work();
	} finally {
		child.kill("SIGTERM");
		await child.exited;
	}
}

/** Everybody saves at the one address, whichever database is behind it. */
async function twoDatabases() {
	const server = postgres(elsewhere.url("postgres"), { max: 1 });
	await server`create database restored`;
	await server.end();
	const url = `http://localhost:${await freePort()}`;
	const settings = {
		SHEAF_PUBLIC_URL: url,
		SHEAF_DATA_DIR: join(home, "secrets"),
		SHEAF_DATABASE_KEY: db.databaseKey,
		AIRTABLE_API_URL: airtable.url,
	};
	const at = (databaseUrl: string) => ({
		settings: { ...settings, DATABASE_URL: databaseUrl },
		ground: { url, apis: () => [url], admin: postgres(databaseUrl, { max: 1 }), airtable } satisfies Ground,
	});
	return { lost: at(db.url), restored: at(elsewhere.url("restored")) };
}

test(
	"J8: what the page's commands back up is there again: on its own server by copying, on another's by its tools, for the same people",
	async () => {
		const embedded = join(home, "embedded");
		await running({ SHEAF_DATA_DIR: embedded }, async () => undefined);
		const { lost, restored } = await twoDatabases();
		const saver = await running(lost.settings, async () => {
			const somebody = await makeSaver(lost.ground, 0);
			await somebody.save();
			await untilSettled(lost.ground, [somebody]);
			await followPage("backing-up.md", lost.ground.url, {
				PATH: await findPostgresTools(),
				SHEAF_DATA_DIR: embedded,
				OLD_DATABASE_URL: lost.settings.DATABASE_URL,
				NEW_DATABASE_URL: restored.settings.DATABASE_URL,
			});
			return somebody;
		});
		await running(restored.settings, async () => {
			// With the token, the account and the target from before, whose secrets were sealed before.
			await saver.save();
			await untilSettled(restored.ground, [saver]);
			expect(await brokenPromises(restored.ground, [saver])).toEqual([]);
			expect(saver.stored.size).toBeGreaterThan(10);
			const { access_token: stranger } = await (await makePerson(restored.ground.url)).tokens();
			expect(await json(await ask(`${restored.ground.url}/api/v1/records`, stranger))).toMatchObject({ records: [] });
		});
		await Promise.all([lost.ground.admin.end(), restored.ground.admin.end()]);
	},
	patienceMs,
);
