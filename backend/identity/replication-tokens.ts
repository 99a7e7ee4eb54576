import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from "jose";
import { SheafError } from "../errors.ts";
import { type AccessClaims, claimsOf, keyFor, verifyAccessToken } from "./access-tokens.ts";
import type { IdentityContext } from "./context.ts";

/** LIVE-2: shorter than an access token, because clients of other makers keep it. */
export const replicationTokenSeconds = 120;

/** Another type than an access token's: it opens shapes and nothing else. */
const tokenType = "rt+jwt";

/** A token for shapes, bound to the person, workspace, session and device of `claims`. */
export async function signReplicationToken(context: IdentityContext, claims: AccessClaims): Promise<string> {
	const { kid, privateKey } = await context.keys.current();
	const issuedAt = Math.floor(context.now() / 1_000);
	return await new SignJWT({
		workspace: claims.workspaceId,
		role: claims.role,
		session: claims.sessionId,
		device: claims.deviceId,
	})
		.setProtectedHeader({ alg: "ES256", typ: tokenType, kid })
		.setIssuer(context.issuer)
		.setAudience(audienceOf(context))
		.setSubject(claims.userId)
		.setIssuedAt(issuedAt)
		.setExpirationTime(issuedAt + replicationTokenSeconds)
		.sign(privateKey);
}

/**
 * For the address of shapes: a replication token, or an access token as everywhere.
 *
 * @throws SheafError `auth/token-expired` or `auth/token-invalid`
 */
export async function verifyShapeToken(context: IdentityContext, token: string): Promise<AccessClaims> {
	if (typeOf(token) !== tokenType) return await verifyAccessToken(context, token);
	try {
		const { payload } = await jwtVerify(token, (header) => keyFor(context, header.kid), {
			typ: tokenType,
			algorithms: ["ES256"],
			issuer: context.issuer,
			audience: audienceOf(context),
			requiredClaims: ["sub", "exp", "iat"],
			currentDate: new Date(context.now()),
		});
		return claimsOf(payload);
	} catch (error) {
		if (error instanceof errors.JWTExpired) throw new SheafError("auth/token-expired", "The token has expired.");
		if (error instanceof errors.JOSEError || error instanceof TypeError) {
			throw new SheafError("auth/token-invalid", "The token is not valid.");
		}
		throw error;
	}
}

function audienceOf({ issuer }: IdentityContext): string {
	return `${issuer}/api/v1/electric/shape`;
}

function typeOf(token: string): string | undefined {
	try {
		return decodeProtectedHeader(token).typ;
	} catch {
		return undefined;
	}
}
