import type { TransactionSql } from "postgres";
import type { TokenAnswer } from "../contract/ways-in.ts";
import { checkpoint } from "../telemetry/checkpoint.ts";
import { accessTokenSeconds, signAccessToken } from "./access-tokens.ts";
import { redeemCode } from "./authorization-codes.ts";
import type { IdentityContext } from "./context.ts";
import { type Device, namedDevice, uuidForm } from "./device.ts";
import { redeemDeviceGrant } from "./device-grants.ts";
import {
	type NewSession,
	openSession,
	type RefreshUse,
	type SessionFacts,
	useRefreshToken,
} from "./device-sessions.ts";
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
	const device = namedDevice(grant.device);
	return await answerWithSession(context, grant, (open) =>
		redeemCode(context, {
			code,
			clientId,
			redirectUri,
			codeVerifier,
			open: (sql, person) => open(sql, { ...person, ...device }),
		}),
	);
}

/** RFC 8628: the session of a device that somebody allowed on another one. It is bound to the key that polls. */
export async function grantForDeviceCode(
	context: IdentityContext,
	grant: Asker & { deviceCode: string },
): Promise<TokenAnswer> {
	const { clientId, deviceCode } = grant;
	return await answerWithSession(context, grant, (open) =>
		redeemDeviceGrant(context, {
			deviceCode,
			clientId,
			open: (sql, person, device) => open(sql, { ...person, ...device }),
		}),
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
	const { person, upstreamSession } = grant;
	const upstream = upstreamSession === undefined ? {} : { upstreamSession };
	const session = { ...person, ...namedDevice(grant.device), ...upstream };
	return await answerWithSession(context, grant, (open) => context.asIdentity((sql) => open(sql, session)));
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
type Open = (sql: TransactionSql, session: Omit<NewSession, keyof Asker | "refreshToken">) => Promise<SessionFacts>;

async function answerWithSession(
	context: IdentityContext,
	{ clientId, dpopThumbprint }: Asker,
	redeem: (open: Open) => Promise<SessionFacts>,
): Promise<TokenAnswer> {
	const refreshToken = randomToken();
	const facts = await redeem((sql, session) =>
		openSession(context, sql, { ...session, clientId, dpopThumbprint, refreshToken }),
	);
	return { ...(await answer(context, facts)), refresh_token: refreshToken };
}

async function answer(context: IdentityContext, facts: SessionFacts): Promise<TokenAnswer> {
	return {
		access_token: await signAccessToken(context, facts),
		token_type: "Bearer",
		expires_in: accessTokenSeconds,
	};
}
