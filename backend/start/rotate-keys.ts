import { connectDatabase } from "../db/connect.ts";
import { loadFirstRunSecrets } from "../embedded/first-run-secrets.ts";
import { parseEnv, processSource, readStartSettings } from "../env.ts";
import { StartError } from "../errors.ts";
import { type Rotation, replaceKeys, rotateKeys } from "../identity/key-rotation.ts";
import { createLog } from "../telemetry/log.ts";
import { createVault } from "../vault/vault.ts";
import { findDatabaseBeside } from "./database-address.ts";
import { createStopList } from "./stop-list.ts";

/**
 * `npm run keys:rotate`: publishes a new key for access tokens, which signs an hour later; while Sheaf runs, or not. With `-- --stolen`
 * the old ones are forgotten at once.
 */
async function rotate(): Promise<void> {
	const source = processSource();
	const { production, dataDir } = readStartSettings(source);
	const firstRun = production ? null : await loadFirstRunSecrets(dataDir);
	const env = parseEnv(source, firstRun ?? {});
	const stopList = createStopList(createLog(env.logLevel));
	try {
		const { url } = await findDatabaseBeside(env, firstRun?.EMBEDDED_POSTGRES_PASSWORD ?? "", stopList);
		const { asIdentity, close } = connectDatabase({ databaseUrl: url, databaseKey: env.databaseKey });
		stopList.add("database", close);
		const store = { asIdentity, vault: createVault(env.masterKeys), now: Date.now };
		console.log(report(await (source.arguments.includes("--stolen") ? replaceKeys : rotateKeys)(store)));
	} finally {
		await stopList.stopAll();
	}
}

function report({ kind, kid, signsAt }: Rotation): string {
	const when = signsAt.toISOString();
	return kind === "rotated"
		? `The key ${kid} is published and signs from ${when}.`
		: `Nothing was changed: the key ${kid} is published already and signs from ${when}.`;
}

try {
	await rotate();
} catch (error) {
	if (!(error instanceof StartError)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
