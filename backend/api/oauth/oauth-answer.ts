import type { ErrorDetail } from "../../contract/errors.ts";
import type { OAuthErrorCode } from "../../identity/oauth-error.ts";

/** What clients (not people) ask, and answered in the RFCs' own form whatever goes wrong. */
const clientEndpoints: ReadonlySet<string> = new Set(["/oauth/token", "/oauth/revoke", "/oauth/device_authorization"]);

export function isClientEndpoint(pathname: string): boolean {
	return clientEndpoints.has(pathname);
}

/** RFC 6749 §5.2. */
export type OAuthErrorBody = { error: OAuthErrorCode; error_description: string };

export type OAuthAnswer = { status: number; headers: Record<string, string>; body: OAuthErrorBody };

/**
 * A failure from before or behind an endpoint of the authorization server (a body that cannot be read, the database away), said as
 * OAuth says it.
 */
export function oauthAnswer({ code, message }: ErrorDetail, status: number): OAuthAnswer {
	const description = asciiOf(message);
	// Nothing is at these addresses but POST (RFC 6749 §3.2).
	if (code === "request/not-found") {
		const body = { error: "invalid_request", error_description: "this endpoint takes POST only" } as const;
		return { status: 405, headers: { allow: "POST" }, body };
	}
	return { status, headers: {}, body: { error: errorOf(status), error_description: description } };
}

function errorOf(status: number): OAuthErrorCode {
	if (status === 503 || status === 429) return "temporarily_unavailable";
	return status >= 500 ? "server_error" : "invalid_request";
}

/** RFC 6749 §5.2 allows printable ASCII without quotes and backslashes. */
export function asciiOf(message: string): string {
	return message.replaceAll('"', "'").replaceAll(/[^\x20-\x7e]|\\/g, " ");
}
