import type { OAuthClient } from "./clients.ts";
import type { OAuthErrorCode } from "./oauth-error.ts";

/** A request to `/oauth/authorize` that may go on to the sign-in page. */
export type AuthorizationRequest = {
	clientId: string;
	clientName: string;
	redirectUri: string;
	state: string;
	codeChallenge: string;
	/** `login` and `select_account` ask for the page even if somebody is signed in; `none` asks for no page at all. */
	prompt: "none" | "login" | "select_account" | null;
};

/**
 * `refused`: client or redirect is wrong, so that nothing may be sent to that redirect (RFC 6749 §4.1.2.1).
 * `answered`: the client is told by its redirect, at the address `to`.
 */
export type AuthorizationCheck =
	| { kind: "ok"; request: AuthorizationRequest }
	| { kind: "refused"; message: string }
	| { kind: "answered"; to: string };

const stateForm = /^[\x20-\x7e]{1,1024}$/;
/** A SHA-256 in base64url (RFC 7636 §4.2). */
const challengeForm = /^[A-Za-z0-9_-]{43}$/;

/** Checks client and redirect by exact comparison, then the rest. `issuer` goes into every answer (RFC 9207). */
export function checkAuthorizationRequest(
	parameters: URLSearchParams,
	{ clients, issuer }: { clients: readonly OAuthClient[]; issuer: string },
): AuthorizationCheck {
	const clientId = onlyValue(parameters, "client_id");
	const client = clients.find(({ id }) => id === clientId);
	if (!client) return { kind: "refused", message: "The app that sent you here is not known to this server." };
	const redirectUri = onlyValue(parameters, "redirect_uri");
	if (redirectUri === null || !client.redirectUris.includes(redirectUri)) {
		return { kind: "refused", message: "The app that sent you here named an address that is not on its list." };
	}
	const state = onlyValue(parameters, "state");
	const validState = state !== null && stateForm.test(state) ? state : null;
	const problem = validState === null ? missingState : problemWith(parameters);
	if (problem || validState === null) {
		const [error, description] = problem ?? missingState;
		const answer = { error, error_description: description, ...(validState === null ? {} : { state: validState }) };
		return { kind: "answered", to: answerAddress(redirectUri, issuer, answer) };
	}
	const codeChallenge = onlyValue(parameters, "code_challenge") ?? "";
	const prompt = promptOf(parameters);
	return {
		kind: "ok",
		request: { clientId: client.id, clientName: client.name, redirectUri, state: validState, codeChallenge, prompt },
	};
}

/** The redirect with the answer in its query; `iss` tells the client who answered (RFC 9207). */
export function answerAddress(redirectUri: string, issuer: string, answer: Record<string, string>): string {
	const address = new URL(redirectUri);
	for (const [name, value] of Object.entries({ ...answer, iss: issuer })) address.searchParams.set(name, value);
	return address.href;
}

type Problem = readonly [OAuthErrorCode, string];
const missingState: Problem = ["invalid_request", "state is required, once, in printable ASCII"];

function problemWith(parameters: URLSearchParams): Problem | null {
	for (const name of new Set(parameters.keys())) {
		if (parameters.getAll(name).length > 1) return ["invalid_request", "a parameter is given more than once"];
	}
	if (parameters.has("request")) return ["request_not_supported", "request objects are not supported"];
	if (parameters.has("request_uri")) return ["request_uri_not_supported", "request objects are not supported"];
	const responseType = parameters.get("response_type");
	if (responseType === null) return ["invalid_request", "response_type is required"];
	if (responseType !== "code") return ["unsupported_response_type", "only response_type=code is supported"];
	if ((parameters.get("response_mode") ?? "query") !== "query") {
		return ["invalid_request", "only response_mode=query is supported"];
	}
	// A missing method means `plain` (RFC 7636 §4.3), which is as refused as when it is written out.
	if (parameters.get("code_challenge_method") !== "S256") {
		return ["invalid_request", "code_challenge_method must be S256"];
	}
	if (!challengeForm.test(parameters.get("code_challenge") ?? "")) {
		return ["invalid_request", "code_challenge must be a SHA-256 in base64url"];
	}
	return null;
}

function promptOf(parameters: URLSearchParams): AuthorizationRequest["prompt"] {
	const prompt = parameters.get("prompt");
	return prompt === "none" || prompt === "login" || prompt === "select_account" ? prompt : null;
}

function onlyValue(parameters: URLSearchParams, name: string): string | null {
	const values = parameters.getAll(name);
	return values.length === 1 ? (values[0] ?? null) : null;
}
