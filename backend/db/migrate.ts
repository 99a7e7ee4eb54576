import { loadFirstRunSecrets } from "../embedded/first-run-secrets.ts";
import { parseEnv, processSource, readStartSettings } from "../env.ts";
import { StartError } from "../errors.ts";
import { migrateQueue } from "../jobs/queue.ts";
import { findDatabase } from "../start/database-address.ts";
import { createStopList } from "../start/stop-list.ts";
import { createLog } from "../telemetry/log.ts";
import { migrate } from "./apply-migrations.ts";

/** `npm run migrate`: what every start does first, on its own; for deployments that migrate before they replace processes. */
async function migrateOnly(): Promise<void> {
	const source = processSource();
	const { production, dataDir } = readStartSettings(source);
	const firstRun = production ? null : await loadFirstRunSecrets(dataDir);
	const env = parseEnv(source, firstRun ?? {});
	const stopList = createStopList(createLog(env.logLevel));
	try {
		const { url } = await findDatabase(env, firstRun?.EMBEDDED_POSTGRES_PASSWORD ?? "", stopList);
		await migrate({ databaseUrl: url, databaseKey: env.databaseKey, migrateQueue, log: console.log });
	} finally {
		await stopList.stopAll();
	}
}

try {
	await migrateOnly();
} catch (error) {
	if (!(error instanceof StartError)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
