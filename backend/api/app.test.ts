import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { decodeJwt } from "jose";
import { officialExtensionId } from "../env.ts";
import { startTestBackend, type TestBackend } from "./testing/test-backend.ts";
import { ask, authorizePath, errorCode, hiddenFields, makePerson, makePkce } from "./testing/test-person.ts";
import { fillTenant } from "./testing/test-tenant.ts";

let backend: TestBackend;
let token: string;
beforeAll(async () => {
	backend = await startTestBackend();
	token = (await (await makePerson(backend.url)).tokens()).access_token;
});
afterAll(async () => {
	await backend.close();
});

describe("health", () => {
	test("OBS-2: /healthz and /readyz answer 200 while the database does", async () => {
		expect((await fetch(`${backend.url}/healthz`)).status).toBe(200);
		expect((await fetch(`${backend.url}/readyz`)).status).toBe(200);
	});

	test("OBS-2: without the database /readyz and requests answer 503 with Retry-After; /healthz stays 200", async () => {
		const own = await startTestBackend();
		const access = (await (await makePerson(own.url)).tokens()).access_token;
		await own.testDatabase.database.close();
		expect((await fetch(`${own.url}/healthz`)).status).toBe(200);
		const answers = [await fetch(`${own.url}/readyz`), await ask(`${own.url}/api/v1/users/me`, access)];
		for (const answer of answers) {
			expect(answer.status).toBe(503);
			expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
			expect(await errorCode(answer)).toBe("server/unavailable");
		}
		await own.close();
	});
});

test("the printed address says where to go on, to whoever opens it in a browser", async () => {
	const answer = await fetch(`${backend.url}/`);
	expect(answer.status).toBe(200);
	expect(answer.headers.get("content-type")).toContain("text/html");
	expect(await answer.text()).toContain("press its button in the toolbar");
});

describe("SEC-1: every answer", () => {
	const addresses: Record<string, () => Promise<Response>> = {
		"a page": () => fetch(`${backend.url}/oauth/sign-in`),
		"a refused page": () => fetch(`${backend.url}/oauth/authorize`),
		"an API answer": () => ask(`${backend.url}/api/v1/users/me`, token),
		"a refusal": () => fetch(`${backend.url}/api/v1/users/me`),
		"an address that is not there": () => fetch(`${backend.url}/nothing`),
		"the printed address": () => fetch(`${backend.url}/`),
		"a health check": () => fetch(`${backend.url}/healthz`),
		"the API's description": () => fetch(`${backend.url}/openapi.json`),
		"a wrong method": () => fetch(`${backend.url}/oauth/jwks`, { method: "DELETE" }),
	};
	for (const [name, get] of Object.entries(addresses)) {
		test(`SEC-1: ${name} carries the security headers and a request id`, async () => {
			const { headers } = await get();
			expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
			expect(headers.get("x-content-type-options")).toBe("nosniff");
			expect(headers.get("referrer-policy")).toBe("same-origin");
			expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
		});
	}

	test("OBS-1: correlation headers are echoed when they are plain identifiers, and only then", async () => {
		const headers = { "x-sheaf-device": "d-1", "x-sheaf-session": "<b>", "x-sheaf-actor": "a".repeat(200) };
		const answer = await fetch(`${backend.url}/healthz`, { headers });
		expect(answer.headers.get("x-sheaf-device")).toBe("d-1");
		expect(answer.headers.get("x-sheaf-session")).toBeNull();
		expect(answer.headers.get("x-sheaf-actor")).toBeNull();
	});
});

describe("SEC-1: CORS", () => {
	const preflight = (origin: string) =>
		fetch(`${backend.url}/api/v1/users/me`, {
			method: "OPTIONS",
			headers: {
				origin,
				"access-control-request-method": "POST",
				"access-control-request-headers": "authorization, dpop",
			},
		});

	const own = [`chrome-extension://${officialExtensionId}`, `moz-extension://${crypto.randomUUID()}`];
	for (const origin of own) {
		test(`SEC-1: ${origin.split(":")[0]} may ask, without cookies`, async () => {
			const answer = await preflight(origin);
			expect(answer.status).toBe(204);
			expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
			expect(answer.headers.get("access-control-allow-headers")?.toLowerCase()).toContain("dpop");
			expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
			const refusal = await fetch(`${backend.url}/api/v1/users/me`, { headers: { origin } });
			expect(refusal.headers.get("access-control-allow-origin")).toBe(origin);
			expect(refusal.headers.get("vary")).toBe("Origin");
		});
	}

	const foreign = ["https://attacker.example", "null", `chrome-extension://${"a".repeat(32)}`, "moz-extension://x", ""];
	for (const origin of foreign) {
		test(`SEC-1: "${origin}" may not`, async () => {
			const answer = await preflight(origin);
			expect(answer.status).toBe(403);
			expect(answer.headers.get("access-control-allow-origin")).toBeNull();
			expect(await errorCode(answer)).toBe("request/origin-refused");
		});
	}
});

describe("SEC-1: bodies", () => {
	const post = (path: string, body: string | ReadableStream, type = "application/json") =>
		ask(backend.url + path, token, { method: "POST", body, headers: { "content-type": type } });

	test("SEC-1: above 1.25 MiB for writes and 64 KiB elsewhere → request/too-large", async () => {
		for (const [path, bytes] of [
			["/api/v1/writes/batch", 1_310_721],
			["/oauth/sign-in", 65_537],
		] as const) {
			const answer = await post(path, "x".repeat(bytes));
			expect({ path, status: answer.status }).toEqual({ path, status: 413 });
			expect(await errorCode(answer)).toBe("request/too-large");
		}
	});

	test("SEC-1: a body without a declared length is counted as it arrives", async () => {
		const chunk = new Uint8Array(40_000).fill(120);
		const stream = new ReadableStream({
			start(controller) {
				controller.enqueue(chunk);
				controller.enqueue(chunk);
				controller.close();
			},
		});
		const answer = await post("/oauth/token", stream, "application/x-www-form-urlencoded");
		expect(answer.status).toBe(413);
	});

	test("SEC-1: however large a body is, the refusal says why and carries the headers", async () => {
		for (const bytes of [2_097_153, 16_777_216]) {
			const answer = await post("/api/v1/writes/batch", "x".repeat(bytes));
			expect(answer.status).toBe(413);
			expect(answer.headers.get("x-request-id")).not.toBeNull();
			expect(await errorCode(answer)).toBe("request/too-large");
		}
	});

	test("text that PostgreSQL cannot hold is the sender's mistake and not ours: 400, wherever it is sent", async () => {
		const { workspace, sub } = decodeJwt(token);
		const tenant = { workspaceId: String(workspace), userId: String(sub) };
		const { connections } = await fillTenant(backend.testDatabase.database, tenant);
		const headers = { "content-type": "application/json" };
		const stranger = await makePerson(backend.url, "a\u0000b@example.test");
		const page = await (await stranger.browser.get(`${authorizePath(makePkce())}&screen=sign-up`)).text();
		const fields = { ...hiddenFields(page), email: stranger.email, password: stranger.password };
		const answers = [
			await ask(`${backend.url}/api/v1/connections/${connections}`, token, {
				method: "PATCH",
				body: JSON.stringify({ name: "a\u0000b" }),
				headers,
			}),
			await stranger.browser.post("/oauth/sign-up", fields),
		];
		for (const answer of answers) expect(answer.status).toBe(400);
	});
});

describe("errors", () => {
	test("an address that is not there → request/not-found, as JSON", async () => {
		const answer = await fetch(`${backend.url}/nothing`);
		expect(answer.status).toBe(404);
		expect(answer.headers.get("content-type")).toContain("application/json");
		expect(await errorCode(answer)).toBe("request/not-found");
	});

	test("a body that is not JSON → request/invalid, in words that do not quote it", async () => {
		const headers = { "content-type": "application/json" };
		const answer = await fetch(`${backend.url}/oauth/sign-in`, { method: "POST", body: "{secret", headers });
		expect(answer.status).toBe(400);
		const text = await answer.text();
		expect(text).toContain("request/invalid");
		expect(text).not.toContain("secret");
	});

	test("TEN-3: under /api/v1 a stranger does not even learn what is there", async () => {
		const answer = await fetch(`${backend.url}/api/v1/nothing`);
		expect(await errorCode(answer)).toBe("auth/token-missing");
		expect(await errorCode(await ask(`${backend.url}/api/v1/nothing`, token))).toBe("request/not-found");
	});
});

describe("SEC-1: limits", () => {
	test("SEC-1: ten tries at one account's password, and then even the right one waits; who has no account waits too", async () => {
		const own = await startTestBackend();
		const person = await makePerson(own.url);
		await person.tokens();
		const page = await (await person.browser.get(`${authorizePath(makePkce())}&screen=sign-in`)).text();
		for (const email of [person.email.toUpperCase(), "nobody@example.test"]) {
			const attempt = (password: string) =>
				person.browser.post("/oauth/sign-in", { ...hiddenFields(page), email, password });
			const pages: string[] = [];
			for (let tries = 0; tries < 10; tries += 1) pages.push(await (await attempt("wrong password")).text());
			expect(new Set(pages).size).toBe(1);
			expect(pages[0]).toContain("do not match");
			const answer = await attempt(person.password);
			// Not 429: Chrome would close the sign-in window instead of showing how long to wait.
			expect(answer.status).toBe(200);
			expect(await answer.text()).toContain("Too many tries");
			expect(answer.headers.getSetCookie()).toEqual([]);
			expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
		}
		own.passTime(900);
		const fields = { ...hiddenFields(page), email: person.email, password: person.password };
		expect((await person.browser.post("/oauth/sign-in", fields)).status).toBe(303);
		await own.close();
	});

	test("SEC-1: the token endpoint answers 429 with Retry-After; a forged forwarding header changes nothing", async () => {
		const own = await startTestBackend();
		const ask429 = async (forwarded: string) =>
			await fetch(`${own.url}/oauth/token`, {
				method: "POST",
				body: new URLSearchParams({ client_id: "sheaf-extension" }),
				headers: { "x-forwarded-for": forwarded, forwarded: `for=${forwarded}` },
			});
		const statuses = new Set<number>();
		for (let round = 0; round < 7; round += 1) {
			const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => ask429(`203.0.113.${i}`)));
			for (const { status } of answers) statuses.add(status);
		}
		expect(statuses).toEqual(new Set([400, 429]));
		await own.close();
	});

	test("SEC-1: whoever changes things in a loop waits, and still may read; another device does not wait", async () => {
		// The clock stands still, so that no window ends in the middle.
		const now = Date.now();
		const own = await startTestBackend({ deps: { clock: () => now } });
		const [looping, other] = await Promise.all([makePerson(own.url), makePerson(own.url)]);
		const [busy, calm] = [(await looping.tokens()).access_token, (await other.tokens()).access_token];
		const remove = (access: string) =>
			ask(`${own.url}/api/v1/targets/${crypto.randomUUID()}`, access, { method: "DELETE" });
		for (let round = 0; round < 6; round += 1) await Promise.all(Array.from({ length: 100 }, () => remove(busy)));
		const answer = await remove(busy);
		expect(answer.status).toBe(429);
		expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
		expect(await errorCode(answer)).toBe("request/rate-limited");
		expect((await ask(`${own.url}/api/v1/targets`, busy)).status).toBe(200);
		const connection = `${own.url}/api/v1/connections/${crypto.randomUUID()}`;
		for (const look of ["tables", "rows?tableId=x"])
			expect((await ask(`${connection}/${look}`, busy)).status).toBe(429);
		expect((await remove(calm)).status).toBe(404);
		await own.close();
	}, 20_000);
});
