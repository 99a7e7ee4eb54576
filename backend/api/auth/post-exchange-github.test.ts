import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createGuardedHttp } from "../../connectors/http.ts";
import type { FullUserView } from "../../contract/users.ts";
import type { GithubDeviceCode, GithubDeviceToken } from "../../contract/ways-in.ts";
import { TestGithubDevice } from "../../identity/github-device/test-github-device.ts";
import { TestGithub, type TestGithubUser } from "../../identity/upstream/test-github.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { ask, errorCode, json, makeDeviceKey, makeProof, type Tokens } from "../testing/test-person.ts";

let backend: TestBackend;
let github: TestGithub;
let device: TestGithubDevice;
beforeAll(async () => {
	device = new TestGithubDevice(() => backend.deps.clock?.() ?? Date.now());
	const client = { clientId: device.clientId, clientSecret: "a secret of tests", redirectUri: "" };
	github = await new TestGithub(client).start();
	backend = await startTestBackend({
		variables: {
			SHEAF_GITHUB_CLIENT_ID: client.clientId,
			SHEAF_GITHUB_CLIENT_SECRET: client.clientSecret,
			GITHUB_URL: device.url,
			GITHUB_API_URL: github.url,
		},
		deps: { http: createGuardedHttp({ allowedOrigins: [github.url, device.url] }) },
	});
});
afterAll(async () => {
	await backend.close();
	await github.server.close();
	await device.close();
});

let made = 0;
/** A token of somebody who is asked for with these changes, for our app unless said otherwise. */
function token(changes: Partial<TestGithubUser> = {}, clientId?: string): string {
	made += 1;
	const emails = [{ email: `ada${made}@example.test`, primary: true, verified: true }];
	const user = { id: made, login: `ada-${made}`, name: "Ada Lovelace", emails, ...changes };
	github.users.set(user.login, user);
	return github.token(user.login, clientId);
}

async function post(path: string, body: object = {}): Promise<Response> {
	const url = `${backend.url}/api/v1/auth/${path}`;
	const iat = Math.floor((backend.deps.clock?.() ?? Date.now()) / 1_000);
	const dpop = await makeProof(await makeDeviceKey(), url, { claims: { iat } });
	const headers = { "content-type": "application/json", dpop };
	return await fetch(url, { method: "POST", body: JSON.stringify(body), headers });
}
const exchange = (shown: string) => post("exchange/github", { token: shown });
const full = async (answer: Response) => {
	const { access_token: access } = await json<Tokens>(answer);
	return await json<FullUserView>(await ask(`${backend.url}/api/v1/users/me/full`, access));
};

describe("ID-4: GitHub's access token", () => {
	test("ID-4: opens a session for the person of its numeric id, whatever they call themselves", async () => {
		const email = `${crypto.randomUUID()}@example.test`;
		const answer = await exchange(
			token({ id: 1_042, login: "ada", emails: [{ email, primary: true, verified: true }] }),
		);
		expect(answer.status).toBe(200);
		const { user, accounts } = await full(answer);
		expect(user).toMatchObject({ email, emailVerified: true, firstName: "Ada", lastName: "Lovelace" });
		expect(accounts).toMatchObject([{ provider: "github", subject: "1042", label: "ada" }]);
		const renamed = await full(await exchange(token({ id: 1_042, login: "augusta" })));
		expect(renamed.user.id).toBe(user.id);
		const other = await full(await exchange(token({ id: 1_043, login: "ada" })));
		expect(other.user.id).not.toBe(user.id);
	});

	test("ID-4: that was made for another app, is revoked or none → 401 auth/upstream-refused", async () => {
		for (const wrong of [token({}, "somebody-elses-app"), "gho_revoked", "nonsense"]) {
			const answer = await exchange(wrong);
			expect(answer.status).toBe(401);
			expect(await errorCode(answer)).toBe("auth/upstream-refused");
		}
	});

	test("ID-4: whose address GitHub has not verified → a person without one", async () => {
		const { user } = await full(
			await exchange(token({ emails: [{ email: "ada@example.test", primary: true, verified: false }] })),
		);
		expect(user).toMatchObject({ email: "", emailVerified: false });
	});

	test("ID-4: while GitHub is away → 503 auth/upstream-unavailable with Retry-After", async () => {
		github.server.faults.set("/user", { status: 502 });
		const answer = await exchange(token());
		github.server.faults.clear();
		expect(answer.status).toBe(503);
		expect(answer.headers.get("retry-after")).toBe("5");
		expect(await errorCode(answer)).toBe("auth/upstream-unavailable");
	});

	test("ID-4: that came of the proxied device flow opens a session, too", async () => {
		const { deviceCode } = await json<GithubDeviceCode>(await post("github/device-code"));
		device.makeToken = () => token();
		device.decide(deviceCode, "approved");
		backend.passTime(5);
		const polled = await json<GithubDeviceToken>(await post("github/device-token", { deviceCode }));
		if (polled.status !== "granted") throw new Error(`It is ${polled.status}.`);
		expect((await exchange(polled.accessToken)).status).toBe(200);
	});
});
