import type { TransactionSql } from "postgres";
import type { TokenAnswer } from "../contract/ways-in.ts";
import { checkpoint } from "../telemetry/checkpoint.ts";
import { accessTokenSeconds, signAccessToken } from "./access-tokens.ts";
import { redeemCode } from "./authorization-codes.ts";
import type { IdentityContext } from "./context.ts";
import { type Device, namedDevice, uuidForm } from "./device.ts";
import { openSession, type RefreshUse, type SessionFacts, useRefreshToken } from "./device-sessions.ts";
import { OAuthError } from "./oauth-error.ts";
import { randomToken } from "./opaque-tokens.ts";
import type { SignedIn } from "./signed-in.ts";

/** RFC 7636 §4.1. */
const verifierForm = /^[A-Za-z0-9._~-]{43,128}$/;

/** Who asks for tokens, proven by `dpopThumbprint`: the key that the session's refresh token is bound to. */
type Asker = { clientId: string; dpopThumbprint: string };

export type CodeGrant = Asker & { code: string; redirectUri: string; codeVerifier: string; device: Device };

/** `grant_type=authorization_code`: one use of the code opens one session. */
export async function grantForCode(context: IdentityContext, grant: CodeGrant): Promise<TokenAnswer> {
	const { clientId, code, redirectUri, codeVerifier } = grant;
	if (!verifierForm.test(codeVerifier)) throw new OAuthError("invalid_grant", "code_verifier is malformed");
	return await answerWithSession(context, grant, (open) =>
		redeemCode(context, { code, clientId, redirectUri, codeVerifier, open }),
	);
}

export type PersonGrant = Asker & {
	person: SignedIn;
	device: Device;
	/** The upstream's own session, where the upstream can end it (Clerk). */
	upstreamSession?: string;
};

/** For whoever has proven who they are to this backend in another way (an exchanged token): opens a session at once. */
export async function grantForPerson(context: IdentityContext, grant: PersonGrant): Promise<TokenAnswer> {
	return await answerWithSession(context, grant, (open) => context.asIdentity((sql) => open(sql, grant.person)));
}

/** `grant_type=refresh_token`: a lost answer is harmless, because asking again gives the same right. */
export async function grantForRefresh(context: IdentityContext, grant: RefreshUse): Promise<TokenAnswer> {
	if (grant.workspaceId !== null && !uuidForm.test(grant.workspaceId)) {
		throw new OAuthError("invalid_request", "workspace_id must be a UUID in lower case");
	}
	const facts = await useRefreshToken(context, grant);
	await checkpoint("oauth/after-refresh");
	return await answer(context, facts);
}

/** Opens the session within the transaction that spends what was shown for it, so that nothing is spent for nothing. */
type Open = (sql: TransactionSql, person: SignedIn) => Promise<SessionFacts>;
type Opening = Asker & { device: Device; upstreamSession?: string };

async function answerWithSession(
	context: IdentityContext,
	{ clientId, dpopThumbprint, device, upstreamSession }: Opening,
	redeem: (open: Open) => Promise<SessionFacts>,
): Promise<TokenAnswer> {
	const upstream = upstreamSession === undefined ? {} : { upstreamSession };
	const session = { clientId, dpopThumbprint, ...namedDevice(device), ...upstream, refreshToken: randomToken() };
	const facts = await redeem((sql, person) => openSession(context, sql, { ...person, ...session }));
	return { ...(await answer(context, facts)), refresh_token: session.refreshToken };
}

async function answer(context: IdentityContext, facts: SessionFacts): Promise<TokenAnswer> {
	return {
		access_token: await signAccessToken(context, facts),
		token_type: "Bearer",
		expires_in: accessTokenSeconds,
	};
}
