import type { TransactionSql } from "postgres";
import { accountExistsLetter, confirmLetter, signUpLetter } from "../../mail/letters.ts";
import type { Letter } from "../../mail/mail.ts";
import { type Language } from "../../words/languages.ts";
import type { IdentityContext } from "../context.ts";
import { hashPassword } from "../passwords.ts";
import { type Credentials, findPerson, insertPerson, type KnownPerson, signUp } from "../people.ts";
import {
	type Challenge,
	type ChallengeSecrets,
	type CodeAnswer,
	claimChallenge,
	confirmHours,
	letterMinutes,
	openChallenge,
	redeemCode,
} from "./email-challenges.ts";
import { letterAddress, type PasswordWay } from "./password-way.ts";

/** Whoever wants an account, and the language of their letters. */
type Asking = Credentials & { language: Language };

/**
 * Without proof of the address, where the backend verifies none. The link that proves it later is sent or printed.
 *
 * @returns null when the address is taken and the password is not its account's
 */
export async function signUpAtOnce(way: PasswordWay, { email, password, language }: Asking): Promise<string | null> {
	const { identity } = way;
	const userId = await signUp(identity, { email, password });
	if (userId === null) return null;
	const person = await findPerson(identity, email);
	if (person?.userId !== userId || person.emailVerified) return userId;
	const { link } = await openChallenge(identity, { purpose: "confirm", email, userId, passwordHash: null });
	const addressed = { to: email, sheafUrl: identity.issuer, language };
	await way.mail.send(confirmLetter(addressed, { link: letterAddress(way, link), hours: confirmHours }));
	return userId;
}

/**
 * With proof first: nothing is there before somebody who reads the letters to the address says so. A known address causes the same
 * work and the same answer, and another letter.
 *
 * @returns what the window that waits shows its code with; null when the letter could not be sent
 */
export async function beginSignUp(way: PasswordWay, { email, password, language }: Asking): Promise<string | null> {
	const { identity } = way;
	const person = await findPerson(identity, email);
	const hash = await hashPassword(password);
	const secrets = await openChallenge(identity, {
		purpose: "sign_up",
		email,
		userId: person?.userId ?? null,
		passwordHash: person === null ? hash : null,
	});
	const sent = await way.mail.send(letterFor(way, { email, language, person, secrets }));
	return sent === "sent" ? secrets.waiting : null;
}

type Occasion = { email: string; language: Language; person: KnownPerson | null; secrets: ChallengeSecrets };

function letterFor(way: PasswordWay, { email, language, person, secrets }: Occasion): Letter {
	const addressed = { to: email, sheafUrl: way.identity.issuer, language };
	const proof = { code: secrets.code, link: letterAddress(way, secrets.link), minutes: letterMinutes };
	if (person === null) return signUpLetter(addressed, proof);
	const reset = person.ways.includes("password") ? proof : null;
	return accountExistsLetter(addressed, person.ways.map(way.titleOf), reset);
}

/** `taken`: somebody else proved the address meanwhile. */
export type SignUpEnd = CodeAnswer<{ userId: string } | "taken">;

/** The window that waits goes on, by the letter's code or, with none typed, because the link was pressed. */
export async function finishSignUp(
	{ identity }: Pick<PasswordWay, "identity">,
	typed: { waiting: string; code: string },
): Promise<SignUpEnd> {
	return await redeemCode(identity, { purpose: "sign_up", ...typed }, async (sql, challenge) => {
		if (challenge.confirmedAt !== null && challenge.userId !== null) return { userId: challenge.userId };
		const userId = await makeProven(identity, sql, challenge);
		return userId === null ? "taken" : { userId };
	});
}

/** The account of a challenge whose address was just proven. Null when there is one by now, or was from the beginning. */
export async function makeProven(
	context: IdentityContext,
	sql: TransactionSql,
	{ id, email, passwordHash }: Challenge,
): Promise<string | null> {
	if (passwordHash === null) return null;
	const userId = await insertPerson(sql, { email, passwordHash, verifiedAt: new Date(context.now()) });
	if (userId !== null) await claimChallenge(sql, id, userId);
	return userId;
}
