import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import type { Table } from "../../contract/connections.ts";
import type { Cluster } from "../../embedded/cluster.ts";
import { startThrowAwayCluster } from "../../embedded/throw-away.ts";
import type { ConnectorCall, PushRow, PushTarget } from "../connector.ts";
import { createGuardedDial } from "../dial.ts";
import { createPostgresConnector } from "./index.ts";

const connector = createPostgresConnector({ timeoutMs: 5_000 });
const dial = createGuardedDial({ allowedPrivateHosts: ["127.0.0.1"] });
let cluster: Cluster;
let admin: Sql;

beforeAll(async () => {
	cluster = await startThrowAwayCluster();
	admin = postgres(cluster.url("postgres"), { max: 1, onnotice: () => undefined });
	await admin.unsafe("create role writer login password 'secret'; grant usage on schema public to writer");
});
afterAll(async () => {
	await admin.end();
	await cluster.stop();
});
beforeEach(async () => {
	await admin.unsafe(`create type colour as enum ('Red', 'Blue');
		create table things (id bigint generated always as identity primary key, key text unique, title text, price numeric(30,2),
			stock integer, day date, at timestamptz, wall timestamp, sold boolean, colour colour, code uuid, data jsonb, tags text[],
			raw bytea, made text generated always as (upper(title)) stored, note text not null default 'none');
		create view seen as select key, title from things;
		grant select, insert, update, delete on things, seen to writer`);
});
afterEach(async () => {
	await admin.unsafe("drop view if exists seen; drop table if exists things; drop type if exists colour");
});

const call = (more: Partial<ConnectorCall> = {}, form: Record<string, string> = {}): ConnectorCall => ({
	credential: {
		host: "127.0.0.1",
		port: String(cluster.port),
		database: "postgres",
		user: "writer",
		password: "secret",
		tls: "off",
		...form,
	},
	http: async () => ({ kind: "forbidden", reason: "no requests" }),
	dial,
	signal: new AbortController().signal,
	...more,
});

async function discovered(name = "things"): Promise<Table> {
	const found = await connector.discover(call());
	const table = found.kind === "ok" ? found.value.find(({ id }) => id === name) : undefined;
	if (table === undefined) throw new Error(`There is no ${name}.`);
	return table;
}

async function target(matchKey = ["key"]): Promise<PushTarget> {
	return { containerId: "public", tableId: "things", matchKey, columns: (await discovered()).fields };
}

const push = async (rows: PushRow[], matchKey = ["key"]) => await connector.push(call(), await target(matchKey), rows);
const row = (key: string, cells: Record<string, unknown> = {}): PushRow => ({ ref: key, cells: { key, ...cells } });
const kept = async () => await admin`select * from things order by id`;

describe("CON-2: identify and discover", () => {
	test("who it is, and nothing is missing", async () => {
		const accountId = `writer@127.0.0.1:${cluster.port}/postgres`;
		expect(await connector.identify(call())).toMatchObject({ kind: "ok", value: { accountId, missingScopes: [] } });
	});

	test("every column by its type, and whether it can be written and matched on", async () => {
		const { fields, container } = await discovered();
		expect(container).toEqual({ id: "public", name: "public" });
		expect(fields.map(({ name, type, writable, matchable }) => [name, type, writable, matchable])).toEqual([
			["id", "number", false, false],
			["key", "long_text", true, true],
			["title", "long_text", true, false],
			["price", "number", true, false],
			["stock", "number", true, false],
			["day", "date", true, false],
			["at", "datetime", true, false],
			["wall", "datetime", true, false],
			["sold", "boolean", true, false],
			["colour", "select", true, false],
			["code", "text", true, false],
			["data", "long_text", true, false],
			["tags", "multi_select", true, false],
			["raw", "unsupported", false, false],
			["made", "long_text", false, false],
			["note", "long_text", true, false],
		]);
		expect(fields.find(({ name }) => name === "colour")?.options).toEqual(["Red", "Blue"]);
		expect((await discovered("seen")).fields.every(({ writable }) => !writable)).toBe(true);
	});
});

describe("CON-2: empty is not missing", () => {
	test("a field that was not captured leaves its cell, and gives a new row the column’s default", async () => {
		const first = await push([row("a", { title: "one", note: "kept" }), row("b")]);
		expect(first).toEqual({
			kind: "pushed",
			rows: [
				{ ref: "a", remoteId: "1", created: true },
				{ ref: "b", remoteId: "2", created: true },
			],
		});
		expect(await push([row("a", { title: null }), row("c")])).toMatchObject({
			rows: [{ remoteId: "1", created: false }, { created: true }],
		});
		expect((await kept()).map(({ key, title, note }) => [key, title, note])).toEqual([
			["a", null, "kept"],
			["b", null, "none"],
			["c", null, "none"],
		]);
	});
});

describe("CON-2: values", () => {
	const coerced = async (name: string, value: Parameters<typeof connector.coerce>[0]) => {
		const column = (await target()).columns.find((candidate) => candidate.name === name);
		if (column === undefined) throw new Error(name);
		return connector.coerce(value, column);
	};
	const text = (value: string) => ({ type: "text", value }) as const;

	test("each type is written exactly and read back as it was sent", async () => {
		const values = {
			price: text("12345678901234567890.12"),
			stock: { type: "number", value: -7 },
			day: { type: "date", value: "2024-02-29" },
			at: { type: "date", value: "2026-01-02T23:30:00-05:00" },
			wall: { type: "date", value: "2026-01-02T23:30:00-05:00" },
			sold: { type: "boolean", value: false },
			colour: text("red"),
			code: text("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"),
			data: text('{"a":[1,"x"]}'),
			tags: { type: "list", value: ["one", 'two, "three"'] },
			title: text(`o'Brien "x" \\ {y} \u0000`.repeat(5_000)),
		} as const;
		const cells: Record<string, unknown> = {};
		for (const [name, value] of Object.entries(values)) {
			const result = await coerced(name, value as Parameters<typeof connector.coerce>[0]);
			if (!result.ok) throw new Error(result.message);
			cells[name] = result.cell;
		}
		expect(cells).toMatchObject({ price: "12345678901234567890.12", at: "2026-01-03T04:30:00.000Z", colour: "Red" });
		await push([row("a", cells)]);
		const read = await connector.read?.(call(), await target(), { by: "key", keys: [{ key: "a" }, { key: "nobody" }] });
		expect(read).toMatchObject({ kind: "ok", value: [{ remoteId: "1", cells: { key: "a", ...cells } }] });
		const again = await connector.read?.(call(), await target(), { by: "id", ids: ["1", "99"] });
		expect(again).toEqual(read);
	});

	test.each([
		["stock", text("1.5"), "a whole number"],
		["price", text("1.234"), "a number with up to 2 decimals"],
		["price", text("1,234"), "a number"],
		["colour", text("Green"), "one of: Red, Blue"],
		["code", text("no uuid"), "a UUID"],
		["raw", text("x"), "Sheaf cannot fill"],
		["made", text("x"), "Sheaf cannot fill"],
	] as const)("%s refuses %j", async (name, value, why) => {
		expect(await coerced(name, value)).toMatchObject({ ok: false, message: expect.stringContaining(why) });
	});
});

describe("SYNC-4: whose fault it is", () => {
	test("a column that has to be filled is named", async () => {
		const message = expect.stringContaining("“note”");
		expect(await push([row("a", { note: null })])).toMatchObject({ kind: "split", message });
	});

	test("a match key without a unique index says what to run, and then it works", async () => {
		const result = await push([row("a", { title: "t" })], ["title"]);
		const sql = 'CREATE UNIQUE INDEX ON "public"."things" ("title");';
		expect(result).toMatchObject({ kind: "mend_target", message: expect.stringContaining(sql) });
		await admin.unsafe(sql);
		expect(await push([row("a", { title: "t" })], ["title"])).toMatchObject({ kind: "pushed" });
	});

	test.each([
		["drop view seen; drop table things", "delivery/table-missing"],
		["alter role writer set default_transaction_read_only = on", "delivery/permission-lost"],
	])("%s", async (change, reason) => {
		const to = await target();
		await admin.unsafe(change);
		expect(await connector.push(call(), to, [row("a", { title: "t" })])).toMatchObject({ kind: "mend_target", reason });
		await admin.unsafe("alter role writer reset default_transaction_read_only");
	});

	test.each([
		{ password: "wrong" },
		{ user: "nobody" },
		{ database: "nowhere" },
		{ tls: "verify-full" },
		{ tls: "require" },
	])("an account that does not hold: %j", async (form) => {
		const to = await target();
		expect(await connector.push(call({}, form), to, [row("a")])).toMatchObject({
			kind: "reconnect",
			reason: "delivery/credential-refused",
		});
		expect(await connector.identify(call({}, form))).toMatchObject({
			kind: "reconnect",
			reason: "connections/credential-refused",
		});
	});

	test("nonsense in the form is sent nowhere", async () => {
		for (const form of [{ host: "" }, { port: "x" }, { user: "a\nb" }, { tls: "maybe" }]) {
			const refusing = async () => ({ kind: "forbidden", reason: "it dialled" }) as const;
			expect(await connector.identify(call({ dial: refusing }, form))).toMatchObject({ kind: "reconnect" });
		}
	});

	test("SEC-2: a private address is refused in words", async () => {
		const guarded = call({ dial: createGuardedDial() });
		expect(await connector.identify(guarded)).toMatchObject({ kind: "refused", reason: "connections/address-refused" });
		expect(await connector.push(guarded, await target(), [row("a")])).toMatchObject({
			kind: "later",
			reason: "delivery/provider-unreachable",
		});
	});

	test("a lock that somebody else holds passes by itself", async () => {
		const to = await target();
		const patient = createPostgresConnector({ timeoutMs: 400 });
		await admin.begin(async (sql) => {
			await sql`lock table things in access exclusive mode`;
			expect(await patient.push(call(), to, [row("a")])).toMatchObject({ kind: "later" });
		});
		expect(await push([row("a")])).toMatchObject({ kind: "pushed" });
	});
});
