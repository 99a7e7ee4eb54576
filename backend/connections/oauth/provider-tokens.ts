import {
	type AuthorizationServer,
	allowInsecureRequests,
	authorizationCodeGrantRequest,
	type Client,
	type ClientAuth,
	ClientSecretPost,
	customFetch,
	nopkce,
	processAuthorizationCodeResponse,
	processRefreshTokenResponse,
	processRevocationResponse,
	ResponseBodyError,
	refreshTokenGrantRequest,
	revocationRequest,
	type TokenEndpointResponse,
	validateAuthResponse,
} from "oauth4webapi";
import type { GuardedHttp } from "../../connectors/connector.ts";
import type { OAuthManifest } from "../../connectors/oauth-manifest.ts";
import { NoAnswer, providerFetch } from "./provider-fetch.ts";

/** What a provider's token endpoint gave. Times in seconds from now; null where the provider did not say. */
export type Tokens = { token: string; refreshToken: string | null; expiresIn: number | null };

/**
 * `refused`: the code or refresh token is worth nothing (`invalid_grant`). `busy`: somebody else uses the same token this moment, or
 * the provider asks for patience. `unanswered`: whether the provider acted is not known when `mayHaveActed`.
 */
export type TokenResult =
	| { kind: "tokens"; tokens: Tokens }
	| { kind: "refused"; reason: string }
	| { kind: "busy" }
	| { kind: "unanswered"; reason: string; mayHaveActed: boolean };

type Asking = { http: GuardedHttp; oauth: OAuthManifest };

/** The address of the provider's consent page: state, PKCE S256 where the provider has it, and the exact redirect. */
export async function consentAddress(
	oauth: OAuthManifest,
	{ redirectUri, state, codeVerifier }: { redirectUri: string; state: string; codeVerifier: string },
): Promise<string> {
	const address = new URL(oauth.authorizationEndpoint);
	const parameters: Record<string, string> = {
		...oauth.authorizationParameters,
		response_type: "code",
		client_id: oauth.client.clientId,
		redirect_uri: redirectUri,
		state,
		...(oauth.scopes.length === 0 ? {} : { scope: oauth.scopes.join(" ") }),
		...(oauth.pkce ? { code_challenge: await challengeOf(codeVerifier), code_challenge_method: "S256" } : {}),
	};
	for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
	return address.href;
}

async function challengeOf(codeVerifier: string): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(codeVerifier));
	return Buffer.from(digest).toString("base64url");
}

/**
 * Checks what came back from the consent page: `state`, `iss` where it was sent, one value of each (RFC 9700, RFC 9207).
 *
 * @throws what oauth4webapi throws when it is not to be used
 */
export function checkedAnswer(oauth: OAuthManifest, callback: URL, state: string): URLSearchParams {
	return validateAuthResponse(serverOf(oauth), clientOf(oauth), callback, state);
}

export type CodeExchange = { answer: URLSearchParams; state: string; redirectUri: string; codeVerifier: string };

/** Redeems the code of a consent. */
export async function exchangeCode({ http, oauth }: Asking, exchange: CodeExchange): Promise<TokenResult> {
	const [server, client] = [serverOf(oauth), clientOf(oauth)];
	return await tokenResult(oauth, {
		request: () => {
			const callback = validateAuthResponse(server, client, exchange.answer, exchange.state);
			const verifier = oauth.pkce ? exchange.codeVerifier : nopkce;
			const options = optionsOf(http, oauth);
			return authorizationCodeGrantRequest(
				server,
				client,
				authenticationOf(oauth),
				callback,
				exchange.redirectUri,
				verifier,
				options,
			);
		},
		read: (response) => processAuthorizationCodeResponse(server, client, response),
	});
}

/** A new pair for a refresh token. A provider that sends no new refresh token goes on with the old one. */
export async function refreshTokens({ http, oauth }: Asking, refreshToken: string): Promise<TokenResult> {
	const [server, client] = [serverOf(oauth), clientOf(oauth)];
	const result = await tokenResult(oauth, {
		request: () =>
			refreshTokenGrantRequest(server, client, authenticationOf(oauth), refreshToken, optionsOf(http, oauth)),
		read: (response) => processRefreshTokenResponse(server, client, response),
	});
	if (result.kind !== "tokens") return result;
	return { kind: "tokens", tokens: { ...result.tokens, refreshToken: result.tokens.refreshToken ?? refreshToken } };
}

/** Takes the access back. "by_hand": the provider has no endpoint for it, or did not answer. */
export async function revokeTokens(
	{ http, oauth }: Asking,
	{ token, refreshToken }: Readonly<Record<string, string>>,
): Promise<"revoked" | "by_hand"> {
	const worth = refreshToken ?? token;
	if (oauth.revocationEndpoint === null || worth === undefined) return "by_hand";
	try {
		const options = optionsOf(http, oauth);
		const response = await revocationRequest(serverOf(oauth), clientOf(oauth), authenticationOf(oauth), worth, options);
		await processRevocationResponse(response);
		return "revoked";
	} catch {
		return "by_hand";
	}
}

type TokenCall = { request(): Promise<Response>; read(response: Response): Promise<TokenEndpointResponse> };

const passing = new Set([408, 409, 425, 429]);

async function tokenResult({ assumedExpiresIn }: OAuthManifest, { request, read }: TokenCall): Promise<TokenResult> {
	try {
		const response = await request();
		const { status } = response;
		if (passing.has(status)) return { kind: "busy" };
		if (status >= 500) return { kind: "unanswered", reason: `status ${status}`, mayHaveActed: true };
		const answer = await read(response);
		const { access_token: token, refresh_token: refreshToken = null, expires_in: expiresIn } = answer;
		return { kind: "tokens", tokens: { token, refreshToken, expiresIn: expiresIn ?? assumedExpiresIn } };
	} catch (error) {
		if (error instanceof NoAnswer) {
			return { kind: "unanswered", reason: error.message, mayHaveActed: error.mayHaveActed };
		}
		const code = error instanceof ResponseBodyError ? error.error : "an answer that is none";
		if (code === "invalid_grant") return { kind: "refused", reason: code };
		// Another refusal is about the client (a wrong secret, say) and no verdict on anybody's access.
		return { kind: "unanswered", reason: code, mayHaveActed: !(error instanceof ResponseBodyError) };
	}
}

function serverOf(oauth: OAuthManifest): AuthorizationServer {
	return {
		issuer: oauth.issuer,
		authorization_endpoint: oauth.authorizationEndpoint,
		token_endpoint: oauth.tokenEndpoint,
		...(oauth.revocationEndpoint === null ? {} : { revocation_endpoint: oauth.revocationEndpoint }),
	};
}

function clientOf({ client }: OAuthManifest): Client {
	return { client_id: client.clientId };
}

/**
 * HTTP Basic as RFC 6749 §2.3.1 says, but letters that the form encoding leaves alone are left alone: oauth4webapi's own writes
 * `-` as `%2D`, and providers whose client ids have hyphens (Airtable, Notion) compare without decoding.
 */
function authenticationOf({ client, clientAuthentication }: OAuthManifest): ClientAuth {
	const { clientId, clientSecret } = client;
	if (clientAuthentication === "post") return ClientSecretPost(clientSecret);
	const credentials = Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString("base64");
	return (...[, , , headers]) => headers.set("authorization", `Basic ${credentials}`);
}

function formEncoded(text: string): string {
	return new URLSearchParams([["", text]]).toString().slice(1);
}

/** Plain http only where the operator set such an address himself: the guard refuses it everywhere else. */
function optionsOf(http: GuardedHttp, oauth: OAuthManifest) {
	return { [customFetch]: providerFetch(http, oauth), [allowInsecureRequests]: true };
}
