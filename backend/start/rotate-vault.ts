import { connectDatabase } from "../db/connect.ts";
import { loadFirstRunSecrets } from "../embedded/first-run-secrets.ts";
import { parseEnv, processSource, readStartSettings } from "../env.ts";
import { StartError } from "../errors.ts";
import { createLog } from "../telemetry/log.ts";
import { rotateEnvelopes } from "../vault/rotate-envelopes.ts";
import { createVault, VaultError } from "../vault/vault.ts";
import { findDatabaseBeside } from "./database-address.ts";
import { createStopList } from "./stop-list.ts";

/**
 * `npm run vault:rotate`: moves every sealed secret under the first key of `SHEAF_MASTER_KEYS`, while Sheaf runs, or not. Before it,
 * every process has to know the new key, and to have it first; after it, the old one can be dropped (`vault/README.md`).
 */
async function rotate(): Promise<void> {
	const source = processSource();
	const { production, dataDir } = readStartSettings(source);
	const firstRun = production ? null : await loadFirstRunSecrets(dataDir);
	const env = parseEnv(source, firstRun ?? {});
	const [sealing] = env.masterKeys;
	if (sealing === undefined) throw new StartError("SHEAF_MASTER_KEYS names no key.");
	const stopList = createStopList(createLog(env.logLevel));
	try {
		const { url } = await findDatabaseBeside(env, firstRun?.EMBEDDED_POSTGRES_PASSWORD ?? "", stopList);
		const database = connectDatabase({ databaseUrl: url, databaseKey: env.databaseKey });
		stopList.add("database", database.close);
		const moved = await rotateEnvelopes({
			database,
			vault: createVault(env.masterKeys),
			kid: sealing.kid,
			onProgress: (table, count) => console.log(`${table}: ${count} moved under ${sealing.kid}`),
		});
		const sum = [...moved.values()].reduce((total, count) => total + count, 0);
		console.log(sum === 0 ? `Everything is under ${sealing.kid}.` : `${sum} secrets are under ${sealing.kid} now.`);
		console.log("When every process seals with it, the other keys can be taken out of SHEAF_MASTER_KEYS.");
	} finally {
		await stopList.stopAll();
	}
}

try {
	await rotate();
} catch (error) {
	if (!(error instanceof StartError) && !(error instanceof VaultError)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
