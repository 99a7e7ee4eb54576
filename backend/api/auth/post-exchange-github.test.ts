import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createGuardedHttp } from "../../connectors/http.ts";
import type { FullUserView } from "../../contract/users.ts";
import type { GithubDeviceCode, GithubDeviceToken } from "../../contract/ways-in.ts";
import { TestGithub } from "../../identity/github-device/test-github.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { ask, errorCode, json, makeDeviceKey, makeProof, type Tokens } from "../testing/test-person.ts";

let backend: TestBackend;
let github: TestGithub;
beforeAll(async () => {
	github = new TestGithub(() => backend.deps.clock?.() ?? Date.now());
	backend = await startTestBackend({
		variables: github.variables,
		deps: { http: createGuardedHttp({ allowedOrigins: [github.url] }) },
	});
});
afterAll(async () => {
	await backend.close();
	await github.close();
});

async function post(path: string, body: object = {}): Promise<Response> {
	const url = `${backend.url}/api/v1/auth/${path}`;
	const iat = Math.floor((backend.deps.clock?.() ?? Date.now()) / 1_000);
	const dpop = await makeProof(await makeDeviceKey(), url, { claims: { iat } });
	const headers = { "content-type": "application/json", dpop };
	return await fetch(url, { method: "POST", body: JSON.stringify(body), headers });
}
const exchange = (token: string) => post("exchange/github", { token });
const full = async (answer: Response) => {
	const { access_token: token } = await json<Tokens>(answer);
	return await json<FullUserView>(await ask(`${backend.url}/api/v1/users/me/full`, token));
};

describe("ID-4: GitHub's access token", () => {
	test("ID-4: opens a session for the person of its numeric id, whatever they call themselves", async () => {
		const email = `${crypto.randomUUID()}@example.test`;
		const answer = await exchange(github.token({ id: 42, login: "ada", email }));
		expect(answer.status).toBe(200);
		const { user, accounts } = await full(answer);
		expect(user).toMatchObject({ email, emailVerified: true, firstName: "Ada", lastName: "Lovelace" });
		expect(accounts).toMatchObject([{ provider: "github", subject: "42", label: "ada" }]);
		const renamed = await full(await exchange(github.token({ id: 42, login: "augusta" })));
		expect(renamed.user.id).toBe(user.id);
		const other = await full(await exchange(github.token({ id: 43, login: "ada" })));
		expect(other.user.id).not.toBe(user.id);
	});

	test("ID-4: that was made for another app, is revoked or none → 401 auth/upstream-refused", async () => {
		for (const token of [github.token({}, "somebody-elses-app"), "gho_revoked", "nonsense"]) {
			const answer = await exchange(token);
			expect(answer.status).toBe(401);
			expect(await errorCode(answer)).toBe("auth/upstream-refused");
		}
	});

	test("ID-4: whose address GitHub has not verified → a person without one", async () => {
		const { user } = await full(await exchange(github.token({ verified: false })));
		expect(user).toMatchObject({ email: "", emailVerified: false });
	});

	test("ID-4: while GitHub is away → 503 auth/upstream-unavailable with Retry-After", async () => {
		github.trouble = { status: 502 };
		const answer = await exchange(github.token());
		github.trouble = null;
		expect(answer.status).toBe(503);
		expect(answer.headers.get("retry-after")).toBe("5");
		expect(await errorCode(answer)).toBe("auth/upstream-unavailable");
	});

	test("ID-4: that came of the proxied device flow opens a session, too", async () => {
		const { deviceCode } = await json<GithubDeviceCode>(await post("github/device-code"));
		github.decide(deviceCode, "approved");
		backend.passTime(5);
		const polled = await json<GithubDeviceToken>(await post("github/device-token", { deviceCode }));
		if (polled.status !== "granted") throw new Error(`It is ${polled.status}.`);
		expect((await exchange(polled.accessToken)).status).toBe(200);
	});
});
