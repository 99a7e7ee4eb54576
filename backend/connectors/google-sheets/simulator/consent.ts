import type { SimulatedReply, SimulatedRequest } from "../../simulator-server.ts";
import {
	type AuthorizationServer,
	grantedScopes,
	isKnownScope,
	isOptional,
	type OAuthClient,
	oauthError,
} from "./oauth.ts";

/** What of the paths of Google's authorization server is asked; null: nothing of it. */
export function answerOAuth(server: AuthorizationServer, request: SimulatedRequest): SimulatedReply | null {
	const form = new URLSearchParams(request.bytes.toString("utf8"));
	switch (`${request.method} ${request.pathname}`) {
		case "GET /o/oauth2/v2/auth":
			return askConsent(server, request.query);
		case "POST /o/oauth2/v2/auth":
			return answerConsent(server, form);
		case "POST /token":
			return answerToken(server, form, request.headers.authorization);
		case "POST /revoke":
			return server.revoke(form.get("token") ?? "");
		default:
			return null;
	}
}

type ConsentRequest = { client: OAuthClient; redirectUri: string; scopes: string[]; state: string };

/** With a wrong client or redirect nothing is sent anywhere: Google says so on a page of its own. */
function check(server: AuthorizationServer, query: URLSearchParams): ConsentRequest | SimulatedReply {
	const client = server.client(query.get("client_id"));
	if (client === null) return page(401, "<h1>Error 401: invalid_client</h1>");
	const redirectUri = query.get("redirect_uri") ?? "";
	if (!client.redirectUris.includes(redirectUri)) return page(400, "<h1>Error 400: redirect_uri_mismatch</h1>");
	const scopes = (query.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
	if (query.get("response_type") !== "code") return page(400, "<h1>Error 400: unsupported_response_type</h1>");
	if (scopes.length === 0 || !scopes.every(isKnownScope)) return page(400, "<h1>Error 400: invalid_scope</h1>");
	const challenge = query.get("code_challenge");
	if (challenge !== null && (query.get("code_challenge_method") !== "S256" || !/^[\w-]{43}$/.test(challenge))) {
		return page(400, "<h1>Error 400: invalid_request</h1>");
	}
	return { client, redirectUri, scopes, state: query.get("state") ?? "" };
}

function askConsent(server: AuthorizationServer, query: URLSearchParams): SimulatedReply {
	const checked = check(server, query);
	if ("status" in checked) return checked;
	const carried = [...query].map(
		([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
	);
	const accounts = server.accounts.map(
		({ sub, email }, index) =>
			`<label><input type="radio" name="account" value="${sub}"${index === 0 ? " checked" : ""}> ${escapeHtml(email)}</label>`,
	);
	const scopes = checked.scopes
		.filter(isOptional)
		.map((scope) => `<label><input type="checkbox" name="granted" value="${scope}" checked> ${scope}</label>`);
	return page(
		200,
		`<h1>${escapeHtml(checked.client.clientId)} wants access to your Google Account</h1>
<form method="post">${carried.join("")}
<fieldset><legend>Account</legend>${accounts.join("<br>")}</fieldset>
<fieldset><legend>Access</legend>${scopes.join("<br>")}</fieldset>
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>`,
	);
}

function answerConsent(server: AuthorizationServer, form: URLSearchParams): SimulatedReply {
	const checked = check(server, form);
	if ("status" in checked) return checked;
	const { client, redirectUri, state } = checked;
	const account = server.accounts.find(({ sub }) => sub === form.get("account"));
	if (form.get("decision") !== "allow" || account === undefined) {
		return redirect(redirectUri, { error: "access_denied", state });
	}
	const scopes = grantedScopes(checked.scopes, form.getAll("granted"));
	const offline = form.get("access_type") === "offline" && form.get("prompt") === "consent";
	const consent = { client, account, scopes, offline, nonce: form.get("nonce") };
	const code = server.makeCode(consent, { redirectUri, challenge: form.get("code_challenge") });
	return redirect(redirectUri, {
		state,
		iss: server.issuer(),
		code,
		scope: scopes.join(" "),
		authuser: "0",
		prompt: "consent",
	});
}

function answerToken(server: AuthorizationServer, form: URLSearchParams, basic: string | undefined): SimulatedReply {
	const [id = null, secret = null] =
		basic === undefined ? [form.get("client_id"), form.get("client_secret")] : readBasic(basic);
	const client = server.client(id);
	if (client === null) return oauthError(401, "invalid_client", "The OAuth client was not found.");
	if (client.clientSecret !== secret) return oauthError(401, "invalid_client", "Unauthorized");
	switch (form.get("grant_type")) {
		case "authorization_code":
			return server.redeem(form, client);
		case "refresh_token":
			return server.refresh(form, client);
		default:
			return oauthError(400, "unsupported_grant_type", "Invalid grant_type");
	}
}

function readBasic(header: string): string[] {
	return Buffer.from(header.replace(/^Basic /, ""), "base64")
		.toString("utf8")
		.split(":")
		.map(decodeURIComponent);
}

function redirect(to: string, parameters: Record<string, string>): SimulatedReply {
	const location = new URL(to);
	for (const [name, value] of Object.entries(parameters)) location.searchParams.set(name, value);
	return { status: 302, headers: { location: location.href, "cache-control": "no-store" } };
}

function escapeHtml(text: string): string {
	const entities: Readonly<Record<string, string>> = {
		"&": "&amp;",
		"<": "&lt;",
		">": "&gt;",
		'"': "&quot;",
		"'": "&#39;",
	};
	return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

function page(status: number, content: string): SimulatedReply {
	const head =
		'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Google simulator</title>';
	return {
		status,
		headers: {
			"content-security-policy": "default-src 'none'; frame-ancestors 'none'",
			"referrer-policy": "no-referrer",
		},
		body: `<!doctype html><html lang="en"><head>${head}</head><body><main>${content}</main></body></html>`,
	};
}
