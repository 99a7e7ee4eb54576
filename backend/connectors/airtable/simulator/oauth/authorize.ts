import type { Reply } from "../replies.ts";
import type { World } from "../world.ts";
import { knownScopes, type OAuthClient } from "./authorization-server.ts";
import { consentPage, errorPage } from "./consent-page.ts";

/** A request for consent that holds: what is shown, and where its answer goes. */
export type ConsentRequest = {
	client: OAuthClient;
	redirectUri: string;
	scopes: string[];
	state: string;
	challenge: string;
};

type Checked = { kind: "asked"; request: ConsentRequest } | { kind: "answered"; reply: Reply };

/** `GET /oauth2/v1/authorize`: the consent page, or what is wrong with the request. */
export function askConsent(world: World, parameters: URLSearchParams): Reply {
	const checked = check(world, parameters);
	if (checked.kind === "answered") return checked.reply;
	return consentPage(world, checked.request, parameters);
}

/** What the page's form sends: the request again, and the person's answer to it. */
export function answerConsent(world: World, form: URLSearchParams): Reply {
	const checked = check(world, form);
	if (checked.kind === "answered") return checked.reply;
	const { client, redirectUri, scopes, state, challenge } = checked.request;
	const account = world.oauth.accounts.find(({ userId }) => userId === form.get("account"));
	if (form.get("decision") !== "allow" || account === undefined) {
		return redirect(redirectUri, {
			error: "access_denied",
			error_description: "The user denied the request.",
			state,
		});
	}
	const consent = { clientId: client.clientId, account, scopes, bases: form.getAll("base") };
	const code = world.oauth.makeCode(consent, { redirectUri, challenge });
	return redirect(redirectUri, { code, state, code_challenge: challenge, code_challenge_method: "S256" });
}

/** With a wrong client or redirect nothing is sent anywhere: the page itself says so. */
function check(world: World, parameters: URLSearchParams): Checked {
	const client = world.oauth.client(parameters.get("client_id") ?? "");
	if (client === null) return answered(errorPage("This integration is not known."));
	const redirectUri = parameters.get("redirect_uri") ?? "";
	if (!client.redirectUris.includes(redirectUri)) return answered(errorPage("This redirect is not registered."));
	const state = parameters.get("state") ?? "";
	const challenge = parameters.get("code_challenge") ?? "";
	const scopes = (parameters.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
	const problem = problemOf({ parameters, client, state, challenge, scopes });
	if (problem === null) return { kind: "asked", request: { client, redirectUri, scopes, state, challenge } };
	const [error, error_description] = problem;
	return answered(redirect(redirectUri, { error, error_description, state }));
}

type Parts = {
	parameters: URLSearchParams;
	client: OAuthClient;
	state: string;
	challenge: string;
	scopes: readonly string[];
};

function problemOf({ parameters, client, state, challenge, scopes }: Parts): [error: string, said: string] | null {
	const repeated = [...new Set(parameters.keys())].filter(
		(name) => name !== "base" && parameters.getAll(name).length > 1,
	);
	if (repeated.length > 0) return ["invalid_request", `${repeated.join(", ")} may be given once`];
	if (!/^[A-Za-z0-9.\-_]{16,1024}$/.test(state)) {
		return ["invalid_request", "state has to have 16 to 1024 characters of a-z, A-Z, 0-9, '.', '-' and '_'"];
	}
	if (parameters.get("response_type") !== "code") return ["unsupported_response_type", "response_type has to be code"];
	if (parameters.get("code_challenge_method") !== "S256" || !/^[A-Za-z0-9\-_]{43}$/.test(challenge)) {
		return ["invalid_request", "code_challenge with code_challenge_method S256 is required"];
	}
	const allowed = client.scopes ?? knownScopes;
	const isValid = scopes.length > 0 && new Set(scopes).size === scopes.length;
	if (!isValid || !scopes.every((scope) => allowed.includes(scope))) return ["invalid_scope", "scope is not valid"];
	return null;
}

function answered(reply: Reply): Checked {
	return { kind: "answered", reply };
}

function redirect(to: string, parameters: Record<string, string>): Reply {
	const location = new URL(to);
	for (const [name, value] of Object.entries(parameters)) location.searchParams.set(name, value);
	return {
		status: 302,
		headers: { location: location.href, "cache-control": "no-store" },
		body: { text: "", type: "text/plain" },
	};
}
