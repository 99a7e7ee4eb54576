import { randomBytes } from "node:crypto";
import { oauthFailure, ok, type Reply } from "./replies.ts";
import { botOf, type Grant, type OAuthClient, person, type Token, type World } from "./state.ts";

const codeLifeMs = 10 * 60_000;

type OAuthRequest = {
	world: World;
	url: URL;
	authorization: string | undefined;
	body: Readonly<Record<string, unknown>>;
	form: URLSearchParams;
};

/** `GET /v1/oauth/authorize`: the page on which a person chooses databases and says yes or no. */
export function consentPage({ world, url }: OAuthRequest): Reply {
	const client = clientFor(world, url.searchParams);
	if (client === null || url.searchParams.get("response_type") !== "code" || url.searchParams.get("owner") !== "user") {
		return html(400, "<h1>Missing or invalid client_id, redirect_uri, response_type or owner</h1>");
	}
	const hidden = ["client_id", "redirect_uri", "state"]
		.map((name) => `<input type="hidden" name="${name}" value="${escape(url.searchParams.get(name) ?? "")}">`)
		.join("");
	const choices = world.databases
		.map(
			({ id, name }) =>
				`<label><input type="checkbox" name="database" value="${escape(id)}" checked>${escape(name)}</label><br>`,
		)
		.join("");
	return html(
		200,
		`<h1>Sheaf wants to use ${escape(world.workspace.name)}</h1><form method="post" action="/v1/oauth/authorize">${hidden}<fieldset><legend>Pages</legend>${choices}</fieldset><button name="answer" value="allow">Allow</button><button name="answer" value="deny">Deny</button></form>`,
	);
}

/** `POST /v1/oauth/authorize`: the page's form. */
export function decide({ world, form }: OAuthRequest): Reply {
	const client = clientFor(world, form);
	const redirectUri = form.get("redirect_uri") ?? "";
	if (client === null) return html(400, "<h1>Unknown client</h1>");
	const back = new URL(redirectUri);
	if (form.get("answer") === "allow") {
		const code = randomBytes(16).toString("hex");
		const databases = form.getAll("database");
		world.codes.set(code, { clientId: client.clientId, redirectUri, databases, expiresAt: Date.now() + codeLifeMs });
		back.searchParams.set("code", code);
	} else back.searchParams.set("error", "access_denied");
	const state = form.get("state");
	if (state !== null && state !== "") back.searchParams.set("state", state);
	return { status: 302, headers: { location: back.href }, body: { text: "", type: "text/plain" } };
}

/** `POST /v1/oauth/{token,revoke,introspect}`: JSON, and the client proves itself by Basic. */
export function oauthCall(request: OAuthRequest): Reply {
	const client = authenticate(request);
	if (client === null) return oauthFailure(401, "invalid_client");
	const { world, body, url } = request;
	const token = [...world.tokens.values()].find(({ secret, refreshToken }) =>
		[secret, refreshToken].includes(String(body.token)),
	);
	switch (url.pathname) {
		case "/v1/oauth/token":
			return issue(world, client, body);
		case "/v1/oauth/revoke":
			if (token !== undefined) world.tokens.delete(token.secret);
			return ok({});
		default:
			return ok({ active: token !== undefined });
	}
}

function issue(world: World, client: OAuthClient, body: Readonly<Record<string, unknown>>): Reply {
	if (body.grant_type === "authorization_code") {
		const code = String(body.code);
		const grant = world.codes.get(code);
		world.codes.delete(code);
		if (grant === undefined || !isFor(grant, client, body)) return oauthFailure(400, "invalid_grant");
		return ok(tokenReply(world, grow(world, new Set(grant.databases))));
	}
	if (body.grant_type !== "refresh_token") return oauthFailure(400, "unsupported_grant_type");
	const old = [...world.tokens.values()].find(
		({ refreshToken }) => refreshToken !== null && refreshToken === body.refresh_token,
	);
	if (old === undefined) return oauthFailure(400, "invalid_grant");
	// The old pair dies at once: whether Notion's does is not documented, and this is the harder of the two.
	world.tokens.delete(old.secret);
	return ok(tokenReply(world, grow(world, old.databases ?? new Set())));
}

function isFor(grant: Grant, client: OAuthClient, body: Readonly<Record<string, unknown>>): boolean {
	return grant.clientId === client.clientId && grant.redirectUri === body.redirect_uri && grant.expiresAt > Date.now();
}

function grow(world: World, databases: ReadonlySet<string>): Token {
	const token: Token = {
		secret: `ntn_${randomBytes(16).toString("hex")}`,
		refreshToken: `nrt_${randomBytes(16).toString("hex")}`,
		botId: botOf(world.workspace.id),
		databases,
		mayWrite: true,
	};
	world.tokens.set(token.secret, token);
	return token;
}

/** As documented: no `expires_in`, no scopes. */
function tokenReply({ workspace }: World, { secret, refreshToken, botId }: Token): Record<string, unknown> {
	return {
		access_token: secret,
		token_type: "bearer",
		refresh_token: refreshToken,
		bot_id: botId,
		workspace_id: workspace.id,
		workspace_name: workspace.name,
		workspace_icon: null,
		owner: { type: "user", user: { object: "user", id: person } },
		duplicated_template_id: null,
	};
}

function clientFor(world: World, parameters: URLSearchParams): OAuthClient | null {
	const client = world.clients.find(({ clientId }) => clientId === parameters.get("client_id"));
	return client?.redirectUris.includes(parameters.get("redirect_uri") ?? "") === true ? client : null;
}

function authenticate({ world, authorization }: OAuthRequest): OAuthClient | null {
	const encoded = /^Basic (.+)$/.exec(authorization ?? "")?.[1] ?? "";
	const [id, ...secret] = Buffer.from(encoded, "base64").toString("utf8").split(":");
	const client = world.clients.find(({ clientId }) => clientId === id);
	return client?.clientSecret === secret.join(":") ? client : null;
}

function html(status: number, text: string): Reply {
	const whole = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notion (simulator)</title></head><body>${text}</body></html>`;
	return { status, body: { text: whole, type: "text/html; charset=utf-8" } };
}

function escape(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
