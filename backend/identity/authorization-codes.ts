import { createHash } from "node:crypto";
import type { TransactionSql } from "postgres";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { fromNow, type IdentityContext } from "./context.ts";
import type { SessionFacts } from "./device-sessions.ts";
import { OAuthError } from "./oauth-error.ts";
import { randomToken, tokenHash } from "./opaque-tokens.ts";
import type { SignedIn } from "./signed-in.ts";

/** RFC 6749 §4.1.2 recommends ten minutes at most; the extension redeems at once, so a minute is plenty. */
const codeSeconds = 60;

/** A code for the person who signed in, bound to the client, its redirect and its PKCE challenge. */
export async function issueCode(
	context: IdentityContext,
	request: AuthorizationRequest,
	{ userId, provider }: SignedIn,
): Promise<string> {
	const code = randomToken();
	await context.asIdentity(
		(sql) => sql`
			insert into sheaf.authorization_codes (code_hash, client_id, user_id, provider, redirect_uri, code_challenge,
				expires_at)
			values (${tokenHash(code)}, ${request.clientId}, ${userId}, ${provider}, ${request.redirectUri}, ${request.codeChallenge},
				${fromNow(context, codeSeconds)})`,
	);
	return code;
}

export type CodeRedemption = {
	code: string;
	clientId: string;
	redirectUri: string;
	codeVerifier: string;
	/** Opens the session in the redeeming transaction, so that a code is never spent for nothing. */
	open: (sql: TransactionSql, person: SignedIn) => Promise<SessionFacts>;
};

type CodeRow = SignedIn & {
	clientId: string;
	redirectUri: string;
	codeChallenge: string;
	expiresAt: Date;
	redeemedAt: Date | null;
	sessionId: string | null;
};

/**
 * Redeems a code once. The row lock makes parallel attempts take turns: one opens a session, every later one finds the
 * code redeemed, which means that somebody has a copy, and ends that session (RFC 6749 §4.1.2, RFC 9700 §4.5).
 *
 * @throws OAuthError `invalid_grant`, in the same words whatever was wrong.
 */
export async function redeemCode(context: IdentityContext, redemption: CodeRedemption): Promise<SessionFacts> {
	const codeHash = tokenHash(redemption.code);
	// The refusal is thrown after the transaction: thrown inside, it would roll back the end of the session.
	const session = await context.asIdentity(async (sql) => {
		const [row] = await sql<CodeRow[]>`
			select client_id, user_id, provider, redirect_uri, code_challenge, expires_at, redeemed_at, session_id
			from sheaf.authorization_codes where code_hash = ${codeHash} for update`;
		const now = new Date(context.now());
		if (row?.redeemedAt) {
			await sql`
				update sheaf.device_sessions set revoked_at = ${now}
				where id = ${row.sessionId} and revoked_at is null`;
			return null;
		}
		if (!row || !mayRedeem(row, redemption, now)) return null;
		const opened = await redemption.open(sql, { userId: row.userId, provider: row.provider });
		await sql`
			update sheaf.authorization_codes set redeemed_at = ${now}, session_id = ${opened.sessionId}
			where code_hash = ${codeHash}`;
		return opened;
	});
	if (!session) throw new OAuthError("invalid_grant", "the code is wrong, expired, used, or not for this request");
	return session;
}

function mayRedeem(row: CodeRow, redemption: CodeRedemption, now: Date): boolean {
	const challenge = createHash("sha256").update(redemption.codeVerifier).digest("base64url");
	return (
		row.expiresAt > now &&
		row.clientId === redemption.clientId &&
		row.redirectUri === redemption.redirectUri &&
		row.codeChallenge === challenge
	);
}
