import { afterAll, beforeAll, expect, test } from "bun:test";
import * as client from "openid-client";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { decideDevice } from "../testing/test-device.ts";
import { ask, clientId, makePerson, redirectUri, type TestPerson } from "../testing/test-person.ts";

/** ID-1 and ID-3 from outside: the certified `openid-client` as it comes from npm; plain http, because the tests are on localhost. */

let backend: TestBackend;
let config: client.Configuration;
const configure = (id: string) =>
	client.discovery(new URL(backend.url), id, undefined, client.None(), {
		algorithm: "oauth2",
		execute: [client.allowInsecureRequests],
	});
beforeAll(async () => {
	backend = await startTestBackend();
	config = await configure(clientId);
});
afterAll(async () => {
	await backend.close();
});

/** A person signs in, and the client redeems the code with a key of its own. */
async function signIn(changes: Record<string, string> = {}) {
	const person = await makePerson(backend.url);
	const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
	const verifier = client.randomPKCECodeVerifier();
	const state = client.randomState();
	const { pathname, search } = client.buildAuthorizationUrl(config, {
		redirect_uri: redirectUri,
		state,
		code_challenge: await client.calculatePKCECodeChallenge(verifier),
		code_challenge_method: "S256",
		...changes,
	});
	const redirect = await person.redirectFrom(pathname + search, "sign-up");
	const checks = { pkceCodeVerifier: verifier, expectedState: state };
	const redeem = () => client.authorizationCodeGrant(config, redirect, checks, undefined, { DPoP });
	return { person, DPoP, redeem, redirect, checks };
}

async function emailOf(token: string): Promise<unknown> {
	const answer = await ask(`${backend.url}/api/v1/users/me`, token);
	return ((await answer.json()) as { email?: string }).email;
}

async function refusal(work: Promise<unknown>): Promise<string> {
	const error = await work.then(
		() => null,
		(thrown: unknown) => thrown,
	);
	if (error instanceof client.ResponseBodyError || error instanceof client.AuthorizationResponseError)
		return error.error;
	throw new Error("It was not refused as RFC 6749 says.");
}

test("ID-1: discovery, code, PKCE, DPoP, state and iss, and a token that the API takes", async () => {
	expect(config.serverMetadata()).toMatchObject({ issuer: backend.url, jwks_uri: `${backend.url}/oauth/jwks` });
	expect(config.serverMetadata().supportsPKCE()).toBe(true);
	const { person, redeem } = await signIn();
	const tokens = await redeem();
	expect(tokens.expiresIn()).toBe(300);
	expect(await emailOf(tokens.access_token)).toBe(person.email);
});

test("ID-1: another state, verifier or iss than the client's own is refused", async () => {
	const { redirect, checks, DPoP } = await signIn();
	const redeem = (url: URL, changed: Partial<typeof checks>) =>
		client.authorizationCodeGrant(config, url, { ...checks, ...changed }, undefined, { DPoP });
	await expect(redeem(redirect, { expectedState: "another" })).rejects.toThrow();
	const mixed = new URL(redirect);
	mixed.searchParams.set("iss", "https://attacker.example");
	await expect(redeem(mixed, {})).rejects.toThrow();
	const verifier = client.randomPKCECodeVerifier();
	expect(await refusal(redeem(redirect, { pkceCodeVerifier: verifier }))).toBe("invalid_grant");
});

test("ID-3: refresh with DPoP gives a new access token and keeps the refresh token; revocation ends it", async () => {
	const { person, DPoP, redeem } = await signIn();
	const { refresh_token: token = "" } = await redeem();
	const refreshed = await client.refreshTokenGrant(config, token, undefined, { DPoP });
	expect(refreshed.refresh_token).toBeUndefined();
	expect(await emailOf(refreshed.access_token)).toBe(person.email);
	const otherKey = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
	expect(await refusal(client.refreshTokenGrant(config, token, undefined, { DPoP: otherKey }))).toBe("invalid_grant");
	expect(await refusal(client.refreshTokenGrant(config, token))).toBe("invalid_dpop_proof");
	await client.tokenRevocation(config, token);
	expect(await refusal(client.refreshTokenGrant(config, token, undefined, { DPoP }))).toBe("invalid_grant");
});

test("ID-1: a refused authorization comes back to the client as an error it can read", async () => {
	const parameters = { redirect_uri: redirectUri, state: "a state of its own", prompt: "none" };
	const challenge = await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier());
	const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
	const url = client.buildAuthorizationUrl(config, { ...parameters, ...pkce });
	const answer = await fetch(url, { redirect: "manual" });
	const redirect = new URL(answer.headers.get("location") ?? "");
	const checks = { expectedState: parameters.state };
	expect(await refusal(client.authorizationCodeGrant(config, redirect, checks))).toBe("login_required");
});

test("ID-4: the device grant, polled by the library in its own time", async () => {
	const commandLine = await configure("sheaf-cli");
	const codes = await client.initiateDeviceAuthorization(commandLine, { device_name: "a test" });
	const DPoP = client.getDPoPHandle(commandLine, await client.randomDPoPKeyPair("ES256"));
	const waiting = client.pollDeviceAuthorizationGrant(commandLine, codes, undefined, { DPoP });
	const person: TestPerson = await makePerson(backend.url);
	await decideDevice(person, codes.verification_uri_complete ?? "", "allow");
	const tokens = await waiting;
	expect(await emailOf(tokens.access_token)).toBe(person.email);
	const { refresh_token: token = "" } = tokens;
	const refreshed = await client.refreshTokenGrant(commandLine, token, undefined, { DPoP });
	expect(await emailOf(refreshed.access_token)).toBe(person.email);
}, 60_000); // The library waits the interval before it asks for the first time.
