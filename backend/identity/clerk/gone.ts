import type { TransactionSql } from "postgres";
import { type AccountKey, accountHash, isGoneAccount } from "../upstream-account.ts";
import type { ClerkSession } from "./session-token.ts";

/** `inbound_messages` keeps ended sessions too, under a source of their own, and long enough for any token to run out. */
const endedSessions = "clerk/session";

/** A user of Clerk as a way in. */
export function accountOf(userId: string): AccountKey {
	return { provider: "clerk", subject: userId };
}

/** A late message or a token that still lives must not bring the user back. */
export async function rememberGoneUser(sql: TransactionSql, userId: string, at: Date): Promise<void> {
	await sql`
		insert into sheaf.deleted_accounts (account_hash, deleted_at, cause)
		values (${accountHash(accountOf(userId))}, ${at}, 'upstream')
		on conflict (account_hash) do update set cause = 'upstream'`;
}

/** Only one transaction at a time decides about a session of Clerk. */
export async function lockSession(sql: TransactionSql, sessionId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`sheaf.clerk/${sessionId}`}, 0))`;
}

/** A session's last token outlives it by up to a minute, and must open nothing that no message would end any more. */
export async function rememberGoneSession(sql: TransactionSql, sessionId: string, at: Date): Promise<void> {
	await sql`
		insert into sheaf.inbound_messages (source, message_id, received_at) values (${endedSessions}, ${sessionId}, ${at})
		on conflict do nothing`;
}

/** Whether Clerk has said that the session, or its user, is gone. */
export async function isGone(sql: TransactionSql, { userId, sessionId }: ClerkSession): Promise<boolean> {
	if (await isGoneAccount(sql, accountOf(userId))) return true;
	const rows = await sql`
		select 1 from sheaf.inbound_messages where source = ${endedSessions} and message_id = ${sessionId}`;
	return rows.length > 0;
}
