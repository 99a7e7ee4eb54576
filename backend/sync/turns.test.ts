import { afterAll, beforeAll, expect, test } from "bun:test";
import type { AsService } from "../db/as-service.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { blockScope } from "./budget.ts";
import { takeFairTurn } from "./turns.ts";

let db: TestDatabase;
beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(async () => {
	await db.close();
});

const never = new AbortController().signal;

/** A scope of one test's own, and the parties in the order they got their turns. */
function scopeOf(scope: string) {
	const order: string[] = [];
	const take = async (party: string, signal = never) => {
		const turn = await takeFairTurn(db.database.asService, { scope, requestsPerSecond: 100, party }, signal);
		if (turn.kind === "go") order.push(party);
		return turn;
	};
	return { order, take };
}

test("SYNC-4: whoever had fewer turns goes before a backlog that came first, with every request it makes", async () => {
	const { order, take } = scopeOf("fair:single");
	const backlog = Array.from({ length: 40 }, () => take("backlog"));
	await backlog[4];
	const before = order.length;
	for (const _ of [1, 2, 3]) await take("single");
	await Promise.all(backlog);
	expect(order.slice(before, before + 3)).toEqual(["single", "single", "single"]);
	expect(order).toHaveLength(43);
});

test("SYNC-4: two backlogs share the turns, however many each has waiting", async () => {
	const { order, take } = scopeOf("fair:shared");
	await Promise.all([
		...Array.from({ length: 30 }, () => take("long")),
		...Array.from({ length: 10 }, () => take("short")),
	]);
	expect(order.slice(0, 20).filter((party) => party === "short")).toHaveLength(10);
});

test("SYNC-4: of one party's requests those of a push that was begun go first, so that pushes end one after the other", async () => {
	const order: string[] = [];
	const take = async (name: string, isBegun: boolean) => {
		const asking = { scope: "fair:begun", requestsPerSecond: 100, party: "a", isBegun };
		await takeFairTurn(db.database.asService, asking, never);
		order.push(name);
	};
	await Promise.all([take("new", false), take("newer", false), take("second of its push", true)]);
	expect(order).toEqual(["second of its push", "new", "newer"]);
});

test("one party's turns come in the order they were asked for", async () => {
	const order: number[] = [];
	const { take } = scopeOf("fair:order");
	await Promise.all(Array.from({ length: 10 }, async (_, n) => take("a").then(() => order.push(n))));
	expect(order).toEqual(Array.from({ length: 10 }, (_, n) => n));
});

test("whoever gives up is out, and the others still get theirs", async () => {
	const { order, take } = scopeOf("fair:given-up");
	const giving = new AbortController();
	const given = Array.from({ length: 5 }, () => take("gone", giving.signal));
	const staying = take("stays");
	giving.abort();
	expect((await Promise.all(given)).filter(({ kind }) => kind === "go").length).toBeLessThanOrEqual(1);
	expect(await staying).toMatchObject({ kind: "go" });
	expect(await take("gone", AbortSignal.abort())).toEqual({ kind: "aborted" });
	expect(await take("later")).toMatchObject({ kind: "go" });
	expect(order.slice(-2)).toEqual(["stays", "later"]);
});

test("SYNC-4: while the scope is blocked everybody hears so at once", async () => {
	const { order, take } = scopeOf("fair:blocked");
	await blockScope(db.database.asService, "fair:blocked", 60_000);
	const turns = await Promise.all(Array.from({ length: 20 }, () => take("a")));
	expect(turns.every((turn) => turn.kind === "blocked" && turn.forMs > 0)).toBe(true);
	expect(order).toEqual([]);
});

test("what the database throws is thrown to everybody who waits, and the next one asks anew", async () => {
	let isAway = true;
	const asService: AsService = async (reason, work) => {
		if (isAway) throw new Error("away");
		return await db.database.asService(reason, work);
	};
	const take = () => takeFairTurn(asService, { scope: "fair:away", requestsPerSecond: 100, party: "a" }, never);
	const turns = await Promise.allSettled([take(), take(), take()]);
	expect(turns.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
	isAway = false;
	expect(await take()).toMatchObject({ kind: "go" });
});

test("SYNC-4: a request whose answer took long may have come late, and puts off the one too many in its second", async () => {
	const asking = { scope: "fair:late", requestsPerSecond: 20, party: "a" };
	const take = async () => {
		const turn = await takeFairTurn(db.database.asService, asking, never);
		const at = performance.now();
		if (turn.kind !== "go") throw new Error(turn.kind);
		return { at, answered: turn.answered };
	};
	const second = async (isAnswered: boolean) => {
		const turns = [];
		for (let n = 0; n < 20; n += 1) {
			const turn = await take();
			if (isAnswered) turn.answered();
			turns.push(turn.at);
		}
		return turns;
	};
	const late = await second(false);
	const after = await second(true);
	const gaps = after.map((at, place) => at - (late[place] ?? 0));
	// Not answered, each may have arrived 20 ms after it left; the slots alone would be 1,020 ms apart. The middle one, because this
	// process may be held up between a turn and its noting.
	expect(gaps.toSorted((a, b) => a - b)[gaps.length / 2]).toBeGreaterThanOrEqual(1_025);
});
