import type { TransactionSql } from "postgres";
import { ensurePersonalWorkspace } from "../workspaces/personal.ts";
import type { IdentityContext } from "./context.ts";
import { hashPassword, isOutdatedHash, isPossiblePassword, passwordFits } from "./passwords.ts";

export type Credentials = { email: string; password: string };

const maxEmailLength = 254;
/** Deliberately loose: whether an address exists is shown by a letter to it, not by its form. */
const emailForm = /^[^\s@<>"(),;:\\[\]]+@[^\s@<>"(),;:\\[\]]+$/;

/** E-mail addresses are compared and kept in lower case (ID-2). Null when it cannot be one. */
export function normalEmail(email: string): string | null {
	const normal = email.trim().normalize("NFC").toLowerCase();
	return normal.length <= maxEmailLength && emailForm.test(normal) ? normal : null;
}

type PasswordAccount = { userId: string; passwordHash: string };

/** The person with this e-mail and password, or null; the answer takes as long either way. */
export async function signIn(context: IdentityContext, { email, password }: Credentials): Promise<string | null> {
	const known = await findAccount(context, normalEmail(email));
	// A password nobody could have set is not worth hashing a megabyte for; its length tells nothing about the account.
	const possible = isPossiblePassword(password);
	const fits = await passwordFits(possible ? password : "", known?.passwordHash ?? null);
	if (!known || !fits || !possible) return null;
	await noteUse(context, known, isOutdatedHash(known.passwordHash) ? await hashPassword(password) : known.passwordHash);
	return known.userId;
}

/** An address may be claimed by one person and proven by another: who has proven it comes first. */
async function findAccount(context: IdentityContext, email: string | null): Promise<PasswordAccount | null> {
	if (email === null) return null;
	return await context.asIdentity(async (sql) => {
		const [row] = await sql<PasswordAccount[]>`
			select u.id as user_id, a.password_hash from sheaf.users u
			join sheaf.user_accounts a on a.user_id = u.id and a.provider = 'password'
			where u.email = ${email} order by u.email_verified_at is null limit 1`;
		return row ?? null;
	});
}

/** Replaces the hash that was checked and no other: a password changed in this moment stays changed. */
async function noteUse(context: IdentityContext, checked: PasswordAccount, hash: string): Promise<void> {
	await context.asIdentity(
		(sql) => sql`
			update sheaf.user_accounts set last_used_at = ${new Date(context.now())}, password_hash = ${hash}
			where user_id = ${checked.userId} and provider = 'password' and password_hash = ${checked.passwordHash}`,
	);
}

/** Who has an address: the person who has proven it, or else the one who claims it. `ways`: providers, oldest first. */
export type KnownPerson = { userId: string; emailVerified: boolean; ways: string[] };

export async function findPerson(context: IdentityContext, email: string): Promise<KnownPerson | null> {
	return await context.asIdentity(async (sql) => {
		const [row] = await sql<KnownPerson[]>`
			select u.id as user_id, u.email_verified_at is not null as email_verified, array(
				select a.provider from sheaf.user_accounts a where a.user_id = u.id order by a.linked_at, a.provider) as ways
			from sheaf.users u where u.email = ${email} order by u.email_verified_at is null limit 1`;
		return row ?? null;
	});
}

/** Whether nobody has ever signed up here. */
export async function hasNobody(context: IdentityContext): Promise<boolean> {
	return await context.asIdentity(async (sql) => {
		const [row] = await sql<{ nobody: boolean }[]>`select not exists (select from sheaf.users) as nobody`;
		return row?.nobody ?? false;
	});
}

/** `verifiedAt`: null when nobody has proven the address yet. */
export type NewPerson = { email: string; passwordHash: string; verifiedAt: Date | null };

/** Person, way in and personal workspace, all or nothing. Null when the address was taken in the meantime. */
export async function insertPerson(sql: TransactionSql, person: NewPerson): Promise<string | null> {
	const { email, passwordHash, verifiedAt } = person;
	const [user] = await sql<{ id: string }[]>`
		insert into sheaf.users (id, email, email_verified_at) values (uuidv7(), ${email}, ${verifiedAt})
		on conflict do nothing returning id`;
	if (!user) return null;
	await insertPassword(sql, { userId: user.id, email, passwordHash });
	await ensurePersonalWorkspace(sql, user.id);
	return user.id;
}

type NewPassword = { userId: string; email: string; passwordHash: string };

/** Adds the way in to somebody who has none of this kind. */
export async function insertPassword(sql: TransactionSql, { userId, email, passwordHash }: NewPassword): Promise<void> {
	await sql`
		insert into sheaf.user_accounts (user_id, provider, subject, label, password_hash)
		values (${userId}, 'password', ${userId}, ${email}, ${passwordHash})`;
}

/**
 * Makes an account, or signs in to the one that is there when the password is its own; null for any other existing account, after
 * the same work. Only for a backend that nobody else can reach: it tells whether an address is taken.
 *
 * @param credentials with an address as `normalEmail` makes it
 */
export async function signUp(context: IdentityContext, { email, password }: Credentials): Promise<string | null> {
	const known = await findAccount(context, email);
	if (known) return (await passwordFits(password, known.passwordHash)) ? known.userId : null;
	const passwordHash = await hashPassword(password);
	return await context.asIdentity((sql) => insertPerson(sql, { email, passwordHash, verifiedAt: null }));
}
