import { afterAll, beforeAll, expect, test } from "bun:test";
import { createGuardedHttp } from "../../connectors/http.ts";
import { clerkUser, TestClerk } from "../../identity/clerk/test-clerk.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { ask, json, makeDeviceKey, makeProof, oauthError, type Tokens } from "../testing/test-person.ts";

let backend: TestBackend;
let clerk: TestClerk;
beforeAll(async () => {
	clerk = new TestClerk();
	backend = await startTestBackend({
		variables: clerk.variables,
		deps: { http: createGuardedHttp({ allowedOrigins: [clerk.url] }) },
	});
});
afterAll(async () => {
	await backend.close();
	await clerk.close();
});

const someone = () => ({ sub: clerkUser().id, sid: `sess_${crypto.randomUUID()}` });

async function exchange(changes: Record<string, string> = {}): Promise<Response> {
	const url = `${backend.url}/oauth/token`;
	const body = new URLSearchParams({
		client_id: "sheaf-extension",
		grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
		provider: "clerk",
		subject_token: await clerk.token(someone()),
		subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
		...changes,
	});
	const headers = { dpop: await makeProof(await makeDeviceKey(), url) };
	return await fetch(url, { method: "POST", body, headers });
}

test("ID-4: the grant of RFC 8693 opens a session, and says what kind of token it issued", async () => {
	const wishes = {
		audience: backend.url,
		requested_token_type: "urn:ietf:params:oauth:token-type:access_token",
		device_name: "A test browser",
	};
	for (const changes of [{}, wishes]) {
		const answer = await exchange(changes);
		expect(answer.status).toBe(200);
		const tokens = await json<Required<Tokens>>(answer);
		expect(tokens).toMatchObject({
			token_type: "Bearer",
			issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
			refresh_token: expect.any(String),
		});
		expect((await ask(`${backend.url}/api/v1/users/me`, tokens.access_token)).status).toBe(200);
	}
});

test("ID-4: the metadata names the grant", async () => {
	const metadata = await json<{ grant_types_supported: string[] }>(
		await fetch(`${backend.url}/.well-known/oauth-authorization-server`),
	);
	expect(metadata.grant_types_supported).toContain("urn:ietf:params:oauth:grant-type:token-exchange");
});

const wrong: Record<string, Record<string, string>> = {
	"no provider": { provider: "" },
	"a provider that is not offered": { provider: "google" },
	"no subject token": { subject_token: "" },
	"a subject token that is none": { subject_token: "nonsense" },
	"a type that is not the provider's": { subject_token_type: "urn:ietf:params:oauth:token-type:id_token" },
	"a device that is no UUID": { device_id: "laptop" },
};
for (const [name, changes] of Object.entries(wrong)) {
	test(`ID-4: ${name} → 400 invalid_request`, async () => {
		const answer = await exchange(changes);
		expect(answer.status).toBe(400);
		expect(await oauthError(answer)).toBe("invalid_request");
	});
}

test("ID-4: an expired subject token says so, in characters that OAuth allows", async () => {
	const now = Math.floor(Date.now() / 1_000);
	const expired = await clerk.token({ ...someone(), iat: now - 70, nbf: now - 70, exp: now - 10 });
	const { error, error_description: description } = await json<{ error: string; error_description: string }>(
		await exchange({ subject_token: expired }),
	);
	expect(error).toBe("invalid_request");
	expect(description).toMatch(/^auth\/token-expired: [\x20-\x7e]+$/);
});

test("ID-4: a provider that does not answer is 503 temporarily_unavailable with Retry-After", async () => {
	const own = await startTestBackend({
		variables: { ...clerk.variables, SHEAF_CLERK_ISSUER: "http://localhost:9" },
		deps: { http: createGuardedHttp({ allowedOrigins: ["http://localhost:9"] }) },
	});
	const url = `${own.url}/oauth/token`;
	const body = new URLSearchParams({
		client_id: "sheaf-extension",
		grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
		provider: "clerk",
		subject_token: await clerk.token({ ...someone(), iss: "http://localhost:9" }),
		subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
	});
	const headers = { dpop: await makeProof(await makeDeviceKey(), url) };
	const answer = await fetch(url, { method: "POST", body, headers });
	expect(answer.status).toBe(503);
	expect(answer.headers.get("retry-after")).toBe("5");
	expect(await oauthError(answer)).toBe("temporarily_unavailable");
	await own.close();
});
