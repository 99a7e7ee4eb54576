import pg from "pg";
import { readServerAddress } from "./server-address.ts";

/** A database of its own on the run's PostgreSQL, seen with the administrator's eyes. */
export type WorkerDatabase = {
	url: string;
	databaseKey: string;
	/** Runs one statement past row-level security, to look or to prepare. */
	query<Row extends pg.QueryResultRow>(statement: string, values?: unknown[]): Promise<Row[]>;
	/** The same server under another login, for example as the API's role. */
	urlAs(user: string, password: string): string;
	drop(): Promise<void>;
};

const template = "sheaf_template";

export async function createDatabase(name: string): Promise<WorkerDatabase> {
	const { url: serverUrl, databaseKey } = readServerAddress();
	await onServer(serverUrl, `drop database if exists ${name} with (force)`);
	await onServer(serverUrl, `create database ${name} template ${template}`);
	const url = new URL(serverUrl);
	url.pathname = `/${name}`;
	const pool = new pg.Pool({ connectionString: url.href, max: 2 });
	// Dropping the database ends idle connections; that is no test's failure.
	pool.on("error", () => undefined);
	return {
		url: url.href,
		databaseKey,
		query: async <Row extends pg.QueryResultRow>(statement: string, values: unknown[] = []) =>
			(await pool.query<Row>(statement, values)).rows,
		urlAs: (user, password) => {
			const other = new URL(url.href);
			other.username = user;
			other.password = password;
			return other.href;
		},
		drop: async () => {
			await pool.end();
			await onServer(serverUrl, `drop database if exists ${name} with (force)`);
		},
	};
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
	const url = new URL(serverUrl);
	url.pathname = "/postgres";
	const client = new pg.Client({ connectionString: url.href });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}
