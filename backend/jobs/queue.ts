import { createPostgresBackend, type Job, Queue, runMigrations, setDefaultBackendFactory, Worker } from "bullmq";
import { Redis } from "ioredis";
import pg from "pg";
import { queueSchema, roleUrl } from "../db/roles.ts";

/** Where jobs wait. */
export type QueueStore = {
	kind: "postgres" | "redis";
	openQueue(name: string): Queue;
	/** Starts at once. The signal is aborted when the worker is asked to stop. */
	openWorker(options: WorkerSettings): Worker;
	/** Closes the connections, after the queues and workers were closed. */
	close(): Promise<void>;
};

export type WorkerSettings = {
	name: string;
	/** Jobs at the same time in this process. */
	concurrency: number;
	run(job: Job): Promise<void>;
};

export type QueueStoreSettings = {
	databaseUrl: string;
	databaseKey: string;
	/** Null keeps the queue in PostgreSQL. */
	redisUrl: string | null;
	/** Connection errors: BullMQ reconnects by itself, so they are told and nothing else. */
	onError(error: Error): void;
};

/**
 * BullMQ's defaults break promise I6: after SIGKILL a job would wait 60 s, and a second SIGKILL would fail it for good. With these
 * it runs again within 10 to 11 s, as often as it takes.
 */
const recovery = {
	lockDuration: 10_000,
	stalledInterval: 5_000,
	maxStalledCount: 25,
	// How long a worker rests after its connection failed; 15 s by default, and a restart of PostgreSQL takes less.
	runRetryDelay: 1_000,
};

/** A job is no record of anything: few are kept, for the operators' dashboard. */
const retention = {
	removeOnComplete: { age: 3_600, count: 500 },
	removeOnFail: { age: 86_400, count: 1_000 },
};

export function openQueueStore(settings: QueueStoreSettings): QueueStore {
	return settings.redisUrl === null ? openPostgresStore(settings) : openRedisStore(settings.redisUrl, settings.onError);
}

/** Part of the migration step: as the owner of the queue's schema, under BullMQ's own lock. */
export async function migrateQueue(queueUrl: string): Promise<void> {
	const client = new pg.Client({ connectionString: queueUrl });
	await client.connect();
	try {
		await runMigrations(client, queueSchema);
	} finally {
		await client.end();
	}
}

/** One pool for every queue and worker. Each worker holds one of its connections to LISTEN. */
function openPostgresStore({ databaseUrl, databaseKey, onError }: QueueStoreSettings): QueueStore {
	const pool = new pg.Pool({
		connectionString: roleUrl(databaseUrl, databaseKey, "sheaf_queue"),
		options: `-c search_path=${queueSchema}`,
		max: 10,
		keepAlive: true,
		connectionTimeoutMillis: 5_000,
	});
	// Every queue and worker listens to it: as many as there are jobs, which is no leak.
	pool.setMaxListeners(0);
	pool.on("error", onError);
	const ended = whenConnectionsEnded(pool, onError);
	return storeOn({ kind: "postgres", queue: pool, worker: pool, onError }, async () => {
		await pool.end();
		await ended();
	});
}

/**
 * `pool.end()` resolves when it has told its connections to close, not when they have. A server that stops in that moment ends
 * this process with an error nobody listens for any more; so the pool's word that each is gone is waited for.
 */
function whenConnectionsEnded(pool: pg.Pool, onError: (error: Error) => void): () => Promise<void> {
	const open = new Set<pg.PoolClient>();
	const gone = Promise.withResolvers<void>();
	pool.on("connect", (client) => {
		open.add(client);
		client.on("error", onError);
	});
	pool.on("remove", (client) => {
		open.delete(client);
		if (pool.ending && open.size === 0) gone.resolve();
	});
	return async () => {
		if (open.size > 0) await gone.promise;
	};
}

/** Two connections: a ring must fail at once when Redis is away (the sweep repairs it), a worker must wait for it. */
function openRedisStore(url: string, onError: (error: Error) => void): QueueStore {
	const ringing = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: true, commandTimeout: 2_000 });
	const working = new Redis(url, { maxRetriesPerRequest: null });
	for (const connection of [ringing, working]) connection.on("error", onError);
	return storeOn({ kind: "redis", queue: ringing, worker: working, onError }, async () => {
		ringing.disconnect();
		working.disconnect();
	});
}

type Connections = {
	kind: QueueStore["kind"];
	queue: pg.Pool | Redis;
	worker: pg.Pool | Redis;
	onError(error: Error): void;
};

function storeOn({ kind, queue, worker, onError }: Connections, close: () => Promise<void>): QueueStore {
	// Global to BullMQ, so it is set before each construction: a test has stores of both kinds.
	const chooseBackend = () => setDefaultBackendFactory(kind === "postgres" ? createPostgresBackend : undefined);
	return {
		kind,
		openQueue: (name) => {
			chooseBackend();
			const opened = new Queue(name, { connection: forBullmq(queue), defaultJobOptions: retention });
			opened.on("error", onError);
			return opened;
		},
		openWorker: ({ name, concurrency, run }) => {
			chooseBackend();
			const opened = new Worker(name, run, { connection: forBullmq(worker), concurrency, ...recovery, ...retention });
			opened.on("error", onError);
			return opened;
		},
		close,
	};
}

/** The constructors are typed for Redis whatever backend is set, so the pool has to be passed off as one. */
function forBullmq(connection: pg.Pool | Redis): Redis {
	return connection as Redis;
}
