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
