import type { Transaction } from "../../db/connect.ts";
import type { Principal } from "../../db/principal.ts";
import { SheafError } from "../../errors.ts";
import { type AccountKey, rememberLeft } from "../../identity/upstream-account.ts";
import type { Deletion, DeletionDeps } from "./deletion-deps.ts";
import { addToReceipt, openReceipt } from "./receipts.ts";

type Marked = { deletion: Deletion; endedSessions: string[] };

/**
 * The first step, all or nothing: whoever is marked can no longer sign in, act or be told from nobody, and what is left to do can be
 * found by the mark and done again.
 *
 * @param confirm the person's e-mail, or the word "delete" where they have none
 * @throws SheafError `users/confirmation-wrong`, or `users/sole-owner` with the workspaces in its details
 */
export async function markPerson(
	{ identity }: Pick<DeletionDeps, "identity">,
	{ userId }: Pick<Principal, "userId">,
	confirm: string,
): Promise<Deletion> {
	const { deletion, endedSessions } = await identity.asIdentity(async (sql): Promise<Marked> => {
		const person = await lockPerson(sql, userId);
		if (person.deletionId !== null) return { deletion: { userId, receiptId: person.deletionId }, endedSessions: [] };
		refuseUnconfirmed(confirm, person.email);
		await refuseSoleOwner(sql, userId);
		const now = new Date(identity.now());
		const receiptId = await openReceipt(sql, now);
		await stepDown(sql, userId);
		const sessions = await cutOff(sql, userId, person.email);
		const accounts = await forgetWaysIn(sql, userId, now);
		await addToReceipt(sql, receiptId, { counts: { sessions: sessions.length, accounts } });
		await sql`
			update sheaf.users set deletion_id = ${receiptId}, email = '', email_verified_at = null, first_name = '',
				last_name = '' where id = ${userId}`;
		return { deletion: { userId, receiptId }, endedSessions: sessions };
	});
	for (const id of endedSessions) identity.standing.forget(id);
	return deletion;
}

/** "no key": somebody who accepts an invitation in this moment holds a workspace's lock and refers to the person. */
async function lockPerson(sql: Transaction, userId: string): Promise<{ email: string; deletionId: string | null }> {
	const [person] = await sql<{ email: string; deletionId: string | null }[]>`
		select email, deletion_id from sheaf.users where id = ${userId} for no key update`;
	if (!person) throw new SheafError("auth/session-revoked", "This account is gone.");
	return person;
}

function refuseUnconfirmed(confirm: string, email: string): void {
	const expected = email === "" ? "delete" : email;
	if (confirm.trim().toLowerCase() === expected) return;
	const what = email === "" ? 'the word "delete"' : "your e-mail address";
	throw new SheafError("users/confirmation-wrong", `That is not ${what}. Nothing was deleted.`);
}

/** Under the locks of all their workspaces, so that the answer still holds when the mark is set. */
async function refuseSoleOwner(sql: Transaction, userId: string): Promise<void> {
	await sql`
		select 1 from sheaf.workspaces
		where id in (select workspace_id from sheaf.workspace_members where user_id = ${userId})
		order by id for no key update`;
	const workspaces = await sql<{ id: string; name: string }[]>`
		select w.id, w.name from sheaf.workspaces w
		join sheaf.workspace_members me on me.workspace_id = w.id and me.user_id = ${userId} and me.role = 'owner'
		join sheaf.workspace_members other on other.workspace_id = w.id and other.user_id <> me.user_id
		join sheaf.users u on u.id = other.user_id and u.deletion_id is null
		group by w.id, w.name having not bool_or(other.role = 'owner') order by w.name, w.id`;
	if (workspaces.length === 0) return;
	const names = workspaces.map(({ name }) => `“${name}”`).join(", ");
	throw new SheafError(
		"users/sole-owner",
		`Others are in ${names}, and you are the only owner there. Make somebody else owner or delete it first; then delete your account.`,
		{ details: { workspaces: workspaces.map(({ id, name }) => ({ id, name })) } },
	);
}

/** An owner who is going does not count as one for those who stay. */
async function stepDown(sql: Transaction, userId: string): Promise<void> {
	await sql`
		update sheaf.workspace_members m set role = 'viewer'
		where m.user_id = ${userId} and exists (
			select 1 from sheaf.workspace_members other join sheaf.users u on u.id = other.user_id
			where other.workspace_id = m.workspace_id and other.user_id <> m.user_id and u.deletion_id is null)`;
}

/** All devices and pages at once, and everything that could still become one. @returns the sessions that ended */
async function cutOff(sql: Transaction, userId: string, email: string): Promise<string[]> {
	await sql`delete from sheaf.browser_sessions where user_id = ${userId}`;
	await sql`delete from sheaf.authorization_codes where user_id = ${userId}`;
	await sql`delete from sheaf.device_grants where user_id = ${userId}`;
	await sql`delete from sheaf.upstream_flows where user_id = ${userId}`;
	await sql`delete from sheaf.link_tickets where user_id = ${userId}`;
	await sql`delete from sheaf.device_keys where user_id = ${userId}`;
	await sql`delete from sheaf.email_challenges where user_id = ${userId} or email = ${email}`;
	const sessions = await sql<{ id: string }[]>`
		delete from sheaf.device_sessions where user_id = ${userId} returning id`;
	return sessions.map(({ id }) => id);
}

/**
 * Passwords go now; a way in elsewhere loses who it was, so that the next sign-in there makes a new person, and keeps its grant until
 * that has been taken back. What is told of them there later makes nobody. @returns how many there were
 */
async function forgetWaysIn(sql: Transaction, userId: string, now: Date): Promise<number> {
	const passwords = await sql`
		delete from sheaf.user_accounts where user_id = ${userId} and provider = 'password' returning 1`;
	const upstream = await sql<AccountKey[]>`
		update sheaf.user_accounts set subject = 'deleted/' || id, label = '' where user_id = ${userId}
		returning provider, old.subject`;
	await rememberLeft(sql, upstream, now);
	return passwords.length + upstream.length;
}
