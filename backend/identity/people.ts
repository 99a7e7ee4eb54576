import { ensurePersonalWorkspace } from "../workspaces/personal.ts";
import type { IdentityContext } from "./context.ts";
import { hashPassword, isAcceptablePassword, passwordFits } from "./passwords.ts";

export type Credentials = { email: string; password: string };

/** Which field of a sign-up cannot be taken as it is. */
export type SignUpResult =
	| { kind: "signed-in"; userId: string }
	| { kind: "email-malformed" }
	| { kind: "password-unacceptable" }
	| { kind: "refused" };

const maxEmailLength = 254;
/** Deliberately loose: whether an address exists is shown by a letter to it, not by its form. */
const emailForm = /^[^\s@<>"(),;:\\[\]]+@[^\s@<>"(),;:\\[\]]+$/;

/** E-mail addresses are compared and kept in lower case (ID-2). Null when it cannot be one. */
export function normalEmail(email: string): string | null {
	const normal = email.trim().normalize("NFC").toLowerCase();
	return normal.length <= maxEmailLength && emailForm.test(normal) ? normal : null;
}

/** The person with this e-mail and password, or null; the answer takes as long either way. */
export async function signIn(context: IdentityContext, { email, password }: Credentials): Promise<string | null> {
	const known = await findByEmail(context, normalEmail(email));
	// A password nobody could have set is not worth hashing a megabyte for; its length tells nothing about the account.
	const acceptable = isAcceptablePassword(password);
	const fits = await passwordFits(acceptable ? password : "", known?.passwordHash ?? null);
	return known && fits && acceptable ? known.userId : null;
}

/**
 * Makes an account, or signs in to the one that is there when the password is its own. Any other existing account is
 * `refused`, after the same work; that this tells the address is taken cannot be avoided before addresses are verified.
 */
export async function signUp(context: IdentityContext, { email, password }: Credentials): Promise<SignUpResult> {
	const normal = normalEmail(email);
	if (normal === null) return { kind: "email-malformed" };
	if (!isAcceptablePassword(password)) return { kind: "password-unacceptable" };
	const known = await findByEmail(context, normal);
	if (known) {
		const fits = await passwordFits(password, known.passwordHash);
		return fits ? { kind: "signed-in", userId: known.userId } : { kind: "refused" };
	}
	const userId = await insertPerson(context, normal, await hashPassword(password));
	return userId === null ? { kind: "refused" } : { kind: "signed-in", userId };
}

type KnownPerson = { userId: string; passwordHash: string | null };

async function findByEmail(context: IdentityContext, email: string | null): Promise<KnownPerson | null> {
	if (email === null) return null;
	return await context.asIdentity(async (sql) => {
		const [row] = await sql<KnownPerson[]>`
			select u.id as user_id, a.password_hash from sheaf.users u
			left join sheaf.user_accounts a on a.user_id = u.id and a.provider = 'password'
			where u.email = ${email}`;
		return row ?? null;
	});
}

/** Person, way in and personal workspace, all or nothing. Null when the address was taken in the meantime. */
async function insertPerson(context: IdentityContext, email: string, passwordHash: string): Promise<string | null> {
	return await context.asIdentity(async (sql) => {
		const [user] = await sql<{ id: string }[]>`
			insert into sheaf.users (id, email) values (uuidv7(), ${email}) on conflict do nothing returning id`;
		if (!user) return null;
		await sql`
			insert into sheaf.user_accounts (user_id, provider, subject, password_hash)
			values (${user.id}, 'password', ${user.id}, ${passwordHash})`;
		await ensurePersonalWorkspace(sql, user.id);
		return user.id;
	});
}
