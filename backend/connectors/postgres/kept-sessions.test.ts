import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import type { Cluster } from "../../embedded/cluster.ts";
import { startThrowAwayCluster } from "../../embedded/throw-away.ts";
import type { ConnectorCall, PushResult, PushTarget } from "../connector.ts";
import { createGuardedDial } from "../dial.ts";
import { createPostgresConnector, type PostgresConnectorOptions } from "./index.ts";

let cluster: Cluster;
let admin: Sql;
let dials = 0;
let turns = 0;

beforeAll(async () => {
	cluster = await startThrowAwayCluster();
	admin = postgres(cluster.url("postgres"), { max: 1, onnotice: () => undefined });
	await admin.unsafe("create table things (key text primary key, title text)");
	for (const user of ["writer", "other"]) {
		await admin.unsafe(
			`create role ${user} login password 'secret'; grant select, insert, update on things to ${user}`,
		);
	}
});
afterAll(async () => {
	await admin.end();
	await cluster.stop();
});
beforeEach(() => {
	dials = 0;
	turns = 0;
});

const target: PushTarget = {
	containerId: "public",
	tableId: "things",
	matchKey: ["key"],
	columns: ["key", "title"].map((id) => ({
		id,
		name: id,
		type: "long_text",
		providerType: "text",
		writable: true,
		matchable: true,
	})),
};

const guarded = createGuardedDial({ allowedPrivateHosts: ["127.0.0.1"] });

function call(holder: string, user = "writer", more: Partial<ConnectorCall> = {}): ConnectorCall {
	return {
		credential: {
			host: "127.0.0.1",
			port: String(cluster.port),
			database: "postgres",
			user,
			password: "secret",
			tls: "off",
		},
		http: async () => ({ kind: "forbidden", reason: "no requests" }),
		dial: async (place) => {
			dials += 1;
			return await guarded(place);
		},
		keep: {
			holder,
			turn: async () => {
				turns += 1;
				return true;
			},
		},
		signal: new AbortController().signal,
		...more,
	};
}

/** A connector that is closed at the end, and how a row is pushed with it. */
async function withConnector(
	options: PostgresConnectorOptions["sessions"],
	work: (push: (call: ConnectorCall, key?: string) => Promise<PushResult>) => Promise<void>,
): Promise<void> {
	const connector = createPostgresConnector({
		timeoutMs: 5_000,
		...(options === undefined ? {} : { sessions: options }),
	});
	try {
		await work((made, key = "a") => connector.push(made, target, [{ ref: key, cells: { key, title: "t" } }]));
	} finally {
		connector.close?.();
	}
	await sessionsAre(0);
}

const sessions = async () =>
	await admin<{ pid: number }[]>`select pid from pg_stat_activity where usename in ('writer', 'other')`;

/** The server hears a moment later that somebody hung up. */
async function sessionsAre(count: number): Promise<void> {
	while ((await sessions()).length !== count) await Bun.sleep(5);
}

const pushed = { kind: "pushed" };

test("SYNC-4: a session is kept for the next push, which takes its turn without dialling; at the end it is closed", async () => {
	await withConnector(undefined, async (push) => {
		for (const _ of [1, 2, 3]) expect(await push(call("one"))).toMatchObject(pushed);
		expect([dials, turns]).toEqual([1, 2]);
		await sessionsAre(1);
	});
});

test("SEC-2: what is kept for one connection is never another's, though host, user and password are the same", async () => {
	await withConnector(undefined, async (push) => {
		expect(await push(call("one"))).toMatchObject(pushed);
		expect(await push(call("two"))).toMatchObject(pushed);
		expect([dials, turns]).toEqual([2, 0]);
	});
});

test("ACC-2: other settings of a connection close what was kept with the earlier ones", async () => {
	await withConnector(undefined, async (push) => {
		expect(await push(call("one"))).toMatchObject(pushed);
		expect(await push(call("one", "other"))).toMatchObject(pushed);
		await sessionsAre(1);
		expect(dials).toBe(2);
	});
});

test("a session is one push's at a time, and only so many are kept", async () => {
	await withConnector({ most: 2 }, async (push) => {
		await Promise.all(["a", "b", "c"].map((key) => push(call("one"), key)));
		expect(dials).toBe(3);
		await sessionsAre(2);
	});
});

test("SYNC-3: a session that was ended meanwhile is replaced, and the push goes through", async () => {
	await withConnector(undefined, async (push) => {
		expect(await push(call("one"))).toMatchObject(pushed);
		await admin`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'writer'`;
		expect(await push(call("one"))).toMatchObject(pushed);
		expect(dials).toBe(2);
	});
});

test("SYNC-4: without a turn nothing is written, and the session stays", async () => {
	await withConnector(undefined, async (push) => {
		expect(await push(call("one"))).toMatchObject(pushed);
		const without = call("one", "writer", { keep: { holder: "one", turn: async () => false } });
		expect(await push(without, "never")).toMatchObject({ kind: "later", afterMs: 0 });
		expect(await push(call("one"))).toMatchObject(pushed);
		expect(dials).toBe(1);
		expect(await admin`select 1 from things where key = 'never'`).toHaveLength(0);
	});
});

test.each([{ idleMs: 1 }, { lifeMs: 0 }])("a session at rest for long, or old, is closed: %o", async (options) => {
	await withConnector(options, async (push) => {
		expect(await push(call("one"))).toMatchObject(pushed);
		await sessionsAre(0);
	});
});

test("a call that keeps nothing has a session of its own", async () => {
	await withConnector(undefined, async (push) => {
		const { keep: _, ...alone } = call("one");
		expect(await push(alone)).toMatchObject(pushed);
		await sessionsAre(0);
	});
});
