import {
	authorizationCodeGrant,
	buildAuthorizationUrl,
	calculatePKCECodeChallenge,
	fetchUserInfo,
	tokenRevocation,
} from "openid-client";
import { SheafError } from "../../errors.ts";
import { orFailure, Refusal } from "./failure.ts";
import type { GuardedFetch } from "./guarded-fetch.ts";
import { type IdTokenClaims, verifyIdToken } from "./id-token.ts";
import { issuerOf, type OpenIssuer } from "./oidc-issuer.ts";
import type { OidcProfile } from "./oidc-profile.ts";
import { type PersonClaims, toldBy } from "./person-claims.ts";
import type {
	FlowSecrets,
	Upstream,
	UpstreamDeps,
	UpstreamGrant,
	UpstreamIdentity,
	UpstreamResult,
} from "./upstream.ts";

const scope = "openid email profile";

/** A way in through an issuer of OpenID Connect. */
export function createOidcUpstream(profile: OidcProfile, deps: UpstreamDeps): Upstream {
	const open = issuerOf(profile, deps);
	const { id, title, grantsUrl } = profile;
	return {
		id,
		title,
		grantsUrl,
		authorizationUrl: async ({ redirectUri, secrets }) => {
			try {
				return await authorizationUrl(await open(), { profile, redirectUri, secrets, fetch: deps.fetch });
			} catch (cause) {
				throw unavailable(title, cause);
			}
		},
		identify: (flow) =>
			orFailure(async () => {
				const issuer = await open();
				const { tokens, idToken } = await redeem(issuer, deps.fetch, flow);
				const claims = await verifyIdToken(idToken, issuer.rules, flow.secrets.nonce);
				const told = await personClaims(issuer, { claims, accessToken: tokens.access_token, fetch: deps.fetch });
				return identified(profile, { claims, told, grant: grantOf(issuer, tokens.refresh_token) });
			}),
		...(profile.takesTokens === true ? { identifyToken: (token) => identifyToken(open, profile, token) } : {}),
		revoke: async ({ token }) => {
			try {
				const issuer = await open();
				if (issuer.metadata.revocation_endpoint === undefined) return "expires";
				await tokenRevocation(issuer.configured(deps.fetch), token);
				return "revoked";
			} catch {
				return "by_hand";
			}
		},
	};
}

type Leaving = { profile: OidcProfile; redirectUri: string; secrets: FlowSecrets; fetch: GuardedFetch };

async function authorizationUrl(
	issuer: OpenIssuer,
	{ profile, redirectUri, secrets, fetch }: Leaving,
): Promise<string> {
	const url = buildAuthorizationUrl(issuer.configured(fetch), {
		redirect_uri: redirectUri,
		scope,
		state: secrets.state,
		nonce: secrets.nonce,
		code_challenge: await calculatePKCECodeChallenge(secrets.codeVerifier),
		code_challenge_method: "S256",
		...promptOf(issuer),
		...profile.parameters,
	});
	return url.href;
}

/** Where the issuer says nothing of prompts it may refuse what it does not know; those that are known to have it set it themselves. */
function promptOf({ metadata }: OpenIssuer): Record<string, string> {
	const known = metadata["prompt_values_supported"];
	return Array.isArray(known) && known.includes("select_account") ? { prompt: "select_account" } : {};
}

/** A token that a client got by itself (ID-4): its audience has to be our own client, and its nonce only the client knows. */
async function identifyToken(
	open: () => Promise<OpenIssuer>,
	profile: OidcProfile,
	token: string,
): Promise<UpstreamResult> {
	return await orFailure(async () => {
		const claims = await verifyIdToken(token, (await open()).rules, null);
		return identified(profile, { claims, told: claims, grant: null });
	});
}

type Redeemed = { tokens: Awaited<ReturnType<typeof authorizationCodeGrant>>; idToken: string };

/**
 * openid-client checks `state`, `iss` and the form of the answer, and redeems the code. The ID token it is not shown: it compares the
 * issuer with one text, and Google has two, Microsoft one for each directory. `id-token.ts` checks it, signature included.
 */
async function redeem(
	issuer: OpenIssuer,
	fetch: GuardedFetch,
	{ callback, redirectUri, secrets }: Parameters<Upstream["identify"]>[0],
): Promise<Redeemed> {
	let idToken: string | null = null;
	const config = issuer.configured(
		keepingIdToken(fetch, (token) => {
			idToken = token;
		}),
	);
	const answer = new URL(redirectUri);
	answer.search = callback.search;
	const tokens = await authorizationCodeGrant(config, answer, {
		expectedState: secrets.state,
		pkceCodeVerifier: secrets.codeVerifier,
	});
	if (idToken === null) throw new Refusal("id token: none");
	return { tokens, idToken };
}

function keepingIdToken(fetch: GuardedFetch, keep: (token: string) => void): GuardedFetch {
	return async (url, options) => {
		const response = await fetch(url, options);
		const body: unknown = response.ok
			? await response
					.clone()
					.json()
					.catch(() => null)
			: null;
		if (typeof body !== "object" || body === null || !("id_token" in body)) return response;
		const { id_token: idToken, ...rest } = body;
		if (typeof idToken === "string") keep(idToken);
		return Response.json(rest, { status: response.status, headers: response.headers });
	};
}

type Asking = { claims: IdTokenClaims; accessToken: string; fetch: GuardedFetch };

/** Some issuers tell the address at the UserInfo endpoint only; its `sub` has to be the ID token's (Core §5.3.2). */
async function personClaims(issuer: OpenIssuer, { claims, accessToken, fetch }: Asking): Promise<PersonClaims> {
	if (claims["email"] !== undefined || issuer.metadata.userinfo_endpoint === undefined) return claims;
	const more = await fetchUserInfo(issuer.configured(fetch), accessToken, claims.sub);
	return { ...more, ...claims };
}

/** Only what can be taken back later is worth keeping: access tokens run out by themselves. */
function grantOf({ metadata }: OpenIssuer, refreshToken: string | undefined): UpstreamGrant | null {
	if (refreshToken === undefined || metadata.revocation_endpoint === undefined) return null;
	return { token: refreshToken, expiresAt: null };
}

type Known = { claims: IdTokenClaims; told: PersonClaims; grant: UpstreamGrant | null };

function identified(profile: OidcProfile, { claims, told, grant }: Known): UpstreamResult {
	const person = toldBy(told);
	const emailVerified = person.email !== null && profile.vouchesFor(told);
	const identity: UpstreamIdentity = { provider: profile.id, subject: claims.sub, ...person, emailVerified, grant };
	return { kind: "identified", identity };
}

function unavailable(title: string, cause: unknown): SheafError {
	return new SheafError("auth/upstream-unavailable", `${title} does not answer right now. Try again in a moment.`, {
		cause,
	});
}
