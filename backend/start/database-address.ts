import { join } from "node:path";
import postgres from "postgres";
import { isDatabaseUnavailable } from "../db/unavailable.ts";
import { lockDataDirectory } from "../embedded/data-lock.ts";
import { embeddedDatabaseName, findRunningEmbedded, startEmbeddedPostgres } from "../embedded/embedded-postgres.ts";
import type { Env } from "../env.ts";
import { StartError } from "../errors.ts";
import type { StopList } from "./stop-list.ts";

export type DatabaseAddress = {
	url: string;
	/** Resolves when the embedded server ends by itself; never for an outside one. */
	lost: Promise<void>;
};

const patienceMs = 5_000;
/** It writes everything to disk before it ends. */
const serverDeadlineMs = 30_000;

/** The outside server of `DATABASE_URL`, once it answers; or the embedded one, started under the data directory's lock. */
export async function findDatabase(env: Env, password: string, stopList: StopList): Promise<DatabaseAddress> {
	if (env.databaseUrl !== null) {
		await untilAnswering(env.databaseUrl);
		return { url: env.databaseUrl, lost: new Promise(() => undefined) };
	}
	const lock = await lockDataDirectory(env.dataDir);
	stopList.add("data directory lock", lock.release);
	const cluster = await startEmbeddedPostgres(env.dataDir, password);
	stopList.add("embedded PostgreSQL", cluster.stop, serverDeadlineMs);
	return { url: cluster.url(embeddedDatabaseName), lost: cluster.ended };
}

/** For commands that may run beside a Sheaf: the embedded server it has started, or else what `findDatabase` finds. */
export async function findDatabaseBeside(env: Env, password: string, stopList: StopList): Promise<{ url: string }> {
	const running = env.databaseUrl === null ? await findRunningEmbedded(env.dataDir, password) : null;
	return running === null ? await findDatabase(env, password, stopList) : { url: running };
}

/** A machine that starts everything at once may have the database a little later than us. */
async function untilAnswering(databaseUrl: string): Promise<void> {
	for (const deadline = Date.now() + patienceMs; ; ) {
		const admin = postgres(databaseUrl, { max: 1, connect_timeout: 3, onnotice: () => undefined });
		try {
			await admin`select 1`;
			return;
		} catch (error) {
			if (!isDatabaseUnavailable(error)) throw new StartError(refusalOf(databaseUrl, error));
			if (Date.now() > deadline) throw new StartError(`${refusalOf(databaseUrl, error)} Is it running?`);
		} finally {
			await admin.end({ timeout: 1 });
		}
		await Bun.sleep(250);
	}
}

/** Names the place and the driver's code, never the password. */
function refusalOf(databaseUrl: string, error: unknown): string {
	const { host, pathname } = new URL(databaseUrl);
	const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
	return `PostgreSQL at ${join(host, pathname)}, named by DATABASE_URL, could not be used${code}.`;
}
