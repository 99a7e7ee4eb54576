import { createGuardedHttp } from "../connectors/http.ts";
import { createRegistry } from "../connectors/registry.ts";
import { loadFirstRunSecrets } from "../embedded/first-run-secrets.ts";
import { type Env, operatorOrigins, parseEnv, processSource, readStartSettings } from "../env.ts";
import { StartError } from "../errors.ts";
import { migrateQueue } from "../jobs/queue.ts";
import { findDatabaseBeside } from "../start/database-address.ts";
import { createStopList } from "../start/stop-list.ts";
import { createLog } from "../telemetry/log.ts";
import { createVault } from "../vault/vault.ts";
import { migrate } from "./apply-migrations.ts";
import { connectDatabase } from "./connect.ts";
import { demoPerson, type SeedDeps, seedDemo } from "./seed-demo.ts";

/**
 * `npm run seed`: fills a demo workspace, on `DATABASE_URL`, on the embedded server of a Sheaf that runs, or on one started for the
 * purpose. A second run adds nothing.
 */
async function seed(): Promise<void> {
	const source = processSource();
	const { production, dataDir } = readStartSettings(source);
	if (production) throw new StartError("The demo's password is known to everyone: it is not seeded in production.");
	const firstRun = await loadFirstRunSecrets(dataDir);
	const env = parseEnv(source, firstRun);
	const stopList = createStopList(createLog(env.logLevel));
	try {
		const { url: databaseUrl } = await findDatabaseBeside(env, firstRun.EMBEDDED_POSTGRES_PASSWORD, stopList);
		await migrate({ databaseUrl, databaseKey: env.databaseKey, migrateQueue });
		const database = connectDatabase({ databaseUrl, databaseKey: env.databaseKey });
		stopList.add("database", database.close);
		console.log(report(await seedDemo({ ...outside(env), database })));
	} finally {
		await stopList.stopAll();
	}
}

function outside(env: Env): Omit<SeedDeps, "database"> {
	const practice = env.practiceUrl === null ? null : { url: env.practiceUrl };
	return {
		vault: createVault(env.masterKeys),
		practice: createRegistry({ ...env.providers, practice }).get("practice") ?? null,
		http: createGuardedHttp({ allowedOrigins: operatorOrigins(env) }),
	};
}

function report({ records, practice }: Awaited<ReturnType<typeof seedDemo>>): string {
	return [
		`Sign in as ${demoPerson.email} with the password ${demoPerson.password}`,
		records === 0 ? "The demo workspace was there already." : `${records} records, one or more in every state.`,
		...(practice ? [] : ["The practice base does not run, so there is no connection: start Sheaf and seed again."]),
	].join("\n");
}

try {
	await seed();
} catch (error) {
	if (!(error instanceof StartError)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
