import type { Reply } from "../replies.ts";
import type { World } from "../world.ts";
import type { OAuthClient, TokenPair } from "./authorization-server.ts";

export type TokenRequest = { contentType: string; authorization: string | undefined; form: URLSearchParams };

/** What is answered once the request's time has come; nothing has changed before. */
export type TokenWork = { afterMs: number; finish: () => Reply };

/** `POST /oauth2/v1/token`, code or refresh. */
export function redeemOrRefresh(world: World, request: TokenRequest): TokenWork {
	const { form } = request;
	if (!/^application\/x-www-form-urlencoded(;|$)/i.test(request.contentType)) {
		return now(refusal("invalid_request", "the body has to be a form"));
	}
	const client = clientOf(world, request);
	const grantType = form.get("grant_type");
	if (grantType === "authorization_code") return now(redeem(world, client, form));
	if (client === null) return now(refusal("invalid_client", "the client is not known, or did not prove itself"));
	if (grantType === "refresh_token") return refresh(world, client, form);
	return now(refusal("unsupported_grant_type", "grant_type is not supported"));
}

/** A client with a secret has to send it by Basic; one without may not send that header and names itself in the body. */
function clientOf(world: World, { authorization, form }: TokenRequest): OAuthClient | null {
	if (authorization === undefined) {
		const client = world.oauth.client(form.get("client_id") ?? "");
		return client?.clientSecret === undefined ? client : null;
	}
	const [, encoded] = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(authorization) ?? [];
	const [id = "", ...rest] = Buffer.from(encoded ?? "", "base64")
		.toString("utf8")
		.split(":");
	const client = world.oauth.client(id);
	const isProven = client?.clientSecret !== undefined && client.clientSecret === rest.join(":");
	const isSame = !form.has("client_id") || form.get("client_id") === id;
	return isProven && isSame ? client : null;
}

/** A code is used up by any attempt, also by one of somebody who cannot prove who they are. */
function redeem(world: World, client: OAuthClient | null, form: URLSearchParams): Reply {
	const verifier = form.get("code_verifier") ?? "";
	const pair = world.oauth.redeem(form.get("code") ?? "", {
		clientId: client?.clientId ?? "",
		redirectUri: form.get("redirect_uri") ?? "",
		verifier: /^[A-Za-z0-9.\-_]{43,128}$/.test(verifier) ? verifier : "",
	});
	if (client === null) return refusal("invalid_client", "the client is not known, or did not prove itself");
	return pair === null ? refusal("invalid_grant", "the code is not valid") : issued(world, pair);
}

function refresh(world: World, client: OAuthClient, form: URLSearchParams): TokenWork {
	const begun = world.oauth.refresh(form.get("refresh_token") ?? "", client.clientId);
	if (begun === "conflict") return now(refusal("conflict", "the token is being refreshed", 409));
	if (begun === "invalid") return now(refusal("invalid_grant", "the refresh token is not valid"));
	const finish = () => {
		const pair = begun.rotate();
		return pair === null ? refusal("invalid_grant", "the refresh token is not valid") : issued(world, pair);
	};
	return { afterMs: world.oauth.settings.refreshMs, finish };
}

function now(reply: Reply): TokenWork {
	return { afterMs: 0, finish: () => reply };
}

function issued(world: World, { accessToken, refreshToken, scopes }: TokenPair): Reply {
	const { accessSeconds, refreshSeconds } = world.oauth.settings;
	const json = {
		access_token: accessToken,
		refresh_token: refreshToken,
		token_type: "Bearer",
		scope: scopes.join(" "),
		expires_in: accessSeconds,
		refresh_expires_in: refreshSeconds,
	};
	return { status: 200, headers: { "cache-control": "no-store" }, body: { json } };
}

function refusal(error: string, said: string, status = error === "invalid_client" ? 401 : 400): Reply {
	return { status, body: { json: { error, error_description: said } } };
}
