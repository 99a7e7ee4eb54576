import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { createConnection } from "../connections/create-connection.ts";
import { type AirtableSimulator, startAirtableSimulator } from "../connectors/airtable/simulator.ts";
import { createGuardedHttp } from "../connectors/http.ts";
import { createRegistry } from "../connectors/registry.ts";
import { testProviders } from "../connectors/test-providers.ts";
import type { RecordView } from "../contract/records.ts";
import type { TargetCreate, TargetView } from "../contract/targets.ts";
import type { Principal } from "../db/principal.ts";
import type { TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestEngine, type TestEngine } from "../sync/test-engine.ts";
import { createTarget } from "../targets/create-target.ts";
import { createVault } from "../vault/vault.ts";
import { keepOnce } from "./keep-watches.ts";
import { lookOnce } from "./look-at-rows.ts";
import type { WatchDeps } from "./watch-deps.ts";

export const containerId = "appWatchTests0000";
export const managerToken = "patWatchTests0000.secret";
const scopes = ["data.records:read", "data.records:write", "schema.bases:read", "webhook:manage"];

/** Airtable with one table, a person whose account is connected, and a target that fills the table. */
export type WatchScene = {
	airtable: AirtableSimulator;
	engine: TestEngine;
	deps: ConnectionDeps & WatchDeps;
	person: Principal;
	target: TargetView;
	/** Captures and delivers one record. */
	deliver(more?: Parameters<typeof testPut>[0]): Promise<DeliveredRow>;
	send(): Promise<void>;
	record(id: string): Promise<RecordView>;
	/** As time would: every delivered row is due to be looked at, and every watch to be tended. */
	passTime(): Promise<void>;
	/** One round of each loop, after what left has arrived. */
	round(): Promise<void>;
	edit(rowId: string, cells: Record<string, unknown>): void;
	remove(rowId: string): void;
	rows(): { id: string; cells: Record<string, unknown> }[];
	stop(): Promise<void>;
};

export type DeliveredRow = { recordId: string; rowId: string };

export async function openWatchScene(
	db: TestDatabase,
	{
		noticesUrl = null,
		policy = "overwrite",
	}: { noticesUrl?: string | null; policy?: TargetCreate["conflictPolicy"] } = {},
): Promise<WatchScene> {
	const airtable = await startWatchedAirtable();
	const engine = createTestEngine(db);
	const vault = createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]);
	const connectors = createRegistry({ ...testProviders({ airtable: airtable.url }), practice: null });
	const http = createGuardedHttp({ allowedOrigins: [airtable.url], timeoutMs: 5_000 });
	Object.assign(engine.deps, { vault, connectors, http });
	const deps = { ...engine.deps, vault, connectors, http, noticesUrl };
	const person = await createTestTenant(db.database);
	const connection = await createConnection(deps, person, {
		provider: "airtable",
		credential: { token: managerToken },
	});
	const target = await createTarget(deps, person, targetOf(airtable, connection.id, policy));
	await engine.makeDue(person);
	return sceneOf({ db, airtable, engine, deps, person, target });
}

type Made = Pick<WatchScene, "airtable" | "engine" | "deps" | "person" | "target"> & { db: TestDatabase };

function sceneOf({ db, ...made }: Made): WatchScene {
	const { airtable, engine, deps, person, target } = made;
	const { signal } = new AbortController();
	const send = () => engine.deliver(person, `${target.connectionId}/${containerId}`);
	const scene: WatchScene = {
		...made,
		send,
		record: (id) => engine.record(person, id),
		deliver: async (more = {}) => {
			const before = new Set(scene.rows().map(({ id }) => id));
			const operation = testPut({ targetId: target.id, ...more });
			await engine.write(person, [operation]);
			await send();
			const made = scene.rows().find(({ id }) => !before.has(id));
			return { recordId: operation.record.id, rowId: made?.id ?? "" };
		},
		passTime: async () => {
			await db.database.asTenant({ ...person, role: "worker" }, async (sql) => {
				await sql`update sheaf.deliveries set remote_look_at = now() where remote_look_at is not null`;
				await sql`update sheaf.watches set next_at = now()`;
			});
			await engine.makeDue(person);
		},
		round: async () => {
			await airtable.control.webhooks.settled();
			await keepOnce(deps, signal);
			await lookOnce(deps, signal);
		},
		edit: (rowId, cells) => airtable.control.editRow({ baseId: containerId, table: "Pages", rowId, cells }),
		remove: (rowId) => airtable.control.removeRow({ baseId: containerId, table: "Pages", rowId }),
		rows: () => airtable.control.rows(containerId, "Pages"),
		stop: async () => {
			// Rounds are over all tenants, and the next scene's are not to look after this one's.
			await db.database.asTenant(person, async (sql) => {
				await sql`delete from sheaf.targets where workspace_id = sheaf.current_workspace()`;
				await sql`delete from sheaf.connections where workspace_id = sheaf.current_workspace()`;
			});
			await airtable.stop();
		},
	};
	return scene;
}

async function startWatchedAirtable(): Promise<AirtableSimulator> {
	const fields = [
		{ name: "Name", type: "singleLineText" },
		{ name: "URL", type: "url" },
		{ name: "Price", type: "number", options: { precision: 2 } },
		{ name: "Note", type: "multilineText" },
	];
	const base = { id: containerId, name: "Reading", tables: [{ name: "Pages", fields }] };
	const airtable = await startAirtableSimulator({ tokens: [{ token: managerToken, scopes }], bases: [base] });
	airtable.control.setLimits({ requestsPerSecondPerBase: 10_000, requestsPerSecondPerUser: 10_000 });
	return airtable;
}

function targetOf(
	{ control }: AirtableSimulator,
	connectionId: string,
	conflictPolicy: TargetCreate["conflictPolicy"],
): TargetCreate {
	return {
		name: "Pages",
		connectionId,
		tableId: control.table(containerId, "Pages").id,
		mapping: [
			{ from: "title", to: "Name" },
			{ from: "url", to: "URL" },
			{ from: "price", to: "Price" },
		],
		matchKey: ["url"],
		frequency: "on_capture",
		conflictPolicy,
	};
}
