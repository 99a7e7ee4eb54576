import type { Logger } from "pino";
import { createApp } from "./api/app.ts";
import type { ReadingDeps } from "./api/metrics/readings.ts";
import { filesIn } from "./blobs/open-files.ts";
import { openBlobStore } from "./blobs/store/open-store.ts";
import { createGuardedDial } from "./connectors/dial.ts";
import { createGuardedHttp } from "./connectors/http.ts";
import { placeOf } from "./connectors/own-places.ts";
import { createRegistry, type RegistrySettings } from "./connectors/registry.ts";
import { migrate } from "./db/apply-migrations.ts";
import { connectDatabase, type Database } from "./db/connect.ts";
import { type DiagnosticSink, diagnosticSignal } from "./diagnostics/diagnostic-logs.ts";
import { loadFirstRunSecrets } from "./embedded/first-run-secrets.ts";
import { type Env, operatorOrigins, parseEnv, processSource, readStartSettings } from "./env.ts";
import { StartError } from "./errors.ts";
import { createPostgresLimits } from "./identity/limits/postgres-store.ts";
import type { RateLimitStore } from "./identity/limits/rate-limit-store.ts";
import { openRedisLimits } from "./identity/limits/redis-store.ts";
import { withFallback } from "./identity/limits/with-fallback.ts";
import { migrateQueue, openQueueStore, type QueueStore } from "./jobs/queue.ts";
import { openJobs } from "./jobs/registry.ts";
import { createLive, type Live } from "./live/live.ts";
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
import { serveWorker } from "./start/worker-server.ts";
import { alsoToStdout, createLog } from "./telemetry/log.ts";
import { openLogFiles } from "./telemetry/log-files.ts";
import { metrics } from "./telemetry/metrics.ts";
import { createOtlpQueue } from "./telemetry/otlp-queue.ts";
import { spanSignal } from "./telemetry/otlp-spans.ts";
import { seldom } from "./telemetry/seldom.ts";
import { collectSpans } from "./telemetry/tracing.ts";
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
	const { log, closeLog } = openLog(env);
	const stopList = createStopList(log);
	const stopping = stopOnSignals(stopList, log);
	try {
		stopList.add("log files", closeLog);
		await compose({ env, log, stopList, stopping, password: firstRun?.EMBEDDED_POSTGRES_PASSWORD ?? "" });
	} catch (error) {
		await stopping.withdraw();
		throw error;
	}
}

/** To stdout, and to files where a directory for them is set. */
function openLog({ logLevel, operating }: Env): { log: Logger; closeLog: () => Promise<void> } {
	const { logFiles } = operating;
	if (logFiles === null) return { log: createLog(logLevel), closeLog: async () => undefined };
	const files = openLogFiles(logFiles);
	return { log: createLog(logLevel, alsoToStdout(files)), closeLog: async () => files.close() };
}

type Parts = { env: Env; log: Logger; stopList: StopList; stopping: Stopping; password: string };

async function compose(parts: Parts): Promise<void> {
	const { env, log, stopList, stopping } = parts;
	const serves = env.role !== "worker";
	if (serves) await refuseTakenPort(env.port, env.operating.host);
	const practice = serves && env.practiceUrl !== null ? startPractice(env.practiceUrl, parts) : Promise.resolve();
	// Its failure is reported below, after the database, which is the slower of the two.
	practice.catch(() => undefined);
	const diagnostics = openCollector(parts);
	const { databaseUrl } = await openDatabase(parts);
	const { database, store } = openStores(parts, databaseUrl);
	const doors = openDoors(parts, databaseUrl);
	const blobStore = openBlobStore(env.blobs.store);
	const files = filesIn({ database, blobStore, log });
	const blobs = { ...env.blobs, blobStore };
	const { noticesUrl } = env;
	const jobs = openJobs(store, { ...doors, database, files, blobStore, log, noticesUrl, blobs });
	stopList.add("queues", jobs.close);
	await practice;
	if (serves) {
		const [mail, limits] = [openMail(parts), openLimits(parts, database)];
		const { ring, queues } = jobs;
		const tellOperator = (text: string) => console.log(text);
		const live = openLive(parts, databaseUrl, database);
		const shared = { ...doors, env, database, log, live, blobStore };
		const app = await createApp({ ...shared, ring, mail, limits, queues, tellOperator, diagnostics });
		stopList.add("API", listen(app, { port: env.port, host: env.operating.host }));
		// Before the API, which waits for the answers that are under way.
		stopList.add("live streams", live.close);
	}
	if (!serves) serveFigures(parts, { database, queues: jobs.queues });
	if (env.role !== "api") stopList.add("workers", jobs.work(), workersDeadlineMs);
	log.info({ role: env.role, port: serves ? env.port : undefined, queue: store.kind }, "started");
	if (env.buildsExtension && serves) await greet(env, stopping.signal);
}

/** The database, and where the queue is kept. */
function openStores({ env, log, stopList }: Parts, databaseUrl: string): { database: Database; store: QueueStore } {
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
	return { database, store };
}

/** What leads to the outside world, and what it is opened with. */
function openDoors({ env, stopList }: Parts, databaseUrl: string) {
	const { allowedPrivateHosts, redisUrl } = env;
	const connectors = createRegistry(registrySettings(env));
	stopList.add("connectors", async () => {
		for (const connector of connectors.values()) connector.close?.();
	});
	const forbiddenPlaces = [databaseUrl, ...(redisUrl === null ? [] : [redisUrl])].map(placeOf);
	return {
		vault: createVault(env.masterKeys),
		connectors,
		http: createGuardedHttp({ allowedOrigins: operatorOrigins(env), allowedPrivateHosts }),
		dial: createGuardedDial({ allowedPrivateHosts, forbiddenPlaces }),
	};
}

function openLive({ env, log }: Parts, databaseUrl: string, { asTenant }: Database): Live {
	const onCount = (streams: number) => metrics.set("sheaf_live_streams", {}, streams);
	const { databaseKey, live } = env;
	return createLive({
		databaseUrl,
		databaseKey,
		asTenant,
		log,
		maxStreams: live.maxStreams,
		shapes: live.electric !== null,
		onCount,
	});
}

/** A worker by itself answers nothing else. */
function serveFigures({ env, stopList }: Parts, deps: ReadingDeps): void {
	const { host, workerPort: port } = env.operating;
	if (port !== null) stopList.add("worker's figures", serveWorker(deps, { host, port }));
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

/** The collector is the operator's own choice, and this way out is for it alone. */
function openCollector({ env, log, stopList }: Parts): DiagnosticSink {
	const { traces } = env.operating;
	if (traces === null) return () => undefined;
	const told = seldom((error, unsaid) => log.warn({ reason: error.message, unsaid }, "the collector took nothing"));
	const http = createGuardedHttp({ allowedOrigins: [traces.url] });
	const collector = { ...traces, http, onError: (reason: string) => told(new Error(reason)) };
	const [spans, logs] = [createOtlpQueue(collector, spanSignal), createOtlpQueue(collector, diagnosticSignal)];
	const stop = collectSpans(spans.push, traces.ratio);
	stopList.add("collector", async () => {
		stop();
		await Promise.all([spans.close(), logs.close()]);
	});
	return logs.push;
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
