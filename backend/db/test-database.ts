import postgres, { type Sql } from "postgres";
import type { Cluster } from "../embedded/cluster.ts";
import { startThrowAwayCluster } from "../embedded/throw-away.ts";
import { migrate } from "./apply-migrations.ts";
import { connectDatabase, type Database, type DatabaseSettings } from "./connect.ts";

/** A migrated database of its own for one test file. */
export type TestDatabase = {
	database: Database;
	/** The administrator's address, to look at everything past row-level security or to start a backend on it. */
	url: string;
	/** What the passwords of the roles were derived from: the SHEAF_DATABASE_KEY of a backend started on `url`. */
	databaseKey: string;
	/** Closes the pools and drops the database. The server ends with the process. */
	close(): Promise<void>;
};

/** Roles belong to the whole server, so all databases of the test server share this key. */
const databaseKey = "a database key of tests, which opens nothing that lasts";
const templateName = "sheaf_template";

type TestServer = { cluster: Cluster; admin: Sql };

let server: Promise<TestServer> | undefined;
let databasesMade = 0;

/**
 * One server per process, started by the first call, with one migrated template; each call copies it (about 30 ms).
 * The server is deleted when the process ends, also when it is killed.
 */
export async function createTestDatabase(
	settings: Pick<DatabaseSettings, "poolSizes" | "onServiceReason"> = {},
): Promise<TestDatabase> {
	server ??= startServer();
	const { cluster, admin } = await server;
	databasesMade += 1;
	const name = `sheaf_test_${databasesMade}`;
	await admin.unsafe(`create database ${name} template ${templateName}`);
	const url = cluster.url(name);
	const database = connectDatabase({ databaseUrl: url, databaseKey, ...settings });
	return {
		database,
		url,
		databaseKey,
		close: async () => {
			await database.close();
			await admin.unsafe(`drop database ${name} with (force)`);
		},
	};
}

async function startServer(): Promise<TestServer> {
	const cluster = await startThrowAwayCluster();
	const admin = postgres(cluster.url("postgres"), { max: 1, onnotice: () => undefined });
	await admin.unsafe(`create database ${templateName}`);
	await migrate({ databaseUrl: cluster.url(templateName), databaseKey });
	return { cluster, admin };
}
