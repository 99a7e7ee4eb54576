import type { Transaction } from "../db/connect.ts";

/**
 * One writer per workspace at a time, until the transaction ends. Everybody who changes records, or deliveries other than
 * those it has leased, takes it first: what they read to decide on cannot change under them, two rows are never
 * locked in opposite orders, and the loser of a race waits some milliseconds instead of failing.
 *
 * A statement of its own, because a statement sees what was there when it began: a lock taken in the same statement as the
 * reading comes too late.
 */
export function lockWrites(sql: Transaction): Promise<unknown> {
	// `execute` sends it now: whatever the caller pipelines after it really comes after it.
	return sql`
		select pg_advisory_xact_lock(hashtextextended('sheaf.writes/' || sheaf.current_workspace()::text, 0))`.execute();
}

/**
 * How PostgreSQL plans the prepared statements of this transaction from here on. Left alone it keeps a general plan after five
 * uses: for look-ups by id that is one made while the table was small, which then reads a whole workspace per batch until
 * the next ANALYZE (`each-time`). The statement that writes has no such choice and is long: planning it anew took a third of its
 * time (`once`).
 */
export function planStatements(sql: Transaction, when: "each-time" | "once"): Promise<unknown> {
	const mode = when === "once" ? "force_generic_plan" : "force_custom_plan";
	return sql`select set_config('plan_cache_mode', ${mode}, true)`.execute();
}
