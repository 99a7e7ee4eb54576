import {
	createRemoteJWKSet,
	customFetch,
	errors,
	type FetchImplementation,
	type JWTPayload,
	type JWTVerifyGetKey,
	jwtVerify,
} from "jose";
import type { ClerkEnv } from "../../env-identity.ts";
import { SheafError } from "../../errors.ts";

/** Whom a session token of Clerk speaks for. */
export type ClerkSession = {
	/** `user_…`, lasting and never used again. */
	userId: string;
	/** `sess_…`: what Clerk names when it ends the session. */
	sessionId: string;
};

export type ClerkTokensSettings = {
	clerk: Pick<ClerkEnv, "issuer" | "authorizedParties">;
	/** With the SSRF guard around it. */
	fetch: FetchImplementation;
	/** Milliseconds since the epoch. */
	now: () => number;
};

export type ClerkTokens = {
	/** @throws SheafError `auth/token-expired`, `auth/upstream-refused`, or `auth/upstream-unavailable` without Clerk's keys. */
	verify(token: string): Promise<ClerkSession>;
};

/** As long as Clerk's own SDK keeps the keys. */
const keysKeptMs = 300_000;
/** A key id that is not among them asks Clerk again at most this often, or any stranger's token would be a request. */
const unknownKeyPauseMs = 30_000;
const keysTimeoutMs = 5_000;
/** What Clerk allows its own SDK; the tokens live for a minute. */
const skewSeconds = 5;
/** Of a token whose `exp` was set further off than Clerk ever sets it. */
const maxAgeSeconds = 3_600;

const userForm = /^user_[A-Za-z0-9_-]{1,200}$/;
const sessionForm = /^sess_[A-Za-z0-9_-]{1,200}$/;

/** Verifies session tokens against the keys of Clerk's Frontend API (ID-5). One per process: it keeps the keys. */
export function createClerkTokens({ clerk, fetch, now }: ClerkTokensSettings): ClerkTokens {
	const keyFor = clerkKeys(clerk.issuer, fetch);
	return {
		verify: async (token) => {
			const payload = await verified(token, { issuer: clerk.issuer, keyFor, now });
			return sessionOf(payload, clerk.authorizedParties);
		},
	};
}

/** Keys that cannot be had are Clerk's trouble (503), a key that Clerk does not have is the token's (401). */
function clerkKeys(issuer: string, fetch: FetchImplementation): JWTVerifyGetKey {
	const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), {
		[customFetch]: fetch,
		cacheMaxAge: keysKeptMs,
		cooldownDuration: unknownKeyPauseMs,
		timeoutDuration: keysTimeoutMs,
	});
	return async (header, token) => {
		try {
			return await keys(header, token);
		} catch (error) {
			if (error instanceof errors.JWKSNoMatchingKey) throw error;
			throw new SheafError(
				"auth/upstream-unavailable",
				"Clerk's keys cannot be read right now. Try again in a moment.",
				{
					cause: error,
					details: { retryAfterSeconds: 5 },
				},
			);
		}
	};
}

type Verification = { issuer: string; keyFor: JWTVerifyGetKey; now: () => number };

async function verified(token: string, { issuer, keyFor, now }: Verification): Promise<JWTPayload> {
	try {
		const { payload, protectedHeader } = await jwtVerify(token, keyFor, {
			algorithms: ["RS256"],
			issuer,
			requiredClaims: ["sub", "sid", "azp", "exp", "nbf"],
			maxTokenAge: maxAgeSeconds,
			clockTolerance: skewSeconds,
			currentDate: new Date(now()),
		});
		// The instance's OAuth and machine tokens are signed by the same keys (`at+jwt`).
		const type = protectedHeader.typ?.toLowerCase() ?? "jwt";
		if (type !== "jwt") throw refused("it is not a session token");
		return payload;
	} catch (error) {
		if (error instanceof errors.JWTExpired) {
			throw new SheafError("auth/token-expired", "Clerk's session token has expired. Fetch a fresh one and try again.");
		}
		if (error instanceof errors.JOSEError || error instanceof TypeError) throw refused("it is not valid here");
		throw error;
	}
}

/** What Clerk's own verification leaves to whoever calls it. */
function sessionOf({ sub, sid, azp, sts, act }: JWTPayload, authorizedParties: readonly string[]): ClerkSession {
	if (typeof azp !== "string" || !authorizedParties.includes(azp)) throw refused("it was made for another app");
	if (typeof sub !== "string" || !userForm.test(sub)) throw refused("it does not speak for a person");
	if (typeof sid !== "string" || !sessionForm.test(sid)) throw refused("it belongs to no session");
	// `pending`: the person still has something to do at Clerk. Older tokens do not say; they had no such state.
	if (sts !== undefined && sts !== "active") throw refused("the session is not active yet");
	// An operator's ten minutes as somebody else must not become a device that stays signed in for months.
	if (act !== undefined) throw refused("somebody else acts in the person's place");
	return { userId: sub, sessionId: sid };
}

function refused(why: string): SheafError {
	return new SheafError("auth/upstream-refused", `Clerk's session token was not accepted: ${why}.`);
}
