import type { Connector, ConnectorCall, ConnectorManifest, ConnectorResult, Identity } from "../connector.ts";
import { failureOf, sourceFailure } from "./ask-failure.ts";
import { coerce } from "./coerce.ts";
import { createColumns } from "./create-columns.ts";
import { discover } from "./discover.ts";
import { penaltyMs, pushFailure } from "./failure.ts";
import { form } from "./form.ts";
import { KeptSessions, type KeptSessionsOptions } from "./kept-sessions.ts";
import { pushRows } from "./push.ts";
import { readRows, removeRows } from "./read.ts";
import type { Session, SessionLimits } from "./session.ts";
import { readSettings, type Settings } from "./settings.ts";
import { advice, listSource, readSchema } from "./source.ts";
import { troubleOf } from "./trouble.ts";

export type PostgresConnectorOptions = {
	/** For one piece of work, in milliseconds. */
	timeoutMs?: number;
	/** What is kept open between pushes, where it is to be other than usual. */
	sessions?: Partial<KeptSessionsOptions>;
};

const maxBytes = 64 * 1024 * 1024;

export function createPostgresConnector(options: PostgresConnectorOptions = {}): Connector {
	const limits: SessionLimits = { timeoutMs: options.timeoutMs ?? 30_000, maxBytes };
	const sessions = new KeptSessions(options.sessions);
	const ask = async <Value>(
		call: ConnectorCall,
		work: (sql: Session, settings: Settings) => Promise<Value>,
		told = failureOf,
	): Promise<ConnectorResult<Value>> => {
		const read = readSettings(call.credential);
		if (!read.ok) return told({ kind: "form", problem: read.problem });
		const { settings } = read;
		try {
			return { kind: "ok", value: await sessions.use({ call, settings, limits }, (sql) => work(sql, settings)) };
		} catch (error) {
			return told(troubleOf(error));
		}
	};
	return {
		manifest,
		identify: (call) => ask(call, identify),
		discover: (call) => ask(call, (sql, { schema }) => discover(sql, schema)),
		push: async (call, target, rows) => {
			const read = readSettings(call.credential);
			if (!read.ok) return pushFailure({ kind: "form", problem: read.problem }, target);
			const { settings } = read;
			try {
				const pushed = await sessions.use({ call, settings, limits }, (sql) => pushRows(sql, target, rows));
				return { kind: "pushed", rows: pushed };
			} catch (error) {
				return pushFailure(troubleOf(error), target);
			}
		},
		read: (call, target, wanted) => ask(call, (sql) => readRows(sql, target, wanted)),
		remove: (call, target, ids) => ask(call, (sql) => removeRows(sql, target, ids)),
		createColumns: async (call, table, columns) => {
			const made = await ask(call, (sql) => createColumns(sql, { table, columns }));
			if (made.kind !== "ok") return made;
			return Array.isArray(made.value) ? { kind: "ok", value: made.value } : made.value;
		},
		source: {
			schema: (call, place) => ask(call, (sql) => readSchema(sql, place), sourceFailure),
			list: (call, place, query) => ask(call, (sql) => listSource(sql, place, query), sourceFailure),
			advice,
		},
		coerce,
		remoteUrl: () => null,
		close: () => sessions.close(),
	};
}

async function identify(sql: Session, { host, port, database }: Settings): Promise<Identity> {
	const [row] = await sql.unsafe("select current_user::text as name");
	const name = String(Object(row).name);
	return {
		accountId: `${name}@${host.toLowerCase()}:${port}/${database}`,
		label: `${name} at ${host}/${database}`,
		scopes: [],
		missingScopes: [],
	};
}

/** A stack of discs. */
const icon =
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="currentColor"><path d="M12 2c5 0 8 1.300 8 3s-3 3-8 3-8-1.300-8-3 3-3 8-3zM4 8c1.500 1.300 4.500 2 8 2s6.500-.7 8-2v4c0 1.700-3 3-8 3s-8-1.300-8-3zm0 7c1.500 1.300 4.500 2 8 2s6.500-.7 8-2v4c0 1.700-3 3-8 3s-8-1.300-8-3z"/></svg>';

const manifest: ConnectorManifest = {
	id: "postgres",
	title: "Postgres",
	summary: "Rows in the tables of your own Postgres or Supabase database.",
	icon,
	ways: ["token"],
	form,
	requiredScopes: [],
	addsChoices: true,
	dials: true,
	limits: { recordsPerRequest: 500, requestsPerSecond: 10, penaltyMs, inFlight: 2 },
	// Each connection is somebody's own server and its user's own connections.
	budgetScope: ({ connectionId }) => `postgres:${connectionId}`,
};
