import { afterAll, beforeAll } from "bun:test";
import postgres, { type Sql } from "postgres";
import type { Cluster } from "../../embedded/cluster.ts";
import { startThrowAwayCluster } from "../../embedded/throw-away.ts";
import { describeConformance } from "../conformance.ts";
import type { ConformanceFault, ConformanceSimulator } from "../conformance-bench.ts";
import { createPostgresConnector } from "./index.ts";
import { type PostgresFault, startPostgresSimulator } from "./simulator.ts";

/** A real server with a schema and a user for each case, behind the stand-in that makes connections fail. */
let cluster: Cluster;
let admin: Sql;
let made = 0;
beforeAll(async () => {
	cluster = await startThrowAwayCluster();
	admin = postgres(cluster.url("postgres"), { max: 1, onnotice: () => undefined });
	await admin`create type colour as enum ('Red', 'Blue')`;
});
afterAll(async () => {
	await admin.end();
	await cluster.stop();
});

const columns = {
	key: "key",
	text: "text",
	long: "long",
	number: "number",
	day: "day",
	instant: "instant",
	choice: "choice",
};

const faults: Readonly<Record<ConformanceFault["kind"], PostgresFault>> = {
	throttled: "too_many",
	server_error: "server_error",
	gateway_page: "gateway_page",
	no_answer: "no_answer",
	dropped_before: "dropped_before",
	dropped_after_commit: "dropped_after_commit",
	malformed_reply: "malformed_reply",
};

async function createSimulator(): Promise<ConformanceSimulator> {
	made += 1;
	const name = `case${made}`;
	const table = `${name}."Rows"`;
	await admin.unsafe(`create role ${name} login password 'secret'; create schema ${name} authorization ${name};
		create table ${table} (id bigint generated always as identity primary key, key text unique, text text, long text,
			number numeric, day date, instant timestamptz, choice colour);
		alter table ${table} owner to ${name}`);
	const proxy = await startPostgresSimulator(cluster.port);
	let isOpen = true;
	return {
		url: `http://127.0.0.1:${proxy.port}`,
		credential: {
			host: "127.0.0.1",
			port: String(proxy.port),
			database: "postgres",
			user: name,
			password: "secret",
			tls: "off",
			schema: name,
		},
		table: { containerId: name, tableId: "Rows", columns },
		rows: async () => {
			const rows = await admin.unsafe<{ row: Record<string, unknown> }[]>(
				`select to_jsonb(t) - 'id' as row from ${table} t order by id`,
			);
			return rows.map(({ row }) => asSent(row));
		},
		plant: async (cells) => {
			await admin.unsafe(
				`insert into ${table} (key, text) select key, text from jsonb_populate_record(null::${table}, $1::text::jsonb)`,
				[JSON.stringify(cells)],
			);
		},
		fail: ({ kind }) => proxy.fail(faults[kind]),
		revokeCredential: async () => void (await admin.unsafe(`alter role ${name} password 'another'`)),
		withdrawPermission: async () => void (await admin.unsafe(`revoke insert on ${table} from ${name}`)),
		removeColumn: async (part) => void (await admin.unsafe(`alter table ${table} drop column ${columns[part]}`)),
		stop: async () => {
			if (!isOpen) return;
			isOpen = false;
			await proxy.stop();
			await admin.unsafe(`drop schema ${name} cascade; drop role ${name}`);
		},
	};
}

/** Empty cells absent, and the same instant in the suite's way of writing it. */
function asSent(row: Record<string, unknown>): Record<string, unknown> {
	const cells = Object.entries(row).filter(([, cell]) => cell !== null);
	return Object.fromEntries(
		cells.map(([name, cell]) => [name, name === columns.instant ? new Date(String(cell)).toISOString() : cell]),
	);
}

describeConformance({
	name: "Postgres",
	createSimulator,
	createUnlimitedSimulator: createSimulator,
	createConnector: (_simulator, timeoutMs) => createPostgresConnector({ timeoutMs }),
	fixedChoices: { reason: "A type that lists its values is its owner's to change." },
	uniqueKeys: { reason: "An upsert needs a unique index on the match key, and the target pauses until there is one." },
	noRetryAfter: { reason: "A server whose connections are all taken does not say when one will be free." },
});
