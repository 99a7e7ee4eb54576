import type { Logger } from "pino";
import { createApp } from "./api/app.ts";
import { createGuardedDial } from "./connectors/dial.ts";
import { createGuardedHttp } from "./connectors/http.ts";
import { placeOf } from "./connectors/own-places.ts";
import { createRegistry, type RegistrySettings } from "./connectors/registry.ts";
import { migrate } from "./db/apply-migrations.ts";
import { connectDatabase, type Database } from "./db/connect.ts";
import { loadFirstRunSecrets } from "./embedded/first-run-secrets.ts";
import { type Env, operatorOrigins, parseEnv, processSource, readStartSettings } from "./env.ts";
import { StartError } from "./errors.ts";
import { createPostgresLimits } from "./identity/limits/postgres-store.ts";
import type { RateLimitStore } from "./identity/limits/rate-limit-store.ts";
import { openRedisLimits } from "./identity/limits/redis-store.ts";
import { withFallback } from "./identity/limits/with-fallback.ts";
import { migrateQueue, openQueueStore } from "./jobs/queue.ts";
import { openJobs } from "./jobs/registry.ts";
import type { Mail } from "./mail/mail.ts";
import { createPrintedMail } from "./mail/printed-mail.ts";
import { createSmtpMail } from "./mail/smtp-mail.ts";
import { buildExtension } from "./start/build-extension.ts";
import { findDatabase } from "./start/database-address.ts";
import { listen, refuseTakenPort } from "./start/listen.ts";
import { startPracticeBase } from "./start/practice-base.ts";
import { createStopList, type StopList } from "./start/stop-list.ts";
import { type Stopping, stopOnSignals } from "./start/stop-on-signals.ts";
import { welcome } from "./start/welcome.ts";
import { createLog } from "./telemetry/log.ts";
import { seldom } from "./telemetry/seldom.ts";
import { createVault } from "./vault/vault.ts";

/** Rows under way are given back; a request to a provider may take a while to end. */
const workersDeadlineMs = 10_000;

/**
 * The composition root: settings, database, queue, API and workers, each handed to the next. `--role api` leaves out the workers,
 * `--role worker` the API. Imported by the tests' own entry too, so it starts when it is loaded.
 */
async function start(): Promise<void> {
	const source = processSource();
	const { production, dataDir } = readStartSettings(source);
	const firstRun = production ? null : await loadFirstRunSecrets(dataDir);
	const env = parseEnv(source, firstRun ?? {});
	const log = createLog(env.logLevel);
	const stopList = createStopList(log);
	const stopping = stopOnSignals(stopList, log);
	try {
		await compose({ env, log, stopList, stopping, password: firstRun?.EMBEDDED_POSTGRES_PASSWORD ?? "" });
	} catch (error) {
		await stopping.withdraw();
		throw error;
	}
}

type Parts = { env: Env; log: Logger; stopList: StopList; stopping: Stopping; password: string };

async function compose(parts: Parts): Promise<void> {
	const { env, log, stopList, stopping } = parts;
	const serves = env.role !== "worker";
	if (serves) await refuseTakenPort(env.port);
	const practice = serves && env.practiceUrl !== null ? startPractice(env.practiceUrl, parts) : Promise.resolve();
	// Its failure is reported below, after the database, which is the slower of the two.
	practice.catch(() => undefined);
	const { databaseUrl } = await openDatabase(parts);
	const { databaseKey, redisUrl } = env;
	const database = connectDatabase({
		databaseUrl,
		databaseKey,
		onServiceReason: (reason) => log.debug({ reason }, "across tenants"),
	});
	stopList.add("database", database.close);
	const store = openQueueStore({
		databaseUrl,
		databaseKey,
		redisUrl,
		onError: seldom((error, unsaid) => log.warn({ err: error, unsaid }, "the queue's connection failed")),
	});
	stopList.add("queue store", store.close);
	const vault = createVault(env.masterKeys);
	const connectors = createRegistry(registrySettings(env));
	stopList.add("connectors", async () => {
		for (const connector of connectors.values()) connector.close?.();
	});
	const { allowedPrivateHosts } = env;
	const http = createGuardedHttp({ allowedOrigins: operatorOrigins(env), allowedPrivateHosts });
	const forbiddenPlaces = [databaseUrl, ...(redisUrl === null ? [] : [redisUrl])].map(placeOf);
	const dial = createGuardedDial({ allowedPrivateHosts, forbiddenPlaces });
	const jobs = openJobs(store, { database, vault, connectors, http, dial, log, noticesUrl: env.noticesUrl });
	stopList.add("queues", jobs.close);
	await practice;
	if (serves) {
		const [mail, limits] = [openMail(parts), openLimits(parts, database)];
		const { ring, queues } = jobs;
		const tellOperator = (text: string) => console.log(text);
		const shared = { env, database, vault, connectors, http, dial, log };
		const app = await createApp({ ...shared, ring, mail, limits, queues, tellOperator });
		stopList.add("API", listen(app, env.port));
	}
	if (env.role !== "api") stopList.add("workers", jobs.work(), workersDeadlineMs);
	log.info({ role: env.role, port: serves ? env.port : undefined, queue: store.kind }, "started");
	if (env.buildsExtension && serves) await greet(env, stopping.signal);
}

/** Everything runs already; only the words wait for the build. */
async function greet(env: Env, stopping: AbortSignal): Promise<void> {
	console.log(`\nSheaf is running at ${env.publicUrl}; the extension is being built …`);
	const build = await buildExtension(env.publicUrl, stopping);
	if (!stopping.aborted) console.log(welcome(env, build));
}

async function openDatabase({ env, log, stopList, stopping, password }: Parts): Promise<{ databaseUrl: string }> {
	const { url, lost } = await findDatabase(env, password, stopList);
	void lost.then(() => stopping.giveUp("the embedded PostgreSQL ended by itself"));
	await migrate({
		databaseUrl: url,
		databaseKey: env.databaseKey,
		migrateQueue: env.redisUrl === null ? migrateQueue : null,
		log: (message) => log.debug({ step: message }, "migrations"),
	});
	return { databaseUrl: url };
}

function openMail({ env, log, stopList }: Parts): Mail {
	const { mail: smtp } = env.identity;
	const mail = smtp === null ? createPrintedMail((text) => console.log(text)) : createSmtpMail({ ...smtp, log });
	stopList.add("mail", async () => mail.close());
	return mail;
}

/** Tries are counted where the queue is. */
function openLimits({ env, log, stopList }: Parts, { asIdentity }: Database): RateLimitStore {
	const inPostgres = createPostgresLimits(asIdentity);
	if (env.redisUrl === null) return inPostgres;
	const told = seldom((error, unsaid) => log.warn({ err: error, unsaid }, "the rate limits' connection failed"));
	const inRedis = openRedisLimits(env.redisUrl, told);
	stopList.add("rate limits", async () => inRedis.close());
	return withFallback(inRedis, inPostgres);
}

async function startPractice(url: string, { env, stopList }: Parts): Promise<void> {
	const practice = await startPracticeBase({ url, dataDir: env.dataDir });
	stopList.add("practice base", practice.stop);
}

function registrySettings({ providers, practiceUrl }: Env): RegistrySettings {
	return { ...providers, practice: practiceUrl === null ? null : { url: practiceUrl } };
}

try {
	await start();
} catch (error) {
	// Set for a defect too: everything was stopped by then, and the process would end as if all went well.
	process.exitCode = 1;
	if (!(error instanceof StartError)) throw error;
	console.error(error.message);
}
