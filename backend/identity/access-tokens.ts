import { decodeJwt, errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import type { Role } from "../contract/users.ts";
import { SheafError } from "../errors.ts";
import type { IdentityContext } from "./context.ts";

/** ID-3: at most five minutes. A bearer token cannot be called back, so it has to run out. */
export const accessTokenSeconds = 300;

/** Whom a token speaks for, in which workspace, and through which device's session. */
export type AccessClaims = {
	userId: string;
	workspaceId: string;
	role: Role;
	sessionId: string;
	deviceId: string;
};

/** Signs an access token as RFC 9068 describes it: `at+jwt`, ES256, with `kid`. */
export async function signAccessToken(
	context: IdentityContext,
	claims: AccessClaims & { clientId: string },
): Promise<string> {
	const { kid, privateKey } = await context.keys.current();
	const issuedAt = Math.floor(context.now() / 1_000);
	return await new SignJWT({
		workspace: claims.workspaceId,
		role: claims.role,
		session: claims.sessionId,
		device: claims.deviceId,
		client_id: claims.clientId,
	})
		.setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid })
		.setIssuer(context.issuer)
		.setAudience(context.issuer)
		.setSubject(claims.userId)
		.setJti(crypto.randomUUID())
		.setIssuedAt(issuedAt)
		.setExpirationTime(issuedAt + accessTokenSeconds)
		.sign(privateKey);
}

/**
 * Verifies signature, type, issuer, audience and times, without asking anyone. Whether the session still stands is
 * another question (`session-standing.ts`).
 *
 * @throws SheafError `auth/token-expired` or `auth/token-invalid`.
 */
export async function verifyAccessToken(context: IdentityContext, token: string): Promise<AccessClaims> {
	try {
		const { payload } = await jwtVerify(token, (header) => keyFor(context, header.kid), {
			typ: "at+jwt",
			algorithms: ["ES256"],
			issuer: context.issuer,
			audience: context.issuer,
			requiredClaims: ["sub", "exp", "iat"],
			currentDate: new Date(context.now()),
		});
		return claimsOf(payload);
	} catch (error) {
		if (error instanceof errors.JWTExpired) throw new SheafError("auth/token-expired", "The access token has expired.");
		if (error instanceof errors.JOSEError || error instanceof TypeError) throw invalid();
		throw error;
	}
}

/** When a token runs out that was verified, in milliseconds since the epoch. */
export function tokenExpiry(token: string): number {
	return (decodeJwt(token).exp ?? 0) * 1_000;
}

export async function keyFor(context: IdentityContext, kid: string | undefined) {
	const key = kid === undefined ? null : await context.keys.publicKey(kid);
	if (!key) throw new errors.JWKSNoMatchingKey();
	return key;
}

export function claimsOf({ sub, workspace, role, session, device }: JWTPayload): AccessClaims {
	if (
		typeof sub !== "string" ||
		typeof workspace !== "string" ||
		typeof session !== "string" ||
		typeof device !== "string" ||
		!isRole(role)
	) {
		throw invalid();
	}
	return { userId: sub, workspaceId: workspace, role, sessionId: session, deviceId: device };
}

function isRole(value: unknown): value is Role {
	return value === "owner" || value === "admin" || value === "member" || value === "viewer";
}

function invalid(): SheafError {
	return new SheafError("auth/token-invalid", "The access token is not valid.");
}
