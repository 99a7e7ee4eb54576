import type { Connector, GuardedHttp, HttpRequest } from "../../backend/connectors/connector.ts";
import { createGuardedHttp } from "../../backend/connectors/http.ts";
import type { ConnectorRegistry } from "../../backend/connectors/registry.ts";
import type { TableField } from "../../backend/contract/connections.ts";
import { migrate } from "../../backend/db/apply-migrations.ts";
import type { Principal } from "../../backend/db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../../backend/db/test-database.ts";
import { createTestTenant } from "../../backend/db/test-tenant.ts";
import { migrateQueue, openQueueStore } from "../../backend/jobs/queue.ts";
import { openJobs } from "../../backend/jobs/registry.ts";
import { laneText } from "../../backend/targets/lane.ts";
import type { TestTarget } from "../../backend/targets/test-target.ts";
import { createLog } from "../../backend/telemetry/log.ts";
import { createVault } from "../../backend/vault/vault.ts";

/** A provider's stand-in with one table, and the connector in front of it. */
export type BenchProvider = {
	connector: Connector;
	url: string;
	credential: Readonly<Record<string, string>>;
	table: { containerId: string; tableId: string };
	/** The columns, by id, that a record's address (the match key) and title go to. */
	columns: { url: string; title: string };
	stop(): Promise<void>;
};

/** A request that left for a provider, and how it was answered. */
export type SentRequest = { at: number; origin: string; request: HttpRequest; status: number | null };

/** The engine with its queue and its sweep as a worker process has them, on a database of its own. */
export type BenchEngine = {
	db: TestDatabase;
	principal: Principal;
	/** In the order they left. */
	sent: SentRequest[];
	ring(lane: { workspaceId: string; lane: string }): Promise<void>;
	connectors: ConnectorRegistry;
	/** A target of the provider's table, over a connection of its own unless one is named. */
	addTarget(
		provider: BenchProvider,
		place?: { connectionId?: string; table?: BenchProvider["table"] },
	): Promise<TestTarget>;
	/** Starts delivering. */
	start(): void;
};

export async function withEngine<Result>(
	providers: readonly BenchProvider[],
	work: (engine: BenchEngine) => Promise<Result>,
): Promise<Result> {
	const db = await createTestDatabase();
	const { url: databaseUrl, databaseKey, database } = db;
	await migrate({ databaseUrl, databaseKey, migrateQueue });
	const log = createLog("silent");
	const store = openQueueStore({ databaseUrl, databaseKey, redisUrl: null, onError: () => undefined });
	const vault = createVault([{ kid: "bench", key: new Uint8Array(32) }]);
	const sent: SentRequest[] = [];
	const http = noting(sent, createGuardedHttp({ allowedOrigins: providers.map(({ url }) => url) }));
	const connectors = new Map(providers.map(({ connector }) => [connector.manifest.id, connector]));
	const jobs = openJobs(store, { database, vault, connectors, http, log });
	const principal = await createTestTenant(database);
	let stop: () => Promise<void> = async () => undefined;
	try {
		return await work({
			db,
			principal,
			sent,
			ring: jobs.ring,
			connectors,
			addTarget: async (provider, place = {}) => {
				const credentialJwe = await vault.seal(provider.credential);
				return await addTarget({ db, principal, http }, { provider, credentialJwe, ...place });
			},
			start: () => {
				stop = jobs.work();
			},
		});
	} finally {
		await stop();
		await jobs.close();
		await store.close();
		await db.close();
	}
}

function noting(sent: SentRequest[], http: GuardedHttp): GuardedHttp {
	return async (request) => {
		const noted: SentRequest = { at: performance.now(), origin: new URL(request.url).origin, request, status: null };
		sent.push(noted);
		const response = await http(request);
		if (response.kind === "answered") noted.status = response.status;
		return response;
	};
}

type Adding = {
	provider: BenchProvider;
	credentialJwe: string;
	connectionId?: string;
	table?: BenchProvider["table"];
};

/** Put into the database as the API would, with the columns that discovery finds. */
async function addTarget(
	{ db, principal, http }: Pick<BenchEngine, "db" | "principal"> & { http: GuardedHttp },
	{ provider, credentialJwe, connectionId = crypto.randomUUID(), table = provider.table }: Adding,
): Promise<TestTarget> {
	const { connector, credential, columns } = provider;
	const found = await connector.discover({ credential, http, signal: new AbortController().signal });
	if (found.kind !== "ok") throw new Error(found.message);
	const fields: TableField[] = found.value.find(({ id }) => id === table.tableId)?.fields ?? [];
	const mapped = fields.filter(({ id }) => Object.values(columns).includes(id));
	const mapping = Object.entries(columns).map(([from, to]) => ({ from, to }));
	const targetId = crypto.randomUUID();
	await db.database.asTenant(principal, async (sql) => {
		await sql`
			insert into sheaf.connections (id, provider, name, account_id, account_label, credential_jwe)
			values (${connectionId}, ${connector.manifest.id}, 'Bench', 'account', 'Account', ${credentialJwe})
			on conflict do nothing`;
		await sql`
			insert into sheaf.targets (id, connection_id, name, container_id, container_name, table_id, table_name, mapping,
				columns, match_key, frequency, conflict_policy, field_policies)
			values (${targetId}, ${connectionId}, 'Bench', ${table.containerId}, 'Container', ${table.tableId}, 'Table',
				${JSON.stringify(mapping)}::text::jsonb, ${JSON.stringify(mapped)}::text::jsonb,
				${[columns.url]}::text[], 'on_capture', 'overwrite', '{}'::jsonb)`;
	});
	return { targetId, connectionId, lane: laneText({ connectionId, containerId: table.containerId }) };
}
