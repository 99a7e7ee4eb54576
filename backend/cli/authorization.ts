import { hostname } from "node:os";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import * as oauth from "openid-client";
import { CliError } from "./cli-error.ts";
import type { StoredSession } from "./session-file.ts";

const clientId = "sheaf-cli";

/** Reads the metadata of the server. */
async function connect(server: string): Promise<oauth.Configuration> {
	const { protocol } = new URL(server);
	try {
		return await oauth.discovery(new URL(server), clientId, undefined, oauth.None(), {
			algorithm: "oauth2",
			// Tokens over plain http: only where the person said so, which is localhost for everyone but a tester.
			...(protocol === "http:" ? { execute: [oauth.allowInsecureRequests] } : {}),
		});
	} catch (error) {
		if (error instanceof Error) throw new CliError(`${server} does not answer like a Sheaf backend: ${error.message}.`);
		throw error;
	}
}

/** The device grant from its beginning to its end; `show` is told what the person has to do. */
export async function signIn(
	server: string,
	show: (codes: oauth.DeviceAuthorizationResponse) => void,
): Promise<StoredSession & { accessToken: string }> {
	const config = await connect(server);
	const { privateKey } = await generateKeyPair("ES256", { extractable: true });
	const privateJwk = await exportJWK(privateKey);
	const named = { device_name: `Terminal on ${hostname()}`.slice(0, 120) };
	const codes = await oauth.initiateDeviceAuthorization(config, named).catch(explain);
	show(codes);
	const proof = { DPoP: await proofsOf(config, privateJwk) };
	const tokens = await oauth.pollDeviceAuthorizationGrant(config, codes, undefined, proof).catch(explain);
	if (tokens.refresh_token === undefined) throw new Error("The server answered without a refresh token.");
	return { refreshToken: tokens.refresh_token, privateJwk, accessToken: tokens.access_token };
}

/** An access token for the session's workspace, or for another one. */
export async function accessToken(server: string, session: StoredSession, workspaceId: string | null): Promise<string> {
	const config = await connect(server);
	const parameters: Record<string, string> = workspaceId === null ? {} : { workspace_id: workspaceId };
	const proof = { DPoP: await proofsOf(config, session.privateJwk) };
	const tokens = await oauth.refreshTokenGrant(config, session.refreshToken, parameters, proof).catch(explain);
	return tokens.access_token;
}

export async function revoke(server: string, { refreshToken }: StoredSession): Promise<void> {
	await oauth.tokenRevocation(await connect(server), refreshToken).catch(explain);
}

async function proofsOf(config: oauth.Configuration, privateJwk: JWK): Promise<oauth.DPoPHandle> {
	const { d: _secret, ...publicJwk } = privateJwk;
	const [privateKey, publicKey] = await Promise.all([
		crypto.subtle.importKey("jwk", privateJwk, ecdsa, false, ["sign"]),
		crypto.subtle.importKey("jwk", publicJwk, ecdsa, true, ["verify"]),
	]);
	return oauth.getDPoPHandle(config, { privateKey, publicKey });
}

const ecdsa = { name: "ECDSA", namedCurve: "P-256" };

const sentences: Readonly<Record<string, string>> = {
	access_denied: "The device was denied.",
	expired_token: "Nobody allowed the device in ten minutes. Start again: npm run cli -- login",
	invalid_grant: "This terminal was signed out. Sign in again: npm run cli -- login",
	temporarily_unavailable: "The server has too much to do. Try again in a minute.",
	invalid_target: "You are not in a workspace with this id.",
};

function explain(error: unknown): never {
	if (error instanceof oauth.ClientError) throw new CliError(`The server gave no answer of use: ${error.message}.`);
	if (!(error instanceof oauth.ResponseBodyError)) throw error;
	throw new CliError(
		sentences[error.error] ?? `${error.error}: ${error.error_description ?? "the server says no more"}`,
	);
}
