import type { TransactionSql } from "postgres";
import { lockAccount } from "../upstream-account.ts";
import { accountOf, lockSession, rememberGoneSession, rememberGoneUser } from "./gone.ts";

/** What a message from Clerk ended. */
export type ClerkRemoval = {
	/** Device sessions, whose standing this process may still remember. */
	endedSessions: string[];
	/** The person whose only way in this was, and who is to be deleted now; null when there is none. */
	unreachable: UnreachablePerson | null;
};

export type UnreachablePerson = { userId: string; email: string };

type Owner = UnreachablePerson & { hasAnother: boolean };

/**
 * Takes the way in of a user that Clerk deleted, and ends everything that was opened by it. The only way in of a person stays as a row,
 * and opens nothing any more: it is how a repeated message finds whom to delete.
 */
export async function removeUser(sql: TransactionSql, clerkUserId: string, now: Date): Promise<ClerkRemoval> {
	await lockAccount(sql, accountOf(clerkUserId));
	await rememberGoneUser(sql, clerkUserId, now);
	const owner = await ownerOf(sql, clerkUserId);
	if (owner === null) return { endedSessions: [], unreachable: null };
	const { userId, email, hasAnother } = owner;
	if (hasAnother) {
		await sql`delete from sheaf.user_accounts where provider = 'clerk' and subject = ${clerkUserId}`;
	}
	const endedSessions = await endWhatClerkOpened(sql, owner, now);
	return { endedSessions, unreachable: hasAnother ? null : { userId, email } };
}

async function ownerOf(sql: TransactionSql, clerkUserId: string): Promise<Owner | null> {
	const [owner] = await sql<Owner[]>`
		select a.user_id, u.email, exists (
			select 1 from sheaf.user_accounts other where other.user_id = a.user_id and other.id <> a.id
		) as has_another
		from sheaf.user_accounts a join sheaf.users u on u.id = a.user_id
		where a.provider = 'clerk' and a.subject = ${clerkUserId}`;
	return owner ?? null;
}

/** Of a person without another way in, everything. */
async function endWhatClerkOpened(sql: TransactionSql, { userId, hasAnother }: Owner, now: Date): Promise<string[]> {
	await sql`
		delete from sheaf.browser_sessions where user_id = ${userId} and (provider = 'clerk' or not ${hasAnother}::boolean)`;
	await sql`
		delete from sheaf.authorization_codes
		where user_id = ${userId} and redeemed_at is null and (provider = 'clerk' or not ${hasAnother}::boolean)`;
	const ended = await sql<{ id: string }[]>`
		update sheaf.device_sessions set revoked_at = ${now}
		where user_id = ${userId} and revoked_at is null and (provider = 'clerk' or not ${hasAnother}::boolean)
		returning id`;
	return ended.map(({ id }) => id);
}

/** Ends the devices that were signed in by a session of Clerk, and lets its last token open nothing more. */
export async function endSession(sql: TransactionSql, clerkSessionId: string, now: Date): Promise<ClerkRemoval> {
	await lockSession(sql, clerkSessionId);
	await rememberGoneSession(sql, clerkSessionId, now);
	const ended = await sql<{ id: string }[]>`
		update sheaf.device_sessions set revoked_at = ${now}
		where provider = 'clerk' and upstream_session = ${clerkSessionId} and revoked_at is null
		returning id`;
	return { endedSessions: ended.map(({ id }) => id), unreachable: null };
}
