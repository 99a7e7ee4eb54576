import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import type { TableField } from "../../contract/connections.ts";
import type { Cluster } from "../../embedded/cluster.ts";
import { startThrowAwayCluster } from "../../embedded/throw-away.ts";
import type { ConnectorCall, NewColumn } from "../connector.ts";
import { createGuardedDial } from "../dial.ts";
import { createPostgresConnector } from "./index.ts";

let cluster: Cluster;
let admin: Sql;
const connector = createPostgresConnector({ timeoutMs: 5_000 });

beforeAll(async () => {
	cluster = await startThrowAwayCluster();
	admin = postgres(cluster.url("postgres"), { max: 1, onnotice: () => undefined });
	await admin.unsafe(`create role writer login password 'secret'; create role owner login password 'secret';
		grant usage on schema public to writer, owner;
		create table things (key text primary key, title text); alter table things owner to owner;
		grant select, insert, update on things to writer;
		create table pairs (a text, b int, note text, primary key (a, b)); grant select on pairs to writer;
		create table loose (note text); grant select on loose to writer`);
});
afterAll(async () => {
	await connector.close?.();
	await admin.end();
	await cluster.stop();
});

const call = (user: string): ConnectorCall => ({
	credential: {
		host: "127.0.0.1",
		port: String(cluster.port),
		database: "postgres",
		user,
		password: "secret",
		tls: "off",
	},
	http: async () => ({ kind: "forbidden", reason: "no requests" }),
	dial: createGuardedDial({ allowedPrivateHosts: ["127.0.0.1"] }),
	signal: new AbortController().signal,
});
const place = (tableId: string) => ({ containerId: "public", tableId });
const make = (user: string, columns: NewColumn[]) => connector.createColumns?.(call(user), place("things"), columns);

async function fieldsOf(tableId: string): Promise<TableField[]> {
	const found = await connector.discover(call("writer"));
	return (found.kind === "ok" ? found.value : []).find(({ id }) => id === tableId)?.fields ?? [];
}

describe("CON-2: columns are added where the user may", () => {
	test("by the table's owner: all kinds at once, and a second try makes none twice", async () => {
		const columns: NewColumn[] = [
			{ name: "Link to it", type: "url" },
			{ name: 'A "price"', type: "currency" },
			{ name: "Seen", type: "datetime" },
			{ name: "Tags", type: "multi_select" },
		];
		for (let twice = 0; twice < 2; twice += 1) {
			const made = await make("owner", columns);
			const shown = made?.kind === "ok" ? made.value.map(({ name, type, writable }) => [name, type, writable]) : made;
			expect(shown).toEqual([
				["Link to it", "long_text", true],
				['A "price"', "number", true],
				["Seen", "datetime", true],
				["Tags", "multi_select", true],
			]);
		}
	});

	test("a user with few rights is refused with what the owner has to run, and that mends it", async () => {
		const statement = 'alter table "public"."things" add column if not exists "Colour" text';
		const refused = await make("writer", [{ name: "Colour", type: "select" }]);
		expect(refused).toMatchObject({ kind: "refused", reason: "targets/column-refused" });
		expect(refused).toMatchObject({ message: expect.stringContaining(`${statement};`) });
		await admin.unsafe(statement);
		expect(await make("writer", [{ name: "Colour", type: "select" }])).toMatchObject({ value: [{ name: "Colour" }] });
	});

	test.each([
		[{ name: "title", type: "number" }, "another kind"],
		[{ name: "x".repeat(64), type: "text" }, "another name or kind"],
		[{ name: " ", type: "text" }, "another name or kind"],
		[{ name: "Files", type: "attachment" }, "another name or kind"],
	] as const)("%j is refused in words", async (column, words) => {
		expect(await make("owner", [column])).toMatchObject({ kind: "refused", message: expect.stringContaining(words) });
	});
});

describe("CON-2: tables are gone through", () => {
	const list = async (tableId: string, cursor: string | null) =>
		connector.list?.(call("writer"), { ...place(tableId), columns: await fieldsOf(tableId) }, cursor);

	test("in the order of a key of two columns, each row once, also while rows come and go", async () => {
		await admin`insert into pairs select 'it''s "' || n / 100, n % 100, 'note ' || n from generate_series(0, 499) n`;
		const seen: string[] = [];
		let cursor: string | null = null;
		do {
			const page: Awaited<ReturnType<typeof list>> = await list("pairs", cursor);
			if (page?.kind !== "ok") throw new Error(page?.message);
			seen.push(...page.value.rows.map(({ remoteId }) => remoteId));
			cursor = page.value.cursor;
			await admin`delete from pairs where a = 'it''s "0' and b < 50`;
		} while (cursor !== null);
		expect(seen.length).toBe(500);
		expect(new Set(seen).size).toBe(500);
		expect(seen[0]).toBe('["it\'s \\"0", "0"]');
	});

	test("one without a primary key is refused in words", async () => {
		expect(await list("loose", null)).toMatchObject({
			kind: "refused",
			message: expect.stringContaining("primary key"),
		});
	});
});

test("SYNC-4: what takes too long is stopped at the server, and is tried again later", async () => {
	await admin.unsafe(`create function slow() returns trigger language plpgsql as 'begin perform pg_sleep(60); return new; end';
		create trigger slow before insert on things for each row execute function slow()`);
	const patient = createPostgresConnector({ timeoutMs: 500 });
	const columns = await fieldsOf("things");
	const target = { ...place("things"), matchKey: ["key"], columns };
	const pushed = await patient.push(call("writer"), target, [{ ref: "a", cells: { key: "a" } }]);
	expect(pushed).toMatchObject({
		kind: "later",
		reason: "delivery/provider-error",
		message: expect.stringContaining("too long"),
	});
	const running = () => admin`select 1 from pg_stat_activity where usename = 'writer' and state = 'active'`;
	while ((await running()).length > 0) await Bun.sleep(5);
	expect(await admin`select * from things where key = 'a'`).toHaveLength(0);
	await patient.close?.();
});
