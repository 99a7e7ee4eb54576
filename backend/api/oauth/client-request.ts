import type { GrantType, OAuthClient } from "../../identity/clients.ts";
import type { Identity } from "../../identity/identity.ts";
import { OAuthError } from "../../identity/oauth-error.ts";
import { countHit, type RateLimit, rateLimits } from "../../identity/rate-limits.ts";

/** What the endpoints that clients (not people) call need of an Elysia context. */
export type ClientRequest = {
	request: Request;
	body: unknown;
	address: string;
	/** Counted per address instead of what all these endpoints share. */
	limit?: RateLimit;
	set: { status?: number | string; headers: Record<string, string | number | string[] | undefined> };
};

export type ClientParameters = {
	/** A parameter's text; null when it is missing or empty, which RFC 6749 §3.2 treats alike. */
	optional(name: string): string | null;
	/** @throws OAuthError `invalid_request` when it is missing */
	required(name: string): string;
};

type ClientWork = (parameters: ClientParameters, client: OAuthClient) => Promise<object>;

/**
 * The frame around `/oauth/token`, `/oauth/revoke` and `/oauth/device_authorization`: counts, reads the form, knows the client, and answers failures
 * as RFC 6749 §5.2 says instead of in Sheaf's own form.
 */
export async function answerClient(identity: Identity, call: ClientRequest, work: ClientWork): Promise<object> {
	const { set } = call;
	set.headers["pragma"] = "no-cache";
	const counted = await countHit(identity, call.limit ?? rateLimits.tokenPerAddress, call.address);
	if (!counted.ok) {
		set.status = 429;
		set.headers["retry-after"] = String(counted.retryAfterSeconds);
		return { error: "temporarily_unavailable", error_description: "too many requests from this address" };
	}
	try {
		const parameters = parametersOf(call);
		return await work(parameters, clientOf(identity, call.request, parameters));
	} catch (error) {
		if (!(error instanceof OAuthError)) throw error;
		// 401 with a challenge only where credentials were offered: our clients have none (RFC 6749 §5.2).
		const offered = error.code === "invalid_client" && call.request.headers.has("authorization");
		set.status = error.code === "invalid_client" ? 401 : 400;
		if (offered) set.headers["www-authenticate"] = 'Basic realm="sheaf"';
		return { error: error.code, error_description: error.message };
	}
}

function parametersOf({ request, body }: ClientRequest): ClientParameters {
	const type = request.headers.get("content-type") ?? "";
	if (
		!type.toLowerCase().startsWith("application/x-www-form-urlencoded") ||
		typeof body !== "object" ||
		body === null
	) {
		throw new OAuthError("invalid_request", "the body must be application/x-www-form-urlencoded");
	}
	const fields = new Map<string, unknown>(Object.entries(body));
	const optional = (name: string) => {
		const value = fields.get(name);
		if (Array.isArray(value)) throw new OAuthError("invalid_request", `${name} is given more than once`);
		return typeof value === "string" && value !== "" ? value : null;
	};
	return {
		optional,
		required: (name) => {
			const value = optional(name);
			if (value === null) throw new OAuthError("invalid_request", `${name} is required`);
			return value;
		},
	};
}

/** @throws OAuthError `unauthorized_client` when the grant is not among the client's */
export function refuseGrant(client: OAuthClient, type: GrantType): void {
	if (client.grantTypes.includes(type)) return;
	throw new OAuthError("unauthorized_client", "this client may not use this grant");
}

/** All clients are public: one that shows a secret is not one of ours. */
function clientOf(identity: Identity, request: Request, parameters: ClientParameters): OAuthClient {
	if (request.headers.has("authorization") || parameters.optional("client_secret") !== null) {
		throw new OAuthError("invalid_client", "clients of this server are public and have no secret");
	}
	const clientId = parameters.required("client_id");
	const client = identity.clients.find(({ id }) => id === clientId);
	if (!client) throw new OAuthError("invalid_client", "the client is not known");
	return client;
}
