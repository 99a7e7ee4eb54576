import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import type { Cluster } from "../../embedded/cluster.ts";
import { startThrowAwayCluster } from "../../embedded/throw-away.ts";
import { describeSource } from "../conformance-source.ts";
import {
	SourceBench,
	type SourceConformanceOptions,
	type SourceSimulator,
	valueOf,
} from "../conformance-source-bench.ts";
import { createPostgresConnector } from "./index.ts";
import { startPostgresSimulator } from "./simulator.ts";

let cluster: Cluster;
let admin: Sql;
let made = 0;
beforeAll(async () => {
	cluster = await startThrowAwayCluster();
	admin = postgres(cluster.url("postgres"), { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
	await admin.end();
	await cluster.stop();
});

const faults = {
	throttled: "too_many",
	server_error: "server_error",
	gateway_page: "gateway_page",
	no_answer: "no_answer",
	dropped_before: "dropped_before",
	malformed_reply: "malformed_reply",
} as const;

/** A reader that may read and nothing else, as the connector advises. */
async function createSimulator(): Promise<SourceSimulator & { name: string }> {
	made += 1;
	const name = `source${made}`;
	const table = `${name}."Rows"`;
	await admin.unsafe(`create schema ${name}; create role ${name} login password 'secret'; grant usage on schema ${name} to ${name};
		create table ${table} (a integer generated always as identity, "the key" text, text text, number numeric, day date, at timestamptz,
			tags text[], flag boolean, doc jsonb, raw bytea, primary key (a, "the key"));
		grant select on ${table} to ${name}`);
	const proxy = await startPostgresSimulator(cluster.port);
	let isOpen = true;
	const settings = { host: "127.0.0.1", port: String(proxy.port), database: "postgres", tls: "off", schema: name };
	return {
		name,
		url: `http://127.0.0.1:${proxy.port}`,
		credential: { ...settings, user: name, password: "secret" },
		place: { containerId: name, tableId: "Rows" },
		columns: { key: "the key", text: "text", number: "number", day: "day" },
		plant: async (rows) => {
			const json = JSON.stringify(rows.map(({ key, ...row }) => ({ ...row, "the key": key })));
			await admin.unsafe(
				`insert into ${table} ("the key", text, number, day)
				select "the key", text, number, day from jsonb_populate_recordset(null::${table}, $1::text::jsonb)`,
				[json],
			);
		},
		remove: async (key) => void (await admin.unsafe(`delete from ${table} where "the key" = $1`, [key])),
		fail: ({ kind }) => proxy.fail(faults[kind]),
		revokeCredential: async () => void (await admin.unsafe(`alter role ${name} password 'another'`)),
		removeTable: async () => void (await admin.unsafe(`drop table ${table}`)),
		stop: async () => {
			if (!isOpen) return;
			isOpen = false;
			await proxy.stop();
			await admin.unsafe(`drop schema ${name} cascade; drop role ${name}`);
		},
	};
}

const options: SourceConformanceOptions = {
	name: "Postgres",
	createSimulator,
	createConnector: (_simulator, timeoutMs) => createPostgresConnector({ timeoutMs }),
	noRetryAfter: { reason: "A server whose connections are all taken does not say when one will be free." },
	without: { malformed_reply: "What answers in another tongue is the gateway page; the driver takes the rest apart." },
};

describeSource(options);

describe("CON-2: what is PostgreSQL's own", () => {
	const open = async (): Promise<SourceBench & { name: string }> => {
		const simulator = await createSimulator();
		return Object.assign(new SourceBench(simulator, options), { name: simulator.name });
	};

	test("types come as they are, and those nobody reads do not", async () => {
		const bench = await open();
		await admin.unsafe(`insert into ${bench.name}."Rows" ("the key", number, at, tags, flag, doc, raw) values
			('x', 12345678901234567890.5, '2026-01-02 03:04:05.678+01', '{a,"b, c"}', false, '{"a": 1}', '\\x00')`);
		const schema = await bench.schema();
		expect(schema.columns.filter(({ key }) => key).map(({ name }) => name)).toEqual(["a", "the key"]);
		expect(schema.columns.map(({ name }) => name)).not.toContain("raw");
		const [row] = await bench.all();
		expect(row).toEqual({
			externalId: '["1", "x"]',
			changedAt: null,
			fields: {
				a: { type: "number", value: 1 },
				"the key": { type: "text", value: "x" },
				number: { type: "text", value: "12345678901234567890.5" },
				at: { type: "date", value: "2026-01-02T02:04:05.678Z" },
				tags: { type: "list", value: ["a", "b, c"] },
				flag: { type: "boolean", value: false },
				doc: { type: "text", value: '{"a":1}' },
			},
		});
		await bench.simulator.stop();
	});

	test("a view is gone through by the column that is chosen, and refused in words without", async () => {
		const bench = await open();
		await bench.simulator.plant(Array.from({ length: 25 }, (_, index) => ({ key: `row ${index}` })));
		await admin.unsafe(`create view ${bench.name}.seen as select "the key" as name, text from ${bench.name}."Rows";
			grant select on ${bench.name}.seen to ${bench.name}`);
		const place = { containerId: bench.name, tableId: "seen" };
		const source = bench.source();
		const schema = valueOf(await source.schema(bench.call(), place));
		expect(schema.needsKey).toBe(true);
		const query = { cursor: null, filter: [], search: null, limit: 100, columns: schema.columns };
		expect(await source.list(bench.call(), place, { ...query, schema })).toMatchObject({
			kind: "refused",
			reason: "sources/key-needed",
		});
		const keyed = { ...place, keyColumn: "name" };
		const chosen = valueOf(await source.schema(bench.call(), keyed));
		expect(chosen.needsKey).toBe(false);
		const page = valueOf(await source.list(bench.call(), keyed, { ...query, schema: chosen }));
		expect(new Set(page.rows.map(({ externalId }) => externalId)).size).toBe(25);
		await bench.simulator.stop();
	});

	test("rows are read in a transaction that cannot write, also by a user who may", async () => {
		const bench = await open();
		await bench.simulator.plant([{ key: "a" }]);
		await admin.unsafe(`create function ${bench.name}.writes() returns text language sql volatile security definer
				as $$ insert into ${bench.name}."Rows" ("the key") values ('planted') returning 'x' $$;
			create view ${bench.name}.trap as select "the key" as name, ${bench.name}.writes() as text from ${bench.name}."Rows";
			grant select on ${bench.name}.trap to ${bench.name}`);
		const place = { containerId: bench.name, tableId: "trap", keyColumn: "name" };
		const schema = valueOf(await bench.source().schema(bench.call(), place));
		const query = { cursor: null, filter: [], search: null, limit: 10, columns: schema.columns, schema };
		expect((await bench.source().list(bench.call(), place, query)).kind).not.toBe("ok");
		expect(await admin.unsafe(`select from ${bench.name}."Rows"`)).toHaveLength(1);
		await bench.simulator.stop();
	});

	test("how many rows there are is counted where it is cheap, and said to be about so many where it is not", async () => {
		const bench = await open();
		await bench.simulator.plant([{ key: "a", text: "x" }, { key: "b" }]);
		expect(valueOf(await bench.page()).total).toEqual({ count: 2, exact: true });
		const filter = [{ column: "text", op: "is" as const, value: "x" }];
		expect(valueOf(await bench.page({ filter })).total).toEqual({ count: 1, exact: true });
		await admin.unsafe(`insert into ${bench.name}."Rows" ("the key") select n::text from generate_series(1, 12000) n;
			analyze ${bench.name}."Rows"`);
		expect(valueOf(await bench.page()).total).toEqual({ count: 12_002, exact: false });
		await bench.simulator.stop();
	});

	test("a condition that cannot be meant is refused in words", async () => {
		const bench = await open();
		for (const [column, value] of [
			["number", "many"],
			["day", "soon"],
			["flag", "perhaps"],
		] as const) {
			expect(await bench.page({ filter: [{ column, op: "is", value }] })).toMatchObject({
				kind: "refused",
				reason: "sources/filter-invalid",
				message: expect.stringContaining(column),
			});
		}
		await bench.simulator.stop();
	});
});
