import type { TransactionSql } from "postgres";
import { lockClerk, rememberGoneSession, rememberGoneUser } from "./gone.ts";

/** What a message from Clerk ended. */
export type ClerkRemoval = {
	/** Device sessions, whose standing this process may still remember. */
	endedSessions: string[];
	/** The person whose last way in this was; null when nobody's, or when they have another. */
	withoutWayIn: string | null;
};

/** Takes the way in of a user that Clerk deleted, and everything that was opened by it. */
export async function removeUser(sql: TransactionSql, clerkUserId: string, now: Date): Promise<ClerkRemoval> {
	await lockClerk(sql, clerkUserId);
	await rememberGoneUser(sql, clerkUserId, now);
	const [account] = await sql<{ userId: string }[]>`
		delete from sheaf.user_accounts where provider = 'clerk' and subject = ${clerkUserId} returning user_id`;
	if (!account) return { endedSessions: [], withoutWayIn: null };
	const { userId } = account;
	const [others] = await sql`select 1 from sheaf.user_accounts where user_id = ${userId} limit 1`;
	const last = others === undefined;
	const ended = await sql<{ id: string }[]>`
		update sheaf.device_sessions set revoked_at = ${now}
		where user_id = ${userId} and revoked_at is null and (provider = 'clerk' or ${last})
		returning id`;
	await sql`delete from sheaf.browser_sessions where user_id = ${userId} and (provider = 'clerk' or ${last})`;
	await sql`
		delete from sheaf.authorization_codes
		where user_id = ${userId} and redeemed_at is null and (provider = 'clerk' or ${last})`;
	return { endedSessions: ended.map(({ id }) => id), withoutWayIn: last ? userId : null };
}

/** Ends the devices that were signed in by a session of Clerk, and lets its last token open nothing more. */
export async function endSession(sql: TransactionSql, clerkSessionId: string, now: Date): Promise<ClerkRemoval> {
	await lockClerk(sql, clerkSessionId);
	await rememberGoneSession(sql, clerkSessionId, now);
	const ended = await sql<{ id: string }[]>`
		update sheaf.device_sessions set revoked_at = ${now}
		where provider = 'clerk' and upstream_session = ${clerkSessionId} and revoked_at is null
		returning id`;
	return { endedSessions: ended.map(({ id }) => id), withoutWayIn: null };
}
