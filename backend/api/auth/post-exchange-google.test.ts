import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createGuardedHttp } from "../../connectors/http.ts";
import type { FullUserView } from "../../contract/users.ts";
import { TestIssuer } from "../../identity/upstream/test-issuer.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { ask, errorCode, json, makeDeviceKey, makeProof, type Tokens } from "../testing/test-person.ts";

let backend: TestBackend;
let google: TestIssuer;
const client = { clientId: "sheaf-at-google", clientSecret: "a secret of tests", redirectUri: "" };
beforeAll(async () => {
	google = await new TestIssuer({ client }).start();
	backend = await startTestBackend({
		variables: {
			SHEAF_GOOGLE_CLIENT_ID: client.clientId,
			SHEAF_GOOGLE_CLIENT_SECRET: client.clientSecret,
			GOOGLE_OAUTH_URL: google.address,
		},
		deps: { http: createGuardedHttp({ allowedOrigins: [google.address] }) },
	});
});
afterAll(async () => {
	await backend.close();
	await google.server.close();
});

/** What is changed is the attack; undefined leaves a claim out. */
async function idToken(claims: Record<string, unknown>, typ = "JWT"): Promise<string> {
	google.accounts.set("somebody", claims);
	google.header = { typ };
	return await google.idToken("somebody");
}

async function exchange(token: string, provider = "google"): Promise<Response> {
	const url = `${backend.url}/api/v1/auth/exchange/${provider}`;
	const headers = { "content-type": "application/json", dpop: await makeProof(await makeDeviceKey(), url) };
	return await fetch(url, { method: "POST", body: JSON.stringify({ token }), headers });
}

const someone = () => ({
	sub: crypto.randomUUID(),
	email: `ada.${crypto.randomUUID()}@gmail.com`,
	email_verified: true,
});
const full = async (answer: Response) => {
	const { access_token: token } = await json<Tokens>(answer);
	return await json<FullUserView>(await ask(`${backend.url}/api/v1/users/me/full`, token));
};

describe("ID-4: Google's ID token", () => {
	test("ID-4: opens a session for the person of its subject, made on first sight", async () => {
		const claims = { ...someone(), given_name: "Ada", family_name: "Lovelace" };
		const answer = await exchange(await idToken(claims));
		expect(answer.status).toBe(200);
		const { user, accounts } = await full(answer);
		expect(user).toMatchObject({ email: claims.email, emailVerified: true, firstName: "Ada", lastName: "Lovelace" });
		expect(accounts).toMatchObject([{ provider: "google", subject: claims.sub }]);
		const again = await full(await exchange(await idToken({ ...claims, email: `${crypto.randomUUID()}@gmail.com` })));
		expect(again.user).toMatchObject({ id: user.id, email: claims.email });
	});

	test("ID-4: whose address is another person's → 409 auth/email-in-use, with the ways they have", async () => {
		const owner = someone();
		await exchange(await idToken(owner));
		const answer = await exchange(await idToken({ ...owner, sub: crypto.randomUUID() }));
		expect(answer.status).toBe(409);
		const { error } = await json<{ error: { code: string; details: unknown } }>(answer);
		expect(error).toMatchObject({ code: "auth/email-in-use", details: { ways: ["google"] } });
	});

	test("ID-4: whose address Google does not vouch for → a person without one", async () => {
		const claims = { ...someone(), email: `${crypto.randomUUID()}@example.test` };
		const { user } = await full(await exchange(await idToken(claims)));
		expect(user).toMatchObject({ email: "", emailVerified: false });
	});

	const now = () => Math.floor(Date.now() / 1_000);
	const wrong: Record<string, () => Record<string, unknown>> = {
		"for another app (aud)": () => ({ aud: "somebody-else" }),
		"for several, and another app's (azp)": () => ({ aud: [client.clientId, "other"], azp: "other" }),
		"of another issuer": () => ({ iss: "https://attacker.example" }),
		"that has run out": () => ({ iat: now() - 7_200, exp: now() - 3_600 }),
		"from yesterday": () => ({ iat: now() - 90_000, exp: now() + 3_600 }),
		"without a subject": () => ({ sub: undefined }),
	};
	for (const [name, claims] of Object.entries(wrong)) {
		test(`ID-4: ${name} → 401 auth/upstream-refused`, async () => {
			const answer = await exchange(await idToken({ ...someone(), ...claims() }));
			expect(answer.status).toBe(401);
			expect(await errorCode(answer)).toBe("auth/upstream-refused");
		});
	}

	test("ID-4: that is an access token, unsigned or nonsense → 401 auth/upstream-refused", async () => {
		const [, payload] = (await idToken(someone())).split(".");
		const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
		for (const token of [await idToken(someone(), "at+jwt"), `${none}.${payload}.`, "nonsense"]) {
			expect(await errorCode(await exchange(token))).toBe("auth/upstream-refused");
		}
	});

	test("ID-4: at a backend without GitHub, GitHub's → 404 auth/provider-unknown", async () => {
		const answer = await exchange("gho_x", "github");
		expect(answer.status).toBe(404);
		expect(await errorCode(answer)).toBe("auth/provider-unknown");
	});
});
