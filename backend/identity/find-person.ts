import type { TransactionSql } from "postgres";
import { ensurePersonalWorkspace } from "../workspaces/personal.ts";
import type { IdentityContext } from "./context.ts";
import type { SignedIn } from "./signed-in.ts";
import type { UpstreamGrant, UpstreamIdentity } from "./upstream/upstream.ts";
import { forgetLeft, isGoneAccount, lockAccount } from "./upstream-account.ts";

/**
 * `email-in-use`: a first sign-in, and its verified address is that of a person who signs in by `ways` (ids of ways in). They
 * prove it by signing in that way, and then link this one.
 * `gone`: the upstream has said that this account was deleted there.
 */
export type PersonFound =
	| { kind: "signed-in"; person: SignedIn }
	| { kind: "email-in-use"; ways: string[] }
	| { kind: "gone" };

/**
 * The person whom an upstream vouches for; at their first sign-in they are made, with a workspace of their own. Known by provider and
 * subject alone, and never merged with anybody by an address (ID-2).
 */
export async function personFor(context: IdentityContext, identity: UpstreamIdentity): Promise<PersonFound> {
	const account = await describeAccount(context, identity);
	return await context.asIdentity(async (sql) => {
		await lockAccount(sql, identity);
		if (await isGoneAccount(sql, identity)) return { kind: "gone" };
		const known = await touchAccount(sql, account);
		const userId = known ?? (await makePerson(sql, account));
		if (userId === null) return { kind: "email-in-use", ways: await waysOf(sql, identity.email ?? "") };
		return { kind: "signed-in", person: { userId, provider: identity.provider } };
	});
}

/** An account as its row is written. `grantJwe`: see `UpstreamIdentity.grant`; null leaves an earlier one as it is. */
export type AccountDescription = { identity: UpstreamIdentity; grantJwe: string | null; now: Date };

/** Seals what has to be sealed, before a transaction is begun. */
export async function describeAccount(
	{ vault, now }: IdentityContext,
	identity: UpstreamIdentity,
): Promise<AccountDescription> {
	const grantJwe = identity.grant === null ? null : await vault.seal(identity.grant satisfies UpstreamGrant);
	return { identity, grantJwe, now: new Date(now()) };
}

/** Notes that a known account was used, and what the upstream calls it now. @returns whose it is, or null. */
export async function touchAccount(sql: TransactionSql, account: AccountDescription): Promise<string | null> {
	const { identity, grantJwe, now } = account;
	const [row] = await sql<{ userId: string }[]>`
		update sheaf.user_accounts
		set label = ${identity.label}, last_used_at = ${now}, grant_jwe = coalesce(${grantJwe}, grant_jwe)
		where provider = ${identity.provider} and subject = ${identity.subject} returning user_id`;
	return row?.userId ?? null;
}

/** The caller has locked the account and knows that it is nobody's. */
export async function insertAccount(sql: TransactionSql, account: AccountDescription, userId: string): Promise<void> {
	const { identity, grantJwe, now } = account;
	await forgetLeft(sql, identity);
	await sql`
		insert into sheaf.user_accounts (user_id, provider, subject, label, grant_jwe, linked_at, last_used_at)
		values (${userId}, ${identity.provider}, ${identity.subject}, ${identity.label}, ${grantJwe}, ${now}, ${now})`;
}

/** Null when the verified address is somebody's already. An address that nobody vouches for is not kept at all. */
async function makePerson(sql: TransactionSql, account: AccountDescription): Promise<string | null> {
	const { identity, now } = account;
	const verified = identity.emailVerified && identity.email !== null;
	const [user] = await sql<{ id: string }[]>`
		insert into sheaf.users (id, email, email_verified_at, first_name, last_name)
		values (uuidv7(), ${verified ? identity.email : ""}, ${verified ? now : null}, ${identity.firstName},
			${identity.lastName})
		on conflict do nothing returning id`;
	if (!user) return null;
	await insertAccount(sql, account, user.id);
	await ensurePersonalWorkspace(sql, user.id);
	return user.id;
}

async function waysOf(sql: TransactionSql, email: string): Promise<string[]> {
	const rows = await sql<{ provider: string }[]>`
		select distinct a.provider from sheaf.user_accounts a join sheaf.users u on u.id = a.user_id
		where u.email = ${email} and u.email_verified_at is not null order by a.provider`;
	return rows.map(({ provider }) => provider);
}
