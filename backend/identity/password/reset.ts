import type { TransactionSql } from "postgres";
import { noAccountLetter, noPasswordLetter, passwordChangedLetter, resetLetter } from "../../mail/letters.ts";
import type { Letter } from "../../mail/mail.ts";
import { type Language } from "../../words/languages.ts";
import { hashPassword } from "../passwords.ts";
import { findPerson, type KnownPerson } from "../people.ts";
import {
	type Challenge,
	type ChallengeSecrets,
	type CodeAnswer,
	letterMinutes,
	openChallenge,
	redeemCode,
	redeemLink,
} from "./email-challenges.ts";
import { letterAddress, type PasswordWay, tell } from "./password-way.ts";
import { setPassword } from "./set-password.ts";

/**
 * Somebody forgot a password. Whether there is one, is told to the address alone: everything else is the same for all.
 *
 * @returns what the window that waits shows its code with; null when the letter could not be sent
 */
export async function beginReset(
	way: PasswordWay,
	{ email, language }: { email: string; language: Language },
): Promise<string | null> {
	const { identity } = way;
	const person = await findPerson(identity, email);
	const userId = person?.ways.includes("password") ? person.userId : null;
	const secrets = await openChallenge(identity, { purpose: "reset", email, userId, passwordHash: null });
	const sent = await way.mail.send(letterFor(way, { email, language, person, secrets }));
	return sent === "sent" ? secrets.waiting : null;
}

type Occasion = { email: string; language: Language; person: KnownPerson | null; secrets: ChallengeSecrets };

function letterFor(way: PasswordWay, { email, language, person, secrets }: Occasion): Letter {
	const addressed = { to: email, sheafUrl: way.identity.issuer, language };
	if (person === null) return noAccountLetter(addressed);
	if (!person.ways.includes("password")) return noPasswordLetter(addressed, person.ways.map(way.titleOf));
	return resetLetter(addressed, {
		code: secrets.code,
		link: letterAddress(way, secrets.link),
		minutes: letterMinutes,
	});
}

/** A new password that was judged already, and the language of the letter that tells of it. */
export type NewPassword = { password: string; language: Language };

/** Whose password was set. */
export type Reset = { userId: string; email: string };

/** The window that waits sets the new password with the letter's code. */
export async function resetByCode(
	way: PasswordWay,
	{ password, language, ...typed }: NewPassword & { waiting: string; code: string },
): Promise<CodeAnswer<Reset>> {
	const passwordHash = await hashPassword(password);
	const answer = await redeemCode(way.identity, { purpose: "reset", ...typed }, (sql, challenge) =>
		reset(way, sql, { challenge, passwordHash }),
	);
	if (answer === null) return "gone";
	return typeof answer === "string" ? answer : await ended(way, { ...answer, language });
}

/** The page behind the letter's link sets it. Null when the link is not good (any more). */
export async function resetByLink(
	way: PasswordWay,
	{ password, language, link }: NewPassword & { link: string },
): Promise<Reset | null> {
	const passwordHash = await hashPassword(password);
	const answer = await redeemLink(way.identity, link, (sql, challenge) => reset(way, sql, { challenge, passwordHash }));
	return answer === null ? null : await ended(way, { ...answer, language });
}

/** Whether the link of this challenge leads to a new password. */
export function setsPassword({ purpose, userId, passwordHash }: Challenge): boolean {
	return userId !== null && passwordHash === null && (purpose === "reset" || purpose === "sign_up");
}

type Ending = Reset & { sessions: string[] };

async function reset(
	{ identity }: PasswordWay,
	sql: TransactionSql,
	{ challenge, passwordHash }: { challenge: Challenge; passwordHash: string },
): Promise<Ending | null> {
	const { userId, email } = challenge;
	if (userId === null || !setsPassword(challenge)) return null;
	await proveAddress(sql, { userId, email, now: new Date(identity.now()) });
	const sessions = await setPassword(identity, sql, { userId, email, passwordHash, keptSession: null });
	return { userId, email, sessions };
}

async function ended(
	way: PasswordWay,
	{ sessions, language, ...person }: Ending & { language: Language },
): Promise<Reset> {
	for (const id of sessions) way.identity.standing.forget(id);
	await tell(way, passwordChangedLetter({ to: person.email, sheafUrl: way.identity.issuer, language }, "everywhere"));
	return person;
}

/** Whoever answered a letter reads the letters to its address. False when the person has another by now, or another person has it. */
export async function proveAddress(
	sql: TransactionSql,
	{ userId, email, now }: { userId: string; email: string; now: Date },
): Promise<boolean> {
	const proven = await sql`
		update sheaf.users u set email_verified_at = coalesce(u.email_verified_at, ${now})
		where u.id = ${userId} and u.email = ${email} and not exists (
			select 1 from sheaf.users other
			where other.email = u.email and other.email_verified_at is not null and other.id <> u.id)
		returning 1`;
	return proven.length === 1;
}
