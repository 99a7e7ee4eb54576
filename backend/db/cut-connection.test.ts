import { expect, setDefaultTimeout, test } from "bun:test";
import postgres from "postgres";
import { createTestDatabase } from "./test-database.ts";

// A database is started for this file.
setDefaultTimeout(60_000);

/** Without `patches/` the second case leaves what was asked unanswered, in about every other run: nothing more was heard for as long as was waited. */
test("I6: a connection that is cut refuses what it was given, and the next one answers", async () => {
	const database = await createTestDatabase();
	const [sql, admin] = [postgres(database.url, { max: 1, backoff: () => 0 }), postgres(database.url, { max: 1 })];
	const cut = (pid: number) => admin`select pg_terminate_backend(${pid}, 5000)`;
	const pidOf = async (one: postgres.ISql) =>
		(await one<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid ?? 0;
	const outcome = async (work: PromiseLike<unknown>): Promise<string | undefined> =>
		await work.then(
			() => "answered",
			(error: { code?: string }) => error.code,
		);

	// A transaction that goes on by itself after its connection has ended.
	const lost = sql.begin(async (transaction) => {
		await cut(await pidOf(transaction));
		await outcome(transaction`select 1`);
		expect(await outcome(transaction`select 2`)).toBe("CONNECTION_CLOSED");
	});
	expect(await outcome(lost)).toBe("CONNECTION_CLOSED");
	expect(await outcome(sql`select 3`)).toBe("answered");

	// Written to in the very turn in which its end is noticed, as often as it takes to meet it.
	for (let round = 0; round < 40; round += 1) {
		// The end of the last one may be read with the answer to this.
		const pid = await pidOf(sql).catch(() => pidOf(sql));
		const ended = cut(pid).then(() => undefined);
		const asked: Promise<unknown>[] = [];
		for (let turn = 0; turn < 20; turn += 1) {
			asked.push(outcome(sql`select ${turn}::integer`));
			await new Promise((resolve) => setImmediate(resolve));
		}
		await Promise.all([ended, ...asked]);
	}
	// Nothing is left that it would wait for.
	await Promise.all([sql.end(), admin.end()]);
	await database.close();
});
