import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { GuardedDial, GuardedHttp } from "../connectors/connector.ts";
import type { AsService } from "../db/as-service.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { blockScope } from "./budget.ts";
import { type Doors, paceDoors } from "./paced-http.ts";

// A database is started for this file.
setDefaultTimeout(60_000);

let db: TestDatabase;
beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(async () => {
	await db.close();
});

const aborted = { kind: "unanswered", reason: "aborted" } as const;

/** Doors that note what went through them. */
function doorsNoting(): Doors & { sent: string[] } {
	const sent: string[] = [];
	const http: GuardedHttp = async ({ url }) => {
		sent.push(url);
		return { kind: "answered", status: 200, headers: new Headers(), text: "" };
	};
	const dial: GuardedDial = async ({ host }) => {
		sent.push(host);
		return { kind: "unanswered", reason: "dropped" };
	};
	return { http, dial, sent };
}

const { signal } = new AbortController();
const get = (url: string, over: AbortSignal = signal) => ({ method: "GET" as const, url, signal: over });
const nextFreeMs = async (scope: string): Promise<number> =>
	await db.database.asService("a test looks at a budget", async (sql) => {
		const [row] = await sql<{ at: number }[]>`
			select extract(epoch from next_free_at)::float8 * 1000 as at from sheaf.provider_budgets where scope = ${scope}`;
		return row?.at ?? 0;
	});

test("SYNC-4: every request and every socket of a call takes a turn of its own", async () => {
	const out = doorsNoting();
	const budget = { scope: "test:each", requestsPerSecond: 100, party: "a" };
	const { doors, heldBack } = paceDoors(db.database.asService, budget, out);
	await doors.http(get("https://one.test/"));
	const first = await nextFreeMs(budget.scope);
	await doors.http(get("https://two.test/"));
	await doors.dial?.({ host: "three.test", port: 1, signal });
	expect(out.sent).toEqual(["https://one.test/", "https://two.test/", "three.test"]);
	expect((await nextFreeMs(budget.scope)) - first).toBeGreaterThanOrEqual(20);
	expect(heldBack()).toBeNull();
});

test("SYNC-4: while the scope is blocked nothing is sent, and the call says for how long", async () => {
	const out = doorsNoting();
	const budget = { scope: "test:blocked", requestsPerSecond: 100, party: "a" };
	await blockScope(db.database.asService, budget.scope, 30_000);
	const { doors, heldBack } = paceDoors(db.database.asService, budget, out);
	expect(await doors.http(get("https://one.test/"))).toEqual(aborted);
	expect(await doors.dial?.({ host: "two.test", port: 1, signal })).toEqual(aborted);
	expect(out.sent).toEqual([]);
	expect(heldBack()?.forMs).toBeGreaterThan(20_000);
});

test("SYNC-4: a request that was given up while it waited for its turn is not sent", async () => {
	const out = doorsNoting();
	const { doors, heldBack } = paceDoors(
		db.database.asService,
		{ scope: "test:given-up", requestsPerSecond: 100, party: "a" },
		out,
	);
	expect(await doors.http(get("https://one.test/", AbortSignal.abort()))).toEqual(aborted);
	expect(out.sent).toEqual([]);
	expect(heldBack()).toEqual({ forMs: 0 });
});

test("I5: a database that is away is no failure of the provider", async () => {
	const away: AsService = async () => {
		throw new Error("the database is away");
	};
	const { doors, heldBack } = paceDoors(
		away,
		{ scope: "test:away", requestsPerSecond: 100, party: "a" },
		doorsNoting(),
	);
	expect(await doors.http(get("https://one.test/"))).toEqual(aborted);
	expect(heldBack).toThrow("the database is away");
});

test("CON-1: a connector that opens no sockets is handed none", () => {
	const { http } = doorsNoting();
	const { doors } = paceDoors(
		db.database.asService,
		{ scope: "test:none", requestsPerSecond: 100, party: "a" },
		{ http },
	);
	expect(doors.dial).toBeUndefined();
});
