import { afterAll, beforeAll, expect, test } from "bun:test";
import { createGuardedHttp } from "../../connectors/http.ts";
import type { GithubDeviceCode, GithubDeviceToken } from "../../contract/ways-in.ts";
import { TestGithubDevice } from "../../identity/github-device/test-github-device.ts";
import type { AppDeps } from "../app-deps.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { errorCode, json } from "../testing/test-person.ts";

let backend: TestBackend;
let github: TestGithubDevice;
beforeAll(async () => {
	github = new TestGithubDevice(() => now());
	backend = await startWithGithub();
});
afterAll(async () => {
	await backend.close();
	await github.close();
});

const now = () => backend.deps.clock?.() ?? Date.now();
const startWithGithub = async (clientId = github.clientId, deps: Partial<AppDeps> = {}) =>
	await startTestBackend({
		variables: {
			SHEAF_GITHUB_CLIENT_ID: clientId,
			SHEAF_GITHUB_CLIENT_SECRET: "the secret of tests",
			GITHUB_URL: github.url,
			GITHUB_API_URL: github.url,
		},
		deps: { http: createGuardedHttp({ allowedOrigins: [github.url] }), ...deps },
	});
const post = (path: string, body: object = {}, url = backend.url) =>
	fetch(`${url}/api/v1/auth/github/${path}`, {
		method: "POST",
		body: JSON.stringify(body),
		headers: { "content-type": "application/json" },
	});
const begin = async () => await json<GithubDeviceCode>(await post("device-code"));
const poll = async (deviceCode: string) => await json<GithubDeviceToken>(await post("device-token", { deviceCode }));

test("ID-4: GitHub's code is passed on, and no secret is sent", async () => {
	const code = await begin();
	expect(code).toMatchObject({ userCode: "WDJB-MJHT", expiresInSeconds: 900, intervalSeconds: 5 });
	expect(code.verificationUri).toBe(`${github.url}/login/device`);
	expect(JSON.stringify(github.sent)).not.toContain("secret");
	expect(github.sent.at(-1)).toEqual({ client_id: github.clientId, scope: "read:user user:email" });
});

test("ID-4: pending until the person has decided, then the token, once", async () => {
	const { deviceCode } = await begin();
	backend.passTime(5);
	expect(await poll(deviceCode)).toEqual({ status: "pending", intervalSeconds: 5 });
	github.decide(deviceCode, "approved");
	backend.passTime(5);
	expect(await poll(deviceCode)).toEqual({ status: "granted", accessToken: expect.stringMatching(/^gho_/) });
	backend.passTime(5);
	expect(await poll(deviceCode)).toEqual({ status: "expired" });
	expect(JSON.stringify(github.sent)).not.toContain("secret");
});

test("ID-4: who polls too early is answered without GitHub being asked", async () => {
	const { deviceCode } = await begin();
	github.decide(deviceCode, "approved");
	const before = github.asked.length;
	for (let attempt = 0; attempt < 5; attempt += 1) {
		expect(await poll(deviceCode)).toEqual({ status: "pending", intervalSeconds: 5 });
	}
	expect(github.asked).toHaveLength(before);
	backend.passTime(5);
	const answers = await Promise.all([poll(deviceCode), poll(deviceCode), poll(deviceCode)]);
	expect(answers.map(({ status }) => status).sort()).toEqual(["granted", "pending", "pending"]);
	expect(github.asked).toHaveLength(before + 1);
});

test("ID-4: slow_down is honoured, and its interval passed on", async () => {
	const { deviceCode } = await begin();
	// Another process of ours remembers nothing of this code, and asks too early.
	const other = await startWithGithub();
	const answer = await post("device-token", { deviceCode }, other.url);
	expect(await answer.json()).toEqual({ status: "pending", intervalSeconds: 10 });
	github.decide(deviceCode, "approved");
	const before = github.asked.length;
	other.passTime(5);
	const early = await post("device-token", { deviceCode }, other.url);
	expect(await early.json()).toEqual({ status: "pending", intervalSeconds: 10 });
	expect(github.asked).toHaveLength(before);
	other.passTime(5);
	backend.passTime(10);
	expect(await (await post("device-token", { deviceCode }, other.url)).json()).toMatchObject({ status: "granted" });
	await other.close();
});

test("ID-4: a refusal, a code that has run out and one that never was end the polling", async () => {
	const refused = await begin();
	const late = await begin();
	github.decide(refused.deviceCode, "denied");
	backend.passTime(5);
	expect(await poll(refused.deviceCode)).toEqual({ status: "denied" });
	expect(await poll("0".repeat(40))).toEqual({ status: "expired" });
	backend.passTime(900);
	expect(await poll(late.deviceCode)).toEqual({ status: "expired" });
});

test("ID-4: an app that GitHub does not know, or without the device flow, is not a way in", async () => {
	const own = await startWithGithub("somebody-else");
	expect(await errorCode(await post("device-code", {}, own.url))).toBe("auth/provider-unknown");
	await own.close();
	github.trouble = { status: 200, body: { error: "device_flow_disabled" } };
	expect(await errorCode(await post("device-code"))).toBe("auth/provider-unknown");
	github.trouble = null;
	const without = await startTestBackend();
	for (const path of ["device-code", "device-token"]) {
		const answer = await post(path, { deviceCode: "x" }, without.url);
		expect(answer.status).toBe(404);
		expect(await errorCode(answer)).toBe("auth/provider-unknown");
	}
	await without.close();
});

test("ID-4: GitHub in trouble is 503 with Retry-After, and the code is still good afterwards", async () => {
	const { deviceCode } = await begin();
	github.decide(deviceCode, "approved");
	const troubles = [
		{ status: 500 },
		{ status: 429, headers: { "retry-after": "17" } },
		{ status: 200, body: { interval: "soon" } },
	];
	for (const trouble of troubles) {
		backend.passTime(5);
		github.trouble = trouble;
		const answer = await post("device-token", { deviceCode });
		expect(answer.status).toBe(503);
		expect(answer.headers.get("retry-after")).toBe(trouble.headers?.["retry-after"] ?? "5");
		expect(await errorCode(answer)).toBe("auth/upstream-unavailable");
	}
	github.trouble = null;
	backend.passTime(5);
	expect(await poll(deviceCode)).toMatchObject({ status: "granted" });
});

test("SEC-1: thirty codes per address and quarter of an hour", async () => {
	// The clock stands still, so that no quarter ends in the middle.
	const now = Date.now();
	const own = await startWithGithub(github.clientId, { clock: () => now });
	const statuses: number[] = [];
	for (let attempt = 0; attempt < 31; attempt += 1) statuses.push((await post("device-code", {}, own.url)).status);
	expect(statuses.slice(0, 30)).toEqual(Array(30).fill(200));
	expect(statuses[30]).toBe(429);
	const spoofed = await fetch(`${own.url}/api/v1/auth/github/device-code`, {
		method: "POST",
		headers: { "x-forwarded-for": "198.51.100.7" },
	});
	expect(await errorCode(spoofed)).toBe("auth/rate-limited");
	await own.close();
});
