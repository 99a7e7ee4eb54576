import { chmod, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { StartError } from "../errors.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { runningServerPort, waitForLeftoverServer } from "./leftover-server.ts";
import { canReach, findServerUser, makeReachableDirectory } from "./server-user.ts";

/** The database inside the embedded server that Sheaf lives in: the one every cluster begins with. */
export const embeddedDatabaseName = "postgres";

/**
 * The server of a data directory: made on the first run, found again later. The caller holds the directory's lock.
 *
 * @param password of the administrator, from the first-run secrets
 */
export async function startEmbeddedPostgres(dataDir: string, password: string): Promise<Cluster> {
	const directory = await clusterDirectory(dataDir);
	await waitForLeftoverServer(directory);
	return await startCluster({ directory, password });
}

/** The administrator's address of the server that a Sheaf now running on this data directory has started; null when none has. */
export async function findRunningEmbedded(dataDir: string, password: string): Promise<string | null> {
	const port = await runningServerPort(await clusterDirectory(dataDir));
	return port === null ? null : `postgres://postgres:${password}@127.0.0.1:${port}/${embeddedDatabaseName}`;
}

/**
 * `postgres/` in the data directory; or, when the server's account cannot get there, a directory elsewhere whose path is kept in
 * `postgres-is-at`.
 */
export async function clusterDirectory(dataDir: string): Promise<string> {
	const pointer = join(dataDir, "postgres-is-at");
	const elsewhere = (await readFile(pointer, "utf8").catch(() => "")).trim();
	if (elsewhere !== "" && (await stat(elsewhere).catch(() => null)) !== null) return elsewhere;
	const user = await findServerUser();
	const wanted = join(dataDir, "postgres");
	// Secrets have their own mode; the server's account must only be able to pass through.
	if (user.ids !== null) await chmod(dataDir, 0o711);
	if (await canReach(user, wanted)) return wanted;
	if ((await stat(join(wanted, "PG_VERSION")).catch(() => null)) !== null) {
		throw new StartError(
			`${wanted} holds the data, but PostgreSQL's account "postgres" may no longer pass through a folder above it: allow that (chmod o+x), or run Sheaf as another user than root.`,
		);
	}
	const made = join(await makeReachableDirectory(user, resolve(dataDir), "postgres-"), "data");
	await writeFile(`${pointer}.new`, `${made}\n`, { mode: 0o600 });
	await rename(`${pointer}.new`, pointer);
	return made;
}
