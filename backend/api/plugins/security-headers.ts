import { Elysia } from "elysia";

/** For everything that is not a page of ours: nothing may load, frame or run anything (SEC-1). */
export const closedPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/**
 * Security headers on every answer. Pages replace `content-security-policy` with their own, and nothing else.
 *
 * `referrer-policy` is `same-origin` and not `no-referrer`: with the latter a browser sends `Origin: null` with our
 * own forms, and the check of where a form came from would refuse it.
 */
export function securityHeaders(publicUrl: string) {
	const secure = new URL(publicUrl).protocol === "https:";
	return new Elysia({ name: "security-headers" }).onRequest(({ set }) => {
		set.headers["content-security-policy"] = closedPolicy;
		set.headers["x-content-type-options"] = "nosniff";
		set.headers["x-frame-options"] = "DENY";
		set.headers["referrer-policy"] = "same-origin";
		set.headers["cross-origin-opener-policy"] = "same-origin";
		set.headers["cross-origin-resource-policy"] = "same-origin";
		set.headers["permissions-policy"] = "camera=(), geolocation=(), microphone=()";
		// Answers are about one person; what may be kept says so itself.
		set.headers["cache-control"] = "no-store";
		if (secure) set.headers["strict-transport-security"] = "max-age=31536000; includeSubDomains";
	});
}
