import type { TransactionSql } from "postgres";
import type { PasswordChange } from "../../contract/ways-in.ts";
import type { Principal } from "../../db/principal.ts";
import { SheafError } from "../../errors.ts";
import { passwordChangedLetter } from "../../mail/letters.ts";
import { type Language } from "../../words/languages.ts";
import { sayIn } from "../../words/say.ts";
import type { IdentityContext } from "../context.ts";
import { endSessionsIn } from "../own-sessions.ts";
import { hashPassword, maxPasswordLength, minPasswordLength, passwordFits } from "../passwords.ts";
import { insertPassword } from "../people.ts";
import { endChallenges } from "./email-challenges.ts";
import { passwordProblems } from "./password-rules.ts";
import { type PasswordWay, tell } from "./password-way.ts";

/** `keptSession`: the device that goes on; null signs out everywhere. */
export type PasswordSetting = { userId: string; email: string; passwordHash: string; keptSession: string | null };

/**
 * Sets a password in the caller's transaction: whoever knew the old one, or had come in with it, is out (ASVS 5.0, 7.4.3).
 *
 * @returns the sessions that ended, for `standing.forget` after the transaction
 */
export async function setPassword(
	context: IdentityContext,
	sql: TransactionSql,
	{ userId, email, passwordHash, keptSession }: PasswordSetting,
): Promise<string[]> {
	const changed = await sql`
		update sheaf.user_accounts set password_hash = ${passwordHash}
		where user_id = ${userId} and provider = 'password' returning 1`;
	if (changed.length === 0) await insertPassword(sql, { userId, email, passwordHash });
	await endChallenges(sql, userId);
	return await endSessionsIn(context, sql, { userId, keptSession });
}

type Asker = { email: string; emailVerified: boolean; passwordHash: string | null };

/**
 * A signed-in person sets a first password or changes the one there is; their other devices are signed out.
 *
 * @throws SheafError `auth/password-wrong`, `auth/password-unacceptable`, `auth/email-unverified`
 */
export async function changePassword(
	way: PasswordWay,
	{ userId, sessionId }: Principal,
	{ current, password, language }: PasswordChange & { language: Language },
): Promise<void> {
	const { identity } = way;
	const asker = await readAsker(identity, userId);
	await checkAsker(asker, current ?? "");
	const problem = await way.judge(password, asker.email);
	if (problem !== null) {
		throw new SheafError("auth/password-unacceptable", sayIn("en", passwordProblems[problem]), {
			details: { problem, case: problem, min: minPasswordLength, max: maxPasswordLength },
		});
	}
	const passwordHash = await hashPassword(password);
	const setting = { userId, email: asker.email, passwordHash, keptSession: sessionId };
	const ended = await identity.asIdentity((sql) => setPassword(identity, sql, setting));
	for (const id of ended) identity.standing.forget(id);
	const addressed = { to: asker.email, sheafUrl: identity.issuer, language };
	await tell(way, passwordChangedLetter(addressed, "elsewhere"));
}

async function checkAsker({ emailVerified, passwordHash }: Asker, current: string): Promise<void> {
	if (passwordHash === null) {
		if (emailVerified) return;
		throw new SheafError(
			"auth/email-unverified",
			"A password needs an e-mail address that is proven to be yours, and this account has none.",
		);
	}
	if (await passwordFits(current, passwordHash)) return;
	throw new SheafError("auth/password-wrong", "That is not your current password. Nothing was changed.");
}

async function readAsker(context: IdentityContext, userId: string): Promise<Asker> {
	const row = await context.asIdentity(async (sql) => {
		const [found] = await sql<Asker[]>`
			select u.email, u.email_verified_at is not null as email_verified, a.password_hash from sheaf.users u
			left join sheaf.user_accounts a on a.user_id = u.id and a.provider = 'password' where u.id = ${userId}`;
		return found;
	});
	if (!row) throw new SheafError("auth/session-revoked", "This device was signed out. Sign in again.");
	return row;
}
