import { timingSafeEqual } from "node:crypto";
import { type JWK, type JWTPayload, jwtVerify, type RemoteJWKSet } from "jose";
import { tokenHash } from "../opaque-tokens.ts";
import { Refusal } from "./failure.ts";

/** What an issuer's ID tokens have to be like. */
export type IdTokenRules = {
	keys: RemoteJWKSet;
	/** The only ones that are believed, whatever a token's header says. */
	algorithms: readonly string[];
	clientId: string;
	/** Whether the claims are of the issuer that was asked. `key`: what signed them, as the issuer publishes it. */
	isIssuer(claims: JWTPayload, key: JWK | undefined): boolean;
	/** Milliseconds since the epoch. */
	now: () => number;
};

/** OpenID Connect Core §3.1.3.7 leaves it to us; both clocks are kept by machines. */
const skewSeconds = 60;
/** As long as Google's own library takes one. */
const maxAge = "1 day";
/** OpenID Connect Core §2. */
const maxSubjectLength = 255;

export type IdTokenClaims = JWTPayload & { sub: string };

/**
 * Every check of OpenID Connect Core §3.1.3.7.
 *
 * @param nonce of the flow; null for a token that a client got by itself, whose nonce only the client knows
 * @throws Refusal or jose's errors, which `failureOf` reads
 */
export async function verifyIdToken(token: string, rules: IdTokenRules, nonce: string | null): Promise<IdTokenClaims> {
	const { payload, protectedHeader } = await jwtVerify(token, rules.keys, {
		algorithms: [...rules.algorithms],
		audience: rules.clientId,
		requiredClaims: ["iss", "sub", "aud", "exp", "iat"],
		clockTolerance: skewSeconds,
		maxTokenAge: maxAge,
		currentDate: new Date(rules.now()),
	});
	// An access token of the same issuer is signed by the same keys (RFC 9068 §2.1).
	if (!["jwt", undefined].includes(protectedHeader.typ?.toLowerCase())) throw new Refusal("id token: typ");
	const key = rules.keys.jwks()?.keys.find(({ kid }) => kid === protectedHeader.kid);
	if (!rules.isIssuer(payload, key)) throw new Refusal("id token: iss");
	if (Array.isArray(payload.aud) && payload.aud.length > 1 && payload["azp"] !== rules.clientId) {
		throw new Refusal("id token: azp");
	}
	if (nonce !== null && !isSame(payload["nonce"], nonce)) throw new Refusal("id token: nonce");
	const { sub } = payload;
	if (typeof sub !== "string" || sub === "" || sub.length > maxSubjectLength) throw new Refusal("id token: sub");
	return { ...payload, sub };
}

function isSame(claim: unknown, expected: string): boolean {
	return typeof claim === "string" && timingSafeEqual(tokenHash(claim), tokenHash(expected));
}
