import { createMemoryStore } from "../../blobs/store/test-memory-store.ts";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { freePort } from "../../embedded/cluster.ts";
import { type EnvSource, parseEnv } from "../../env.ts";
import { createLive } from "../../live/live.ts";
import { createTestMailBox, type TestMailBox } from "../../mail/test-mail-box.ts";
import { createLog } from "../../telemetry/log.ts";
import { createVault } from "../../vault/vault.ts";
import { createApp } from "../app.ts";
import type { AppDeps } from "../app-deps.ts";

/** The real app on a real port and a real database, for tests that speak HTTP to it. */
export type TestBackend = {
	/** Where it listens and, unless said otherwise, its public address too. */
	url: string;
	testDatabase: TestDatabase;
	deps: AppDeps;
	/** The letters that it sent. */
	mailBox: TestMailBox;
	/** Moves the clock that every expiry is computed from. */
	passTime(seconds: number): void;
	close(): Promise<void>;
};

export type TestBackendOptions = {
	variables?: EnvSource["variables"];
	deps?: Partial<AppDeps>;
};

export async function startTestBackend({ variables = {}, deps = {} }: TestBackendOptions = {}): Promise<TestBackend> {
	const port = await freePort();
	const url = `http://localhost:${port}`;
	const testDatabase = await createTestDatabase();
	let passedMs = 0;
	const mailBox = createTestMailBox();
	const env = parseEnv({
		variables: { ...testVariables, SHEAF_PORT: String(port), DATABASE_URL: testDatabase.url, ...variables },
		arguments: [],
		workingDirectory: "/",
	});
	const clock = () => Date.now() + passedMs;
	const log = createLog("silent");
	const { url: databaseUrl, databaseKey, database } = testDatabase;
	const shapes = env.live.electric !== null;
	const { asTenant } = database;
	const live = createLive({ databaseUrl, databaseKey, asTenant, log, now: clock, ...env.live, shapes });
	const all: AppDeps = {
		env,
		database,
		vault: createVault(env.masterKeys),
		connectors: new Map(),
		http: async () => ({ kind: "unanswered", reason: "unreachable" }),
		blobStore: createMemoryStore(),
		ring: async () => undefined,
		live,
		log,
		mail: mailBox,
		clock,
		...deps,
	};
	const app = await createApp(all);
	app.listen({ port, hostname: "127.0.0.1" });
	return {
		url,
		testDatabase,
		deps: all,
		mailBox,
		passTime: (seconds) => {
			passedMs += seconds * 1_000;
		},
		close: async () => {
			await live.close();
			await app.stop(true);
			await testDatabase.close();
		},
	};
}

const testVariables = {
	SHEAF_DATABASE_KEY: "not used here: the test database has its own",
	SHEAF_LOG_KEY: "a log key of tests, which hides nobody",
	SHEAF_MASTER_KEYS: `test:${Buffer.alloc(32, 7).toString("base64url")}`,
};
