import type { TransactionSql } from "postgres";
import { tokenHash } from "../opaque-tokens.ts";

/** `inbound_messages` keeps ended sessions too, under a source of their own, and long enough for any token to run out. */
const endedSessions = "clerk/session";

/** Only one transaction at a time decides about a user or a session of Clerk. */
export async function lockClerk(sql: TransactionSql, id: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`sheaf.clerk/${id}`}, 0))`;
}

/** A late message or a token that still lives must not bring the user back. Ids are never used again at Clerk. */
export async function rememberGoneUser(sql: TransactionSql, userId: string, at: Date): Promise<void> {
	await sql`
		insert into sheaf.deleted_accounts (account_hash, deleted_at) values (${userHash(userId)}, ${at})
		on conflict do nothing`;
}

export async function isGoneUser(sql: TransactionSql, userId: string): Promise<boolean> {
	const rows = await sql`select 1 from sheaf.deleted_accounts where account_hash = ${userHash(userId)}`;
	return rows.length > 0;
}

/** A session's last token outlives it by up to a minute, and must open nothing that no message would end any more. */
export async function rememberGoneSession(sql: TransactionSql, sessionId: string, at: Date): Promise<void> {
	await sql`
		insert into sheaf.inbound_messages (source, message_id, received_at) values (${endedSessions}, ${sessionId}, ${at})
		on conflict do nothing`;
}

export async function isGoneSession(sql: TransactionSql, sessionId: string): Promise<boolean> {
	const rows = await sql`
		select 1 from sheaf.inbound_messages where source = ${endedSessions} and message_id = ${sessionId}`;
	return rows.length > 0;
}

function userHash(userId: string): Buffer {
	return tokenHash(`clerk\n${userId}`);
}
