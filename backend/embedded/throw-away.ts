import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cluster, randomPassword, startCluster } from "./cluster.ts";
import { findServerUser, makeReachableDirectory } from "./server-user.ts";

/**
 * A cluster for tests and for reading the catalogue: in a temporary directory, without fsync, deleted when it is stopped or
 * when this process ends, however it ends.
 */
export async function startThrowAwayCluster(): Promise<Cluster> {
	const home = await makeReachableDirectory(await findServerUser(), tmpdir(), "sheaf-postgres-");
	return await startCluster({ directory: join(home, "data"), password: randomPassword(), deleteAfter: home });
}
