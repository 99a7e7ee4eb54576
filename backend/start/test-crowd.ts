import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { type AirtableSimulator, startAirtableSimulator } from "../connectors/airtable/simulator.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { freePort } from "../embedded/cluster.ts";
import { startTestRedis, type TestRedis } from "../jobs/test-redis.ts";
import { isReady, type Settings, startProcess, type TestProcess, until } from "./test-process.ts";

export type CrowdRole = "api" | "worker";

/** One place in the crowd, which is filled again when its process is killed. */
type Place = { role: CrowdRole; port: number; child: TestProcess };

/**
 * Two API processes and two workers on one PostgreSQL and one Redis, as `npm start -- --role api` and `--role worker` start
 * them (J8), with Airtable's simulator at the other end.
 */
export class Crowd {
	readonly admin: Sql;
	readonly airtable: AirtableSimulator;
	readonly #db: TestDatabase;
	readonly #redis: TestRedis;
	readonly #dataDir: string;
	readonly #places: Place[] = [];
	readonly #turns: Record<CrowdRole, number> = { api: 0, worker: 0 };
	#publicUrl = "";

	private constructor(parts: { db: TestDatabase; redis: TestRedis; airtable: AirtableSimulator; dataDir: string }) {
		this.#db = parts.db;
		this.#redis = parts.redis;
		this.airtable = parts.airtable;
		this.#dataDir = parts.dataDir;
		this.admin = postgres(parts.db.url, { max: 2 });
	}

	static async start(): Promise<Crowd> {
		const dataDir = await mkdtemp(join(tmpdir(), "sheaf-crowd-"));
		const [db, redis, airtable] = await Promise.all([createTestDatabase(), startTestRedis(), startAirtableSimulator()]);
		const crowd = new Crowd({ db, redis, airtable, dataDir });
		const ports = await Promise.all(Array.from({ length: 4 }, freePort));
		crowd.#publicUrl = `http://localhost:${ports[0]}`;
		for (const [index, port] of ports.entries()) {
			const role = index < 2 ? "api" : "worker";
			crowd.#places.push({ role, port, child: crowd.#spawn(role, port) });
		}
		await crowd.whole();
		return crowd;
	}

	/** Where people sign in, and the issuer of their tokens, whichever process they show them to. */
	get url(): string {
		return this.#publicUrl;
	}

	/** The API processes' addresses. */
	apis(): string[] {
		return this.#places.flatMap(({ role, port }) => (role === "api" ? [`http://localhost:${port}`] : []));
	}

	/** Everybody is there and ready. */
	async whole(): Promise<void> {
		await until(async () => {
			for (const { role, port, child } of this.#places) {
				if (child.exitCode !== null)
					throw new Error(`${role} ${port} ended: ${await new Response(child.stderr).text()}`);
			}
			return (await Promise.all(this.#places.map(({ port }) => isReady(port)))).every((ready) => ready);
		});
	}

	/** Kills one process of a role, each in its turn, with no time to say goodbye, and starts another in its place. */
	async kill(role: CrowdRole): Promise<void> {
		const ofRole = this.#places.filter((place) => place.role === role);
		const place = ofRole[this.#turns[role] % ofRole.length];
		this.#turns[role] += 1;
		if (place === undefined) throw new Error("There is nobody to kill.");
		place.child.kill("SIGKILL");
		await place.child.exited;
		place.child = this.#spawn(role, place.port);
	}

	/** A worker's or an API process's figures. */
	async figures(role: CrowdRole): Promise<string[]> {
		const ofRole = this.#places.filter((place) => place.role === role);
		return await Promise.all(
			ofRole.map(async ({ port }) => await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
		);
	}

	#spawn(role: CrowdRole, port: number): TestProcess {
		const settings: Settings = {
			DATABASE_URL: this.#db.url,
			REDIS_URL: this.#redis.url,
			SHEAF_DATABASE_KEY: this.#db.databaseKey,
			SHEAF_DATA_DIR: this.#dataDir,
			SHEAF_PUBLIC_URL: this.#publicUrl,
			SHEAF_LOG_LEVEL: "warn",
			AIRTABLE_API_URL: this.airtable.url,
			[role === "api" ? "SHEAF_PORT" : "SHEAF_WORKER_PORT"]: String(port),
		};
		return startProcess(settings, ["--role", role]);
	}

	async close(): Promise<void> {
		for (const { child } of this.#places) child.kill("SIGKILL");
		await Promise.all(this.#places.map(({ child }) => child.exited));
		await this.airtable.stop();
		await this.admin.end();
		await Promise.all([this.#db.close(), this.#redis.close()]);
		await rm(this.#dataDir, { recursive: true, force: true });
	}
}
