/** The ways in: whoever asks there has no token yet, so that their address is counted instead (`rate-limit.ts`). */
const waysInPrefix = "/api/v1/auth/";

/** Where providers send their notices: the signature says who is speaking, and the route counts. */
export const noticesPrefix = "/api/v1/provider-hooks/";

/** Answered to a guest as well, and differently to somebody with a token: their routes use `optionalAuth`. */
const optionalPaths: ReadonlySet<string> = new Set(["/api/v1/entitlements"]);

/** Whether a path of the API is for everyone. The gate lets it through without a principal, and so `requireAuth` still refuses. */
export function isPublicApi(pathname: string): boolean {
	return isWayIn(pathname) || pathname.startsWith(noticesPrefix);
}

export function isWayIn(pathname: string): boolean {
	return pathname.startsWith(waysInPrefix);
}

/** Whether a path may be asked for without a token; a bad token is refused there like everywhere. */
export function isOptionalApi(pathname: string): boolean {
	return optionalPaths.has(pathname);
}
