/** The ways in: whoever asks there has no token yet, so that their address is counted instead (`rate-limit.ts`). */
const publicPrefix = "/api/v1/auth/";

/** Whether a path of the API is for everyone. The gate lets it through without a principal, and so `requireAuth` still refuses. */
export function isPublicApi(pathname: string): boolean {
	return pathname.startsWith(publicPrefix);
}
