import { fileURLToPath } from "node:url";
import { runner } from "node-pg-migrate";
import postgres from "postgres";
import { ensureRoles, roleUrl } from "./roles.ts";

export type MigrationLog = (message: string) => void;

export type MigrateOptions = {
	/** Administrative address of the database. */
	databaseUrl: string;
	databaseKey: string;
	/** Brings the queue's own schema up to date; null when the queue lives in Redis. */
	migrateQueue?: ((queueUrl: string) => Promise<void>) | null;
	log?: MigrationLog;
};

/**
 * The version before is at work while a new one brings the database up to date: whoever comes to a table after a change that waits for
 * it waits behind that change. Shorter than PostgreSQL's `deadlock_timeout`, so that the change gives way and not somebody's request.
 */
const lockPatienceMs = 500;
/** Longer than a dump of a large database may hold on to its tables is nobody's start: the error then says what is in the way. */
const patienceMs = 300_000;

const migrationsDirectory = fileURLToPath(new URL("../../migrations", import.meta.url));

/**
 * Roles, then `migrations/*.sql` as `sheaf_owner`, then the queue's schema as `sheaf_queue`. Run at every start of every
 * process: the runner's advisory lock lets one through and the others find nothing left to do. Gives way to whoever is at work, and tries again.
 *
 * @throws the driver's error of the migration that failed; each is its own transaction, so those before it stay
 */
export async function migrate({ databaseUrl, databaseKey, migrateQueue, log }: MigrateOptions): Promise<void> {
	const admin = postgres(databaseUrl, { max: 1, onnotice: () => undefined, connect_timeout: 10 });
	try {
		await ensureRoles(admin, databaseKey);
	} finally {
		await admin.end();
	}
	await givingWay(() => runFiles(roleUrl(databaseUrl, databaseKey, "sheaf_owner"), log), log);
	await migrateQueue?.(roleUrl(databaseUrl, databaseKey, "sheaf_queue"));
}

async function runFiles(connectionString: string, log: MigrationLog | undefined): Promise<void> {
	await runner({
		databaseUrl: { connectionString, lock_timeout: lockPatienceMs },
		dir: migrationsDirectory,
		// Everything in that folder that is no migration. As a glob, a bracket in the path of a clone would find nothing.
		ignorePattern: "(?!\\d{4}_.*\\.sql$).*",
		direction: "up",
		// Apart from `sheaf`, so that the first migration can create that schema and no other role sees this table.
		migrationsSchema: "sheaf_migrations",
		createMigrationsSchema: true,
		migrationsTable: "applied",
		singleTransaction: false,
		advisoryLockMode: "wait",
		log: (message: string) => log?.(message),
	});
}

/** Lock not to be had in time; the one that PostgreSQL ended for others to go on. Each file is one transaction: nothing of it stays. */
const passing = new Set(["55P03", "40P01"]);

async function givingWay(work: () => Promise<void>, log: MigrationLog | undefined): Promise<void> {
	const deadline = Date.now() + patienceMs;
	for (;;) {
		try {
			return await work();
		} catch (error) {
			const code = error instanceof Error && "code" in error ? String(error.code) : "";
			if (!passing.has(code) || Date.now() > deadline) throw error;
			log?.(`somebody else is at work (${code}): once more`);
			await Bun.sleep(lockPatienceMs * Math.random());
		}
	}
}
