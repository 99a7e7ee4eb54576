import type { SimulatedReply, SimulatedRequest } from "../../simulator-server.ts";
import { knownScopes, type LoginServer, loginError, type OAuthClient } from "./login.ts";

/** What of the paths of Login with Amazon is asked; null: nothing of it. */
export function answerLogin(server: LoginServer, request: SimulatedRequest): SimulatedReply | null {
	const form = new URLSearchParams(request.bytes.toString("utf8"));
	switch (`${request.method} ${request.pathname}`) {
		case "GET /ap/oa":
			return askConsent(server, request.query);
		case "POST /ap/oa":
			return answerConsent(server, form);
		case "POST /auth/o2/token":
			return answerToken(server, form, request.headers.authorization);
		case "GET /user/profile":
			return answerProfile(server, request.headers.authorization);
		default:
			return null;
	}
}

type ConsentRequest = {
	client: OAuthClient;
	redirectUri: string;
	scopes: string[];
	state: string;
	challenge: { value: string; method: string } | null;
};

/** With a wrong client or return address nothing is sent anywhere: Amazon says so on a page of its own. */
function check(server: LoginServer, query: URLSearchParams): ConsentRequest | SimulatedReply {
	const client = server.client(query.get("client_id"));
	if (client === null) return page(400, "<h1>We're sorry! An unknown client.</h1>");
	const redirectUri = query.get("redirect_uri") ?? "";
	if (!client.redirectUris.includes(redirectUri)) return page(400, "<h1>The redirect URI is not whitelisted.</h1>");
	const state = query.get("state") ?? "";
	const refuse = (error: string) => redirect(redirectUri, { error, error_description: "Refused", state });
	if (query.get("response_type") !== "code") return refuse("unsupported_response_type");
	const scopes = (query.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
	if (scopes.length === 0 || !scopes.every((scope) => knownScopes.includes(scope))) return refuse("invalid_scope");
	const [value, method] = [query.get("code_challenge"), query.get("code_challenge_method") ?? "plain"];
	const isSound = value === null || method === "plain" || (method === "S256" && /^[\w-]{43}$/.test(value));
	if (!isSound) return refuse("invalid_request");
	return { client, redirectUri, scopes, state, challenge: value === null ? null : { value, method } };
}

function askConsent(server: LoginServer, query: URLSearchParams): SimulatedReply {
	const checked = check(server, query);
	if ("status" in checked) return checked;
	const carried = [...query].map(
		([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
	);
	const accounts = server.accounts.map(
		({ userId, email }, index) =>
			`<label><input type="radio" name="account" value="${userId}"${index === 0 ? " checked" : ""}> ${escapeHtml(email)}</label>`,
	);
	const scopes = checked.scopes.map((scope) => `<li>${scope}</li>`).join("");
	return page(
		200,
		`<h1>${escapeHtml(checked.client.clientId)} asks to see your advertising data</h1>
<form method="post">${carried.join("")}
<fieldset><legend>Account</legend>${accounts.join("<br>")}</fieldset><ul>${scopes}</ul>
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Cancel</button>
</form>`,
	);
}

function answerConsent(server: LoginServer, form: URLSearchParams): SimulatedReply {
	const checked = check(server, form);
	if ("status" in checked) return checked;
	const { client, redirectUri, scopes, state, challenge } = checked;
	const account = server.accounts.find(({ userId }) => userId === form.get("account"));
	if (form.get("decision") !== "allow" || account === undefined) {
		return redirect(redirectUri, { error: "access_denied", error_description: "Access not permitted.", state });
	}
	const code = server.makeCode({ account, scopes, client }, { redirectUri, challenge });
	return redirect(redirectUri, { code, scope: scopes.join(" "), state });
}

function answerToken(server: LoginServer, form: URLSearchParams, basic: string | undefined): SimulatedReply {
	const [id = null, secret = null] =
		basic === undefined ? [form.get("client_id"), form.get("client_secret")] : readBasic(basic);
	const client = server.client(id);
	if (client === null || client.clientSecret !== secret) {
		return loginError(401, "invalid_client", "Client authentication failed");
	}
	switch (form.get("grant_type")) {
		case "authorization_code":
			return server.redeem(form, client);
		case "refresh_token":
			return server.refresh(form, client);
		default:
			return loginError(400, "unsupported_grant_type", "The grant_type is not supported");
	}
}

function readBasic(header: string): string[] {
	const text = Buffer.from(header.replace(/^Basic /, ""), "base64").toString("utf8");
	return text.split(":").map(decodeURIComponent);
}

function answerProfile(server: LoginServer, authorization = ""): SimulatedReply {
	const access = server.access(authorization.replace(/^Bearer /i, ""));
	if (access === null) return loginError(400, "invalid_token", "The access token provided is invalid or has expired");
	if (!access.scopes.includes("profile")) return loginError(403, "insufficient_scope", "The scope profile is missing");
	const { userId, email, name } = access.account;
	return { status: 200, body: { user_id: userId, email, name } };
}

function redirect(to: string, parameters: Record<string, string>): SimulatedReply {
	const location = new URL(to);
	for (const [name, value] of Object.entries(parameters)) location.searchParams.set(name, value);
	return { status: 302, headers: { location: location.href, "cache-control": "no-store" } };
}

const entities: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

function escapeHtml(text: string): string {
	return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

function page(status: number, content: string): SimulatedReply {
	const head =
		'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Amazon simulator</title>';
	return {
		status,
		headers: { "content-security-policy": "default-src 'none'; frame-ancestors 'none'" },
		body: `<!doctype html><html lang="en"><head>${head}</head><body><main>${content}</main></body></html>`,
	};
}
