import { t } from "../i18n/t.ts";
import { ApiFailure, failureOfFetch } from "./api-failure.ts";
import { proofFor } from "./dpop.ts";
import type { Fetch } from "./request.ts";

export const clientId = "sheaf-extension";

/** As much of RFC 8414's metadata as a sign-in needs. */
export type AuthorizationServer = {
	issuer: string;
	authorizationEndpoint: string;
	tokenEndpoint: string;
	revocationEndpoint: string;
};

export type TokenAnswer = { accessToken: string; expiresInMs: number; refreshToken: string | null };

/** The session has ended, or it goes on and the person is no longer in the workspace that was asked for. */
export type GrantRefusal = "session-ended" | "workspace-gone";

/** RFC 6749 §5.2, and RFC 8707 for what the token is to be for. */
const refusals: ReadonlyMap<string, GrantRefusal> = new Map([
	["invalid_grant", "session-ended"],
	["invalid_target", "workspace-gone"],
]);

/** The server refused the grant for good. */
export class GrantRefused extends Error {
	override readonly name = "GrantRefused";
	readonly reason: GrantRefusal;

	constructor(reason: GrantRefusal) {
		super(reason === "session-ended" ? t("answers.signIn.ended") : t("answers.signIn.notInWorkspace"));
		this.reason = reason;
	}
}

const requestTimeoutMs = 15_000;

/** @throws ApiFailure when the server is not there, or is not one that may be trusted with a sign-in. */
export async function discover(fetch: Fetch, serverUrl: string): Promise<AuthorizationServer> {
	const response = await send(fetch, `${serverUrl}/.well-known/oauth-authorization-server`, {});
	const found = await readObject(response);
	const issuer = text(found, "issuer");
	const methods = found.get("code_challenge_methods_supported");
	// RFC 8414 §3.3: metadata that names another issuer is not this server's. It also catches a mistyped address.
	if (!response.ok || issuer !== serverUrl || !Array.isArray(methods) || !methods.includes("S256")) {
		throw new ApiFailure("client/malformed", t("answers.signIn.noServer", { address: serverUrl }));
	}
	return {
		issuer,
		authorizationEndpoint: ownAddress(found, "authorization_endpoint", serverUrl),
		tokenEndpoint: ownAddress(found, "token_endpoint", serverUrl),
		revocationEndpoint: ownAddress(found, "revocation_endpoint", serverUrl),
	};
}

/**
 * Asks the token endpoint, with a proof of the key.
 * @throws GrantRefused when the grant is no good (any more); ApiFailure for everything that may pass.
 */
export async function requestToken(
	fetch: Fetch,
	endpoint: { url: string; key: CryptoKeyPair },
	grant: Record<string, string>,
): Promise<TokenAnswer> {
	const body = new URLSearchParams({ ...grant, client_id: clientId });
	const ask = async () => {
		const headers = { dpop: await proofFor(endpoint.url, endpoint.key) };
		const response = await send(fetch, endpoint.url, { method: "POST", body, headers });
		return { response, answer: await readObject(response) };
	};
	let { response, answer } = await ask();
	// A browser repeats a request whose connection broke, with the same proof, and a proof is good once.
	if (text(answer, "error") === "invalid_dpop_proof") ({ response, answer } = await ask());
	const refusal = refusals.get(text(answer, "error"));
	if (refusal) throw new GrantRefused(refusal);
	const accessToken = text(answer, "access_token");
	const expiresIn = answer.get("expires_in");
	if (!response.ok || accessToken === "" || typeof expiresIn !== "number") {
		throw new ApiFailure("client/foreign-answer", t("answers.signIn.badAnswer"), {
			status: response.status,
		});
	}
	return { accessToken, expiresInMs: expiresIn * 1_000, refreshToken: text(answer, "refresh_token") || null };
}

/** RFC 7009. Best effort: the session also ends by itself. */
export async function revoke(fetch: Fetch, endpoint: string, refreshToken: string): Promise<void> {
	const body = new URLSearchParams({ token: refreshToken, token_type_hint: "refresh_token", client_id: clientId });
	await send(fetch, endpoint, { method: "POST", body });
}

async function send(fetch: Fetch, url: string, init: RequestInit): Promise<Response> {
	const signal = AbortSignal.timeout(requestTimeoutMs);
	try {
		return await fetch(url, { ...init, signal, credentials: "omit", cache: "no-store", redirect: "error" });
	} catch (error) {
		throw failureOfFetch(error);
	}
}

async function readObject(response: Response): Promise<Map<string, unknown>> {
	const body: unknown = await response.json().catch(() => null);
	return new Map(typeof body === "object" && body !== null ? Object.entries(body) : []);
}

function text(found: Map<string, unknown>, key: string): string {
	const value = found.get(key);
	return typeof value === "string" ? value : "";
}

/** Our backend serves all of its endpoints itself; an address elsewhere would be handed codes and tokens. */
function ownAddress(found: Map<string, unknown>, key: string, serverUrl: string): string {
	const address = URL.parse(text(found, key));
	if (address?.origin !== new URL(serverUrl).origin) {
		throw new ApiFailure("client/malformed", t("answers.signIn.foreignAddress", { address: serverUrl }));
	}
	return address.href;
}
