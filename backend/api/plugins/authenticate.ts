import { Elysia } from "elysia";
import { SheafError } from "../../errors.ts";
import { verifyAccessToken } from "../../identity/access-tokens.ts";
import type { Identity } from "../../identity/identity.ts";
import { verifyShapeToken } from "../../identity/replication-tokens.ts";
import { rememberVerified } from "../../identity/verified-tokens.ts";
import { noteAuthSuccess } from "../../telemetry/auth-figures.ts";
import { isOptionalApi, isPublicApi } from "./public-api.ts";
import { rememberActor, rememberPrincipal } from "./require-auth.ts";

/** Methods that change nothing, and so may rely on what was known of the session within the last minute. */
const readMethods = new Set(["GET", "HEAD"]);

/** The one address that a replication token opens. */
const shapePath = "/api/v1/electric/shape";

/**
 * The gate before everything under `/api/v1/` but the ways in: closed unless the token is good, whether the route exists or
 * not, and before a byte of the body is read. A route needs no line of its own to be protected (TEN-3, first layer).
 */
export function authenticate(identity: Identity) {
	const verifyAccess = rememberVerified(identity, (token) => verifyAccessToken(identity, token));
	const verifyShape = rememberVerified(identity, (token) => verifyShapeToken(identity, token));
	return new Elysia({ name: "authenticate" }).onRequest(async ({ request }) => {
		const { pathname } = new URL(request.url);
		if (!pathname.startsWith("/api/v1/") || isPublicApi(pathname)) return;
		// A guest shows nothing at all. Whoever shows something is not taken for a guest when it is wrong.
		if (isOptionalApi(pathname) && !request.headers.has("authorization")) return;
		const token = bearerToken(request);
		const claims = await (pathname === shapePath ? verifyShape : verifyAccess)(token);
		const { principal, actor } = await identity.standing.check(claims, !readMethods.has(request.method));
		rememberPrincipal(request, principal);
		rememberActor(request, actor);
		noteAuthSuccess();
	});
}

/** The header only: a token in an address would end up in logs and histories (RFC 6750 §5.3). */
export function bearerToken(request: Request): string {
	const [scheme, token, ...more] = (request.headers.get("authorization") ?? "").trim().split(/\s+/);
	if (scheme?.toLowerCase() !== "bearer" || !token || more.length > 0) {
		throw new SheafError("auth/token-missing", "Sign in first: this request carries no access token.");
	}
	return token;
}
