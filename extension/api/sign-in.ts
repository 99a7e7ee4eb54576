import { t } from "../i18n/t.ts";
import { type AuthWindowDeps, openAuthWindow } from "./auth-window.ts";
import { createProofKey } from "./dpop.ts";
import { type AuthorizationServer, clientId, discover, requestToken, type TokenAnswer } from "./oauth-requests.ts";
import { createPkce, randomText } from "./pkce.ts";
import type { Fetch } from "./request.ts";
import type { StoredSession } from "./session-database.ts";

export type SignInDeps = AuthWindowDeps & { fetch: Fetch };

export type SignInOutcome =
	| { kind: "granted"; session: StoredSession; answer: TokenAnswer }
	/** Closed, refused or abandoned by the person: nothing is to be said about it. */
	| { kind: "cancelled" }
	| { kind: "failed"; message: string };

type Attempt = { server: AuthorizationServer; redirectUri: string; state: string };

/**
 * The authorization code flow with PKCE (RFC 6749 §4.1, RFC 7636, RFC 9207), in the browser's own auth window. Writes
 * nothing. @throws ApiFailure when the server cannot be reached, GrantRefused when the code was no good.
 */
export async function runSignIn(
	deps: SignInDeps,
	{ serverUrl, deviceId }: { serverUrl: string; deviceId: string },
): Promise<SignInOutcome> {
	const server = await discover(deps.fetch, serverUrl);
	const { verifier, challenge } = await createPkce();
	const attempt: Attempt = { server, redirectUri: deps.identity.getRedirectURL(), state: randomText() };
	const redirect = await openAuthWindow(deps, authorizationUrl(attempt, challenge));
	if (redirect === null) return { kind: "cancelled" };
	const found = readRedirect(redirect, attempt);
	if (found.kind !== "code") return found;
	const key = await createProofKey();
	const answer = await requestToken(
		deps.fetch,
		{ url: server.tokenEndpoint, key },
		{
			grant_type: "authorization_code",
			code: found.code,
			redirect_uri: attempt.redirectUri,
			code_verifier: verifier,
			device_id: deviceId,
			device_name: deviceName(),
		},
	);
	if (answer.refreshToken === null) return { kind: "failed", message: t("answers.signIn.noSession") };
	const { tokenEndpoint, revocationEndpoint } = server;
	const session = { serverUrl, refreshToken: answer.refreshToken, key, tokenEndpoint, revocationEndpoint };
	return { kind: "granted", session, answer };
}

function authorizationUrl({ server, redirectUri, state }: Attempt, challenge: string): string {
	const url = new URL(server.authorizationEndpoint);
	const parameters = {
		response_type: "code",
		client_id: clientId,
		redirect_uri: redirectUri,
		state,
		code_challenge: challenge,
		code_challenge_method: "S256",
		// The window shares the browser's cookies: without it a second person would be signed in as the first.
		prompt: "select_account",
	};
	for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
	return url.href;
}

type Redirect = { kind: "code"; code: string } | Exclude<SignInOutcome, { kind: "granted" }>;

/** Nothing in an answer counts before its `state` and `iss` are ours (RFC 9700 §2.1, §4.4). */
function readRedirect(address: string, { server, redirectUri, state }: Attempt): Redirect {
	const url = URL.parse(address);
	const answer = url?.searchParams;
	const expected = url?.href.startsWith(redirectUri) && answer?.get("state") === state;
	if (!answer || !expected || answer.get("iss") !== server.issuer) {
		return { kind: "failed", message: t("answers.signIn.changed") };
	}
	const error = answer.get("error");
	if (error === "access_denied") return { kind: "cancelled" };
	const code = answer.get("code");
	if (error || !code) return { kind: "failed", message: t("answers.signIn.incomplete") };
	return { kind: "code", code };
}

/** What the person reads in their list of devices: enough to tell two apart, no version to track them by. */
function deviceName(): string {
	const browser = /Firefox/.test(navigator.userAgent)
		? "Firefox"
		: /Edg\//.test(navigator.userAgent)
			? "Edge"
			: "Chrome";
	const system = /Windows|Mac OS|CrOS|Android|Linux/.exec(navigator.userAgent)?.[0];
	return system ? `${browser} on ${system === "Mac OS" ? "macOS" : system === "CrOS" ? "ChromeOS" : system}` : browser;
}
