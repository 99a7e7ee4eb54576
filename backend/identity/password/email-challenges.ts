import { randomInt } from "node:crypto";
import type { TransactionSql } from "postgres";
import { fromNow, type IdentityContext } from "../context.ts";
import { randomToken, tokenHash } from "../opaque-tokens.ts";

export const letterMinutes = 15;
export const confirmHours = 24;
const maxTries = 5;
const codeDigits = 8;

/**
 * What a letter was sent for. `sign_up`: an account waits for the proof of its address. `reset`: a password is to be set anew.
 * `confirm`: the account is there, and its address is to be proven.
 */
export type ChallengePurpose = "sign_up" | "reset" | "confirm";

export type Challenge = {
	id: string;
	purpose: ChallengePurpose;
	email: string;
	/** Whose it is; null while a new account waits, and where nobody has the address: then it can never succeed. */
	userId: string | null;
	/** Of a new account that waits. A `sign_up` without it was for an address that has an account. */
	passwordHash: string | null;
	/** The link of a `sign_up` was pressed, and `userId` is the account made by that. */
	confirmedAt: Date | null;
};

export type NewChallenge = Pick<Challenge, "purpose" | "email" | "userId" | "passwordHash">;

/** What proves that somebody reads the letters to an address. Each is kept as a hash only. */
export type ChallengeSecrets = {
	/** For the window that waits; the challenge's row is found by it, and the code is good together with it only. */
	waiting: string;
	/** For a person to type: `4821 9073`. */
	code: string;
	/** For the letter's link. */
	link: string;
};

/** Begins to wait for a letter's answer. */
export async function openChallenge(context: IdentityContext, challenge: NewChallenge): Promise<ChallengeSecrets> {
	const secrets = { waiting: randomToken(), code: randomCode(), link: randomToken() };
	const seconds = challenge.purpose === "confirm" ? confirmHours * 3_600 : letterMinutes * 60;
	await context.asIdentity(
		(sql) => sql`
			insert into sheaf.email_challenges (id, purpose, email, user_id, password_hash, code_hash, link_hash, expires_at)
			values (${idOf(secrets.waiting)}, ${challenge.purpose}, ${challenge.email}, ${challenge.userId},
				${challenge.passwordHash}, ${codeHash(secrets.waiting, secrets.code)}, ${tokenHash(secrets.link)},
				${fromNow(context, seconds)})`,
	);
	return secrets;
}

/** The address whose letter a window waits for, while that can still be answered; limits count by it. */
export async function waitedAddress(context: IdentityContext, waiting: string): Promise<string | null> {
	return await context.asIdentity(async (sql) => {
		const [row] = await sql<{ email: string }[]>`
			select email from sheaf.email_challenges
			where id = ${idOf(waiting)} and used_at is null and expires_at > ${new Date(context.now())}`;
		return row?.email ?? null;
	});
}

/** `wrong`: try again. `gone`: unknown, used, run out, or tried too often; all in the same words. */
export type CodeAnswer<Result> = Result | "wrong" | "gone";

export type TypedCode = { purpose: ChallengePurpose; waiting: string; code: string };

/**
 * Tries a code once and does the work in the same transaction. With no code at all it asks whether the link was pressed meanwhile.
 * Parallel tries take turns, so that there are never more than five.
 */
export async function redeemCode<Result>(
	context: IdentityContext,
	{ purpose, waiting, code }: TypedCode,
	work: (sql: TransactionSql, challenge: Challenge) => Promise<Result>,
): Promise<CodeAnswer<Result>> {
	return await context.asIdentity(async (sql) => {
		const now = new Date(context.now());
		const [row] = await sql<(Challenge & { codeHash: Buffer })[]>`
			select id, purpose, email, user_id, password_hash, confirmed_at, code_hash from sheaf.email_challenges
			where id = ${idOf(waiting)} and purpose = ${purpose} and used_at is null and expires_at > ${now}
				and attempts < ${maxTries}
			for update`;
		if (!row) return "gone";
		const digits = code.replaceAll(/\D/g, "");
		const pressed = digits === "" && row.confirmedAt !== null;
		if (!pressed && !codeHash(waiting, digits).equals(row.codeHash)) {
			if (digits === "") return "wrong";
			await sql`update sheaf.email_challenges set attempts = attempts + 1 where id = ${row.id}`;
			return "wrong";
		}
		await sql`update sheaf.email_challenges set used_at = ${now} where id = ${row.id}`;
		return await work(sql, row);
	});
}

/** The challenge of a letter's link while it is good; looking changes nothing. */
export async function findByLink(context: IdentityContext, link: string): Promise<Challenge | null> {
	return await context.asIdentity((sql) => selectByLink(context, sql, link));
}

/**
 * Uses a letter's link once and does the work in the same transaction; null when it is not good (any more).
 *
 * A `sign_up` is only confirmed by it and stays open for the window that waits; the others are used up.
 */
export async function redeemLink<Result>(
	context: IdentityContext,
	link: string,
	work: (sql: TransactionSql, challenge: Challenge) => Promise<Result>,
): Promise<Result | null> {
	return await context.asIdentity(async (sql) => {
		await sql`select from sheaf.email_challenges where link_hash = ${tokenHash(link)} for update`;
		const challenge = await selectByLink(context, sql, link);
		if (!challenge) return null;
		const now = new Date(context.now());
		await sql`
			update sheaf.email_challenges set confirmed_at = ${now},
				used_at = case when ${opensWindow(challenge)}::boolean then used_at else ${now}::timestamptz end
			where id = ${challenge.id}`;
		return await work(sql, challenge);
	});
}

/** A window may be waiting for this one, and goes on once the link was pressed. */
export function opensWindow({ purpose, passwordHash }: Challenge): boolean {
	return purpose === "sign_up" && passwordHash !== null;
}

/** Says whose account the pressed link made. */
export async function claimChallenge(sql: TransactionSql, id: string, userId: string): Promise<void> {
	await sql`update sheaf.email_challenges set user_id = ${userId} where id = ${id}`;
}

/** A password was set: what else could set one is worth nothing any more. */
export async function endChallenges(sql: TransactionSql, userId: string): Promise<void> {
	await sql`
		delete from sheaf.email_challenges
		where user_id = ${userId} and used_at is null
			and (purpose = 'reset' or (purpose = 'sign_up' and password_hash is null))`;
}

async function selectByLink(context: IdentityContext, sql: TransactionSql, link: string): Promise<Challenge | null> {
	const [row] = await sql<Challenge[]>`
		select id, purpose, email, user_id, password_hash, confirmed_at from sheaf.email_challenges
		where link_hash = ${tokenHash(link)} and used_at is null and confirmed_at is null
			and expires_at > ${new Date(context.now())}`;
	return row ?? null;
}

/** 26 bits; with five tries per letter, and the limits on letters and codes, nobody guesses it. */
function randomCode(): string {
	const digits = String(randomInt(10 ** codeDigits)).padStart(codeDigits, "0");
	return `${digits.slice(0, codeDigits / 2)} ${digits.slice(codeDigits / 2)}`;
}

/** Whoever reads the table cannot try the few codes there are: the window's token is not in it. */
function codeHash(waiting: string, code: string): Buffer {
	return tokenHash(`${waiting}\n${code.replaceAll(/\D/g, "")}`);
}

/** The row's id is a digest of the window's token, cut to a UUID (RFC 9562 §5.8). */
function idOf(waiting: string): string {
	const hex = tokenHash(waiting).toString("hex");
	const variant = ((Number.parseInt(hex[16] ?? "0", 16) & 0x3) | 0x8).toString(16);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
