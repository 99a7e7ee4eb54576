import { fromNow, type IdentityContext } from "./context.ts";
import { randomToken, tokenHash } from "./opaque-tokens.ts";
import type { SignedIn } from "./signed-in.ts";

/** The cookie session of the backend's own pages: it offers "Continue as …" and opens the operators' dashboard. */
export const browserSessionSeconds = 7 * 86_400;

/** `provider`: the way in that was used, which the sessions opened from here inherit. */
export type BrowserPerson = SignedIn & { email: string; emailVerified: boolean };

/** @returns the token for the cookie; only its hash is kept. */
export async function openBrowserSession(context: IdentityContext, { userId, provider }: SignedIn): Promise<string> {
	const token = randomToken();
	await context.asIdentity(
		(sql) => sql`
			insert into sheaf.browser_sessions (token_hash, user_id, provider, expires_at)
			values (${tokenHash(token)}, ${userId}, ${provider}, ${fromNow(context, browserSessionSeconds)})`,
	);
	return token;
}

/** Who is signed in with this cookie, or null. */
export async function findBrowserPerson(context: IdentityContext, token: string | null): Promise<BrowserPerson | null> {
	if (token === null) return null;
	return await context.asIdentity(async (sql) => {
		const [row] = await sql<BrowserPerson[]>`
			select u.id as user_id, u.email, u.email_verified_at is not null as email_verified, b.provider
			from sheaf.browser_sessions b join sheaf.users u on u.id = b.user_id
			where b.token_hash = ${tokenHash(token)} and b.expires_at > ${new Date(context.now())}`;
		return row ?? null;
	});
}

/** Ends the session of a cookie; an unknown one is no error. */
export async function closeBrowserSession(context: IdentityContext, token: string | null): Promise<void> {
	if (token === null) return;
	await context.asIdentity((sql) => sql`delete from sheaf.browser_sessions where token_hash = ${tokenHash(token)}`);
}
