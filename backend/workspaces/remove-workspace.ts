import type { Transaction } from "../db/connect.ts";

/** A workspace of a million records takes about a minute, and half of one must not stay. */
const patience = "10min";

/**
 * Deletes the row, and by its foreign keys everything that names it. Under the lock of `records/write-lock.ts`, so that a batch
 * which is being written is there in full and goes with it, and the next one finds no workspace.
 *
 * @returns false when it was gone already
 */
export async function removeWorkspace(sql: Transaction, workspaceId: string): Promise<boolean> {
	await sql`select set_config('statement_timeout', ${patience}, true), set_config('lock_timeout', ${patience}, true)`;
	await sql`select pg_advisory_xact_lock(hashtextextended('sheaf.writes/' || ${workspaceId}::text, 0))`;
	const deleted = await sql`delete from sheaf.workspaces where id = ${workspaceId} returning 1`;
	return deleted.length > 0;
}
