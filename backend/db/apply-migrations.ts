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

const migrationsDirectory = fileURLToPath(new URL("../../migrations", import.meta.url));

/**
 * Roles, then `migrations/*.sql` as `sheaf_owner`, then the queue's schema as `sheaf_queue`. Run at every start of every
 * process: the runner's advisory lock lets one through and the others find nothing left to do.
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
	await runner({
		databaseUrl: roleUrl(databaseUrl, databaseKey, "sheaf_owner"),
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
	await migrateQueue?.(roleUrl(databaseUrl, databaseKey, "sheaf_queue"));
}
