import { checkpoint } from "../telemetry/checkpoint.ts";
import { accessTokenSeconds, signAccessToken } from "./access-tokens.ts";
import { redeemCode } from "./authorization-codes.ts";
import type { IdentityContext } from "./context.ts";
import { openSession, type RefreshUse, type SessionFacts, useRefreshToken } from "./device-sessions.ts";
import { OAuthError } from "./oauth-error.ts";
import { randomToken } from "./opaque-tokens.ts";

/** The answer of the token endpoint (RFC 6749 §5.1). `token_type` is Bearer: only the refresh token is bound (ID-3). */
export type TokenAnswer = {
	access_token: string;
	token_type: "Bearer";
	expires_in: number;
	/** Only with a code: a refresh token stays the same for the life of its session. */
	refresh_token?: string;
};

/** The device as its owner will see it in a list. A client that sends none gets an id of its own per sign-in. */
export type Device = { id: string | null; name: string | null };

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const maxDeviceNameLength = 120;
/** RFC 7636 §4.1. */
const verifierForm = /^[A-Za-z0-9._~-]{43,128}$/;

export type CodeGrant = {
	clientId: string;
	code: string;
	redirectUri: string;
	codeVerifier: string;
	device: Device;
	dpopThumbprint: string;
};

/** `grant_type=authorization_code`: one use of the code opens one session. */
export async function grantForCode(context: IdentityContext, grant: CodeGrant): Promise<TokenAnswer> {
	const deviceId = grant.device.id ?? crypto.randomUUID();
	const deviceName = grant.device.name ?? "Browser";
	if (!uuidForm.test(deviceId)) throw new OAuthError("invalid_request", "device_id must be a UUID in lower case");
	if (deviceName.length > maxDeviceNameLength) throw new OAuthError("invalid_request", "device_name is too long");
	if (!verifierForm.test(grant.codeVerifier)) throw new OAuthError("invalid_grant", "code_verifier is malformed");
	const { clientId, code, redirectUri, codeVerifier, dpopThumbprint } = grant;
	const refreshToken = randomToken();
	const facts = await redeemCode(context, {
		code,
		clientId,
		redirectUri,
		codeVerifier,
		open: (sql, person) =>
			openSession(context, sql, { ...person, clientId, deviceId, deviceName, refreshToken, dpopThumbprint }),
	});
	return { ...(await answer(context, facts)), refresh_token: refreshToken };
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

async function answer(context: IdentityContext, facts: SessionFacts): Promise<TokenAnswer> {
	return {
		access_token: await signAccessToken(context, facts),
		token_type: "Bearer",
		expires_in: accessTokenSeconds,
	};
}
