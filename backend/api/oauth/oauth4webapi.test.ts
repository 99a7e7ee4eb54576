import { afterAll, beforeAll, expect, test } from "bun:test";
import * as oauth from "oauth4webapi";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { decideDevice } from "../testing/test-device.ts";
import { clientId, makePerson, redirectUri, type TestPerson } from "../testing/test-person.ts";

/**
 * ID-1 and ID-3 from outside: `oauth4webapi` as it comes from npm, which refuses every answer that is not as the RFCs say. The only
 * allowance is plain http, because the backend of the tests is on localhost.
 */

const client: oauth.Client = { client_id: clientId };
const commandLine: oauth.Client = { client_id: "sheaf-cli" };
const auth = oauth.None();
const insecure = { [oauth.allowInsecureRequests]: true };

let backend: TestBackend;
let server: oauth.AuthorizationServer;
beforeAll(async () => {
	backend = await startTestBackend();
	const issuer = new URL(backend.url);
	const answer = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...insecure });
	server = await oauth.processDiscoveryResponse(issuer, answer);
});
afterAll(async () => {
	await backend.close();
});

type Begun = { person: TestPerson; DPoP: oauth.DPoPHandle; verifier: string; parameters: URLSearchParams };

/** A person has signed in, and the client has checked what came back to its redirect: state and `iss` (RFC 9207). */
async function signedIn(): Promise<Begun> {
	const person = await makePerson(backend.url);
	const verifier = oauth.generateRandomCodeVerifier();
	const state = oauth.generateRandomState();
	const { pathname, search } = await authorizationUrl({ verifier, state });
	const redirect = await person.redirectFrom(pathname + search, "sign-up");
	const parameters = oauth.validateAuthResponse(server, client, redirect, state);
	const DPoP = oauth.DPoP(client, await oauth.generateKeyPair("ES256"));
	return { person, DPoP, verifier, parameters };
}

async function authorizationUrl({ verifier, state }: { verifier: string; state: string }): Promise<URL> {
	const url = new URL(server.authorization_endpoint ?? "");
	const parameters = {
		client_id: clientId,
		redirect_uri: redirectUri,
		response_type: "code",
		state,
		code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
		code_challenge_method: "S256",
	};
	for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
	return url;
}

async function redeem({ DPoP, verifier, parameters }: Begun): Promise<oauth.TokenEndpointResponse> {
	const options = { DPoP, ...insecure };
	const answer = await oauth.authorizationCodeGrantRequest(
		server,
		client,
		auth,
		parameters,
		redirectUri,
		verifier,
		options,
	);
	return await oauth.processAuthorizationCodeResponse(server, client, answer);
}

async function refresh(DPoP: oauth.DPoPHandle, token: string): Promise<oauth.TokenEndpointResponse> {
	const answer = await oauth.refreshTokenGrantRequest(server, client, auth, token, { DPoP, ...insecure });
	return await oauth.processRefreshTokenResponse(server, client, answer);
}

/** The error that the library took out of the answer. */
async function refusal(work: Promise<unknown>): Promise<string> {
	const error = await work.then(
		() => null,
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof oauth.ResponseBodyError)) throw new Error("It was not refused as RFC 6749 says.");
	return error.error;
}

test("ID-1: discovery (RFC 8414) finds every endpoint, and what is supported", () => {
	expect(server).toMatchObject({
		issuer: backend.url,
		grant_types_supported: expect.arrayContaining([
			"authorization_code",
			"refresh_token",
			"urn:ietf:params:oauth:grant-type:device_code",
		]),
		code_challenge_methods_supported: ["S256"],
		dpop_signing_alg_values_supported: ["ES256"],
		authorization_response_iss_parameter_supported: true,
	});
	for (const endpoint of [
		server.authorization_endpoint,
		server.token_endpoint,
		server.revocation_endpoint,
		server.device_authorization_endpoint,
		server.jwks_uri,
	]) {
		expect(endpoint).toStartWith(`${backend.url}/`);
	}
});

test("ID-1: code, PKCE, DPoP and iss; the access token is as RFC 9068 says and calls the API", async () => {
	const begun = await signedIn();
	const tokens = await redeem(begun);
	expect(tokens.token_type).toBe("bearer");
	const request = new Request(`${backend.url}/api/v1/users/me`, {
		headers: { authorization: `Bearer ${tokens.access_token}` },
	});
	const claims = await oauth.validateJwtAccessToken(server, request, backend.url, insecure);
	expect(claims).toMatchObject({ client_id: clientId, device: expect.any(String), session: expect.any(String) });
	const url = new URL(`${backend.url}/api/v1/users/me`);
	const me = await oauth.protectedResourceRequest(tokens.access_token, "GET", url, undefined, undefined, insecure);
	expect(await me.json()).toMatchObject({ email: begun.person.email });
});

test("ID-3: refresh with the bound key, refused without it and after revocation", async () => {
	const begun = await signedIn();
	const token = (await redeem(begun)).refresh_token ?? "";
	const refreshed = await refresh(begun.DPoP, token);
	expect(refreshed.access_token).toBeString();
	const otherKey = oauth.DPoP(client, await oauth.generateKeyPair("ES256"));
	expect(await refusal(refresh(otherKey, token))).toBe("invalid_grant");
	const revoked = await oauth.revocationRequest(server, client, auth, token, insecure);
	expect(await oauth.processRevocationResponse(revoked)).toBeUndefined();
	expect(await refusal(refresh(begun.DPoP, token))).toBe("invalid_grant");
});

test("ID-1: a code is good once, and its replay ends what it opened", async () => {
	const begun = await signedIn();
	const token = (await redeem(begun)).refresh_token ?? "";
	expect(await refusal(redeem(begun))).toBe("invalid_grant");
	expect(await refusal(refresh(begun.DPoP, token))).toBe("invalid_grant");
});

test("ID-1: an answer that another server mixed in is noticed by its iss", async () => {
	const { parameters } = await signedIn();
	const state = parameters.get("state") ?? "";
	const mixed = new URLSearchParams({ code: "x", state, iss: "https://attacker.example" });
	expect(() => oauth.validateAuthResponse(server, client, mixed, state)).toThrow("iss");
});

test("ID-4: the device grant: pending, slow_down, allowed, once", async () => {
	const asked = await oauth.deviceAuthorizationRequest(server, commandLine, auth, { device_name: "a test" }, insecure);
	const codes = await oauth.processDeviceAuthorizationResponse(server, commandLine, asked);
	expect(codes).toMatchObject({ verification_uri: `${backend.url}/device`, expires_in: 600, interval: 5 });
	const DPoP = oauth.DPoP(commandLine, await oauth.generateKeyPair("ES256"));
	const poll = async () => {
		const options = { DPoP, ...insecure };
		const answer = await oauth.deviceCodeGrantRequest(server, commandLine, auth, codes.device_code, options);
		return await oauth.processDeviceCodeResponse(server, commandLine, answer);
	};
	expect(await refusal(poll())).toBe("authorization_pending");
	expect(await refusal(poll())).toBe("slow_down");
	await decideDevice(await makePerson(backend.url), codes.verification_uri_complete ?? "", "allow");
	const tokens = await poll();
	expect(tokens).toMatchObject({ token_type: "bearer", refresh_token: expect.any(String) });
	expect(await refusal(poll())).toBe("invalid_grant");
});

test("ID-4: a denied device → access_denied; a client without the grant → unauthorized_client", async () => {
	const asked = await oauth.deviceAuthorizationRequest(server, commandLine, auth, {}, insecure);
	const codes = await oauth.processDeviceAuthorizationResponse(server, commandLine, asked);
	await decideDevice(await makePerson(backend.url), codes.verification_uri_complete ?? "", "deny");
	const DPoP = oauth.DPoP(commandLine, await oauth.generateKeyPair("ES256"));
	const options = { DPoP, ...insecure };
	const denied = await oauth.deviceCodeGrantRequest(server, commandLine, auth, codes.device_code, options);
	expect(await refusal(oauth.processDeviceCodeResponse(server, commandLine, denied))).toBe("access_denied");
	const exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
	const answer = await oauth.genericTokenEndpointRequest(server, commandLine, auth, exchange, {}, options);
	expect(await refusal(oauth.processGenericTokenEndpointResponse(server, commandLine, answer))).toBe(
		"unauthorized_client",
	);
});
