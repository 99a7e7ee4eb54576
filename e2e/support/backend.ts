import { rmSync } from "node:fs";
import { type Checkpoints, openCheckpoints } from "./checkpoints.ts";
import { lastLines, type RunningProcess, startProcess } from "./child-process.ts";
import type { WorkerDatabase } from "./database.ts";
import { freePort } from "./free-port.ts";
import { inRepository, testResults } from "./paths.ts";
import { waitUntil } from "./wait-until.ts";

export type BackendOptions = {
	/** Names its log and its data directory. */
	name: string;
	database: WorkerDatabase;
	/** What the browser calls it: issuer, audience and base of the redirects. */
	publicUrl: string;
	airtableUrl: string;
	/** Told of every port the backend gets: a restarted one has a new one. */
	onPort(port: number): void;
	env?: Record<string, string>;
};

/** A real backend process on a database of its own, with fault points that tests can use. */
export type Backend = {
	/** Where it listens itself, past the proxy. */
	url(): string;
	pid(): number;
	isRunning(): boolean;
	checkpoints: Checkpoints;
	/** SIGKILL: nothing is flushed, nothing is answered. Resolves when the process is gone. */
	kill(): Promise<void>;
	/** Starts it again on the same database. Resolves when it answers. */
	start(): Promise<void>;
	/** Resolves when the process ended by itself, for example at a checkpoint that kills. */
	ended(): Promise<void>;
	stop(): Promise<void>;
	/** Everything it has logged. */
	logFile: string;
};

/** Random-looking and worthless: they open nothing but the throw-away database of a test. */
const testSecrets = {
	SHEAF_MASTER_KEYS: `test:${Buffer.alloc(32, "a master key of tests").toString("base64url")}`,
	SHEAF_LOG_KEY: "a log key of tests, thirty-two characters and more",
};

export async function startBackend(options: BackendOptions): Promise<Backend> {
	const dataDir = `${testResults}/data/${options.name}`;
	rmSync(dataDir, { recursive: true, force: true });
	const checkpoints = openCheckpoints(`${dataDir}/checkpoints`);
	let running: RunningProcess | null = null;
	let port = 0;
	const start = async () => {
		port = await freePort();
		running = startProcess({
			command: [inRepository("node_modules/.bin/bun"), "e2e/chaos/backend-with-checkpoints.ts"],
			logName: options.name,
			env: environment(options, { port, dataDir, checkpoints: checkpoints.folder }),
		});
		await untilReady(running, port);
		options.onPort(port);
	};
	const current = (): RunningProcess => {
		if (!running) throw new Error("The backend has not been started.");
		return running;
	};
	await start();
	return {
		url: () => `http://127.0.0.1:${port}`,
		pid: () => current().pid,
		isRunning: () => current().isRunning(),
		checkpoints,
		kill: async () => {
			current().signal("SIGKILL");
			await current().exited;
		},
		start,
		ended: async () => void (await current().exited),
		stop: () => current().stop(),
		logFile: current().logFile,
	};
}

type Place = { port: number; dataDir: string; checkpoints: string };

function environment(options: BackendOptions, place: Place): Record<string, string> {
	return {
		...testSecrets,
		NODE_ENV: "test",
		SHEAF_PORT: String(place.port),
		SHEAF_PUBLIC_URL: options.publicUrl,
		SHEAF_DATA_DIR: place.dataDir,
		SHEAF_DATABASE_KEY: options.database.databaseKey,
		SHEAF_PRACTICE_PORT: "off",
		SHEAF_BUILD_EXTENSION: "off",
		SHEAF_TEST_CHECKPOINTS: place.checkpoints,
		DATABASE_URL: options.database.url,
		AIRTABLE_API_URL: options.airtableUrl,
		AIRTABLE_CONTENT_URL: options.airtableUrl,
		// Receivers and servers of journeys are on this machine.
		SHEAF_ALLOWED_PRIVATE_HOSTS: "127.0.0.1",
		...options.env,
	};
}

async function untilReady(backend: RunningProcess, port: number): Promise<void> {
	await waitUntil(
		"the backend to be ready",
		async () => {
			if (!backend.isRunning()) return "ended";
			const reply = await fetch(`http://127.0.0.1:${port}/readyz`);
			return reply.ok;
		},
		{ timeoutMs: 30_000 },
	);
	if (!backend.isRunning()) throw new Error(`The backend ended at its start:\n${lastLines(backend.logFile)}`);
}
