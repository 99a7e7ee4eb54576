import type { TransactionSql } from "postgres";
import type { LinkStart } from "../contract/ways-in.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { fromNow, type IdentityContext } from "./context.ts";
import { describeAccount, insertAccount, touchAccount } from "./find-person.ts";
import { randomToken, tokenHash } from "./opaque-tokens.ts";
import type { UpstreamGrant, UpstreamIdentity } from "./upstream/upstream.ts";
import { isGoneAccount, lockAccount, rememberLeft } from "./upstream-account.ts";

/** The window is opened at once; signing in again in it takes a moment. */
const ticketSeconds = 600;

/** A signed-in person wants to add a way in, and a window is to be opened for it. */
export type LinkTicket = {
	provider: string;
	userId: string;
	email: string;
	/** The ways the person has, by provider. */
	ways: string[];
	redirectUri: string;
	state: string;
};

/**
 * @returns the token of the address that the window opens
 * @throws SheafError `request/invalid` when the redirect is none of the asking client's
 */
export async function createLinkTicket(
	context: IdentityContext,
	{ userId, sessionId }: Principal,
	{ provider, redirectUri, state }: LinkStart,
): Promise<string> {
	const token = randomToken();
	await context.asIdentity(async (sql) => {
		const [session] = await sql<{ clientId: string }[]>`
			select client_id from sheaf.device_sessions where id = ${sessionId}`;
		const client = context.clients.find(({ id }) => id === session?.clientId);
		if (!client?.redirectUris.includes(redirectUri)) {
			throw new SheafError("request/invalid", "The address to come back to is not on this app's list.", {
				details: { in: "body", field: "redirectUri" },
			});
		}
		await sql`
			insert into sheaf.link_tickets (ticket_hash, user_id, session_id, provider, redirect_uri, state, expires_at)
			values (${tokenHash(token)}, ${userId}, ${sessionId}, ${provider}, ${redirectUri}, ${state},
				${fromNow(context, ticketSeconds)})`;
	});
	return token;
}

/** What a ticket is for, while it and the session that asked for it are good; null else. It can still be used afterwards. */
export async function readLinkTicket(context: IdentityContext, token: string): Promise<LinkTicket | null> {
	return await context.asIdentity((sql) => selectTicket(context, sql, token));
}

/** The same, and with it the ticket is used up. */
export async function useLinkTicket(context: IdentityContext, token: string): Promise<LinkTicket | null> {
	return await context.asIdentity(async (sql) => {
		// Of two at once the second waits here, and then finds nothing.
		await sql`select 1 from sheaf.link_tickets where ticket_hash = ${tokenHash(token)} for update`;
		const ticket = await selectTicket(context, sql, token);
		await sql`delete from sheaf.link_tickets where ticket_hash = ${tokenHash(token)}`;
		return ticket;
	});
}

async function selectTicket(context: IdentityContext, sql: TransactionSql, token: string): Promise<LinkTicket | null> {
	const now = new Date(context.now());
	const [ticket] = await sql<LinkTicket[]>`
		select t.provider, t.user_id, u.email, t.redirect_uri, t.state,
			array(select a.provider from sheaf.user_accounts a where a.user_id = t.user_id) as ways
		from sheaf.link_tickets t
		join sheaf.users u on u.id = t.user_id
		join sheaf.device_sessions s on s.id = t.session_id and s.revoked_at is null
		where t.ticket_hash = ${tokenHash(token)} and t.expires_at > ${now}`;
	return ticket ?? null;
}

/** `in-use`: it belongs to another person. `gone`: the upstream has deleted it, or the person has left in the meantime. */
export type Linked = "linked" | "in-use" | "gone";

/** Adds an account to a signed-in person; one that is theirs already is only noted as used. */
export async function linkAccount(
	context: IdentityContext,
	userId: string,
	identity: UpstreamIdentity,
): Promise<Linked> {
	const account = await describeAccount(context, identity);
	return await context.asIdentity(async (sql) => {
		await lockAccount(sql, identity);
		if ((await isGoneAccount(sql, identity)) || !(await lockPerson(sql, userId))) return "gone";
		const [owner] = await sql<{ userId: string }[]>`
			select user_id from sheaf.user_accounts
			where provider = ${identity.provider} and subject = ${identity.subject}`;
		if (owner && owner.userId !== userId) return "in-use";
		if (owner) await touchAccount(sql, account);
		else await insertAccount(sql, account, userId);
		return "linked";
	});
}

/** What was removed; its grant is still to be taken back. */
export type Unlinked = { provider: string; grant: UpstreamGrant | null };

/**
 * Removes one of the person's ways in.
 *
 * @param usable the providers that this backend offers: what it does not offer leads nobody in
 * @throws SheafError `auth/account-not-found`, in the same words for one of somebody else; `auth/last-way-in`
 */
export async function unlinkAccount(
	context: IdentityContext,
	{ userId }: Principal,
	{ id, usable }: { id: string; usable: readonly string[] },
): Promise<Unlinked> {
	const { provider, grantJwe } = await context.asIdentity(async (sql) => {
		// Two removals at once would each see the other's way in: the second waits here.
		await lockPerson(sql, userId);
		const accounts = await sql<{ id: string; provider: string; subject: string; grantJwe: string | null }[]>`
			select id, provider, subject, grant_jwe from sheaf.user_accounts where user_id = ${userId}`;
		const account = accounts.find((one) => one.id === id);
		if (!account) throw new SheafError("auth/account-not-found", "There is no such way in among yours.");
		if (!accounts.some((one) => one.id !== id && usable.includes(one.provider))) {
			throw new SheafError(
				"auth/last-way-in",
				"This is the last way into your account, so it was kept. Add another one first.",
			);
		}
		await sql`delete from sheaf.user_accounts where id = ${id}`;
		await rememberLeft(sql, [account], new Date(context.now()));
		return account;
	});
	return { provider, grant: grantJwe === null ? null : await openGrant(context, grantJwe) };
}

/** False when the person is leaving for good. */
async function lockPerson(sql: TransactionSql, userId: string): Promise<boolean> {
	const rows = await sql`select 1 from sheaf.users where id = ${userId} and deletion_id is null for no key update`;
	return rows.length === 1;
}

async function openGrant({ vault }: IdentityContext, jwe: string): Promise<UpstreamGrant> {
	return (await vault.open(jwe)) as UpstreamGrant;
}
