import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import {
	authorizePath,
	hiddenFields,
	json,
	makePerson,
	makePkce,
	makeProof,
	redirectUri,
} from "../testing/test-person.ts";

let backend: TestBackend;
beforeAll(async () => {
	backend = await startTestBackend();
});
afterAll(async () => {
	await backend.close();
});

const endpoints = ["/oauth/token", "/oauth/revoke", "/oauth/device_authorization"];
const form = { "content-type": "application/x-www-form-urlencoded" };

/** What RFC 6749 §5.2 allows in an answer, and the error it names. */
async function answerOf(path: string, init: RequestInit, url = backend.url) {
	const answer = await fetch(url + path, init);
	const body = await json<{ error: string; error_description: string }>(answer);
	expect(Object.keys(body).toSorted()).toEqual(["error", "error_description"]);
	expect(body.error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
	expect(answer.headers.get("content-type")).toContain("application/json");
	expect(answer.headers.get("cache-control")).toBe("no-store");
	return { status: answer.status, error: body.error, headers: answer.headers };
}

describe("ID-1: whatever is sent to an endpoint of OAuth's clients, the answer is OAuth's", () => {
	const malformed: Record<string, { init: RequestInit; status: number }> = {
		"JSON that is none": {
			init: { method: "POST", body: "{", headers: { "content-type": "application/json" } },
			status: 400,
		},
		"a JSON body": {
			init: { method: "POST", body: '{"a":1}', headers: { "content-type": "application/json" } },
			status: 400,
		},
		"plain text": {
			init: { method: "POST", body: "grant_type=x", headers: { "content-type": "text/plain" } },
			status: 400,
		},
		XML: { init: { method: "POST", body: "<a/>", headers: { "content-type": "application/xml" } }, status: 400 },
		"no body at all": { init: { method: "POST" }, status: 400 },
		"an empty form": { init: { method: "POST", body: "", headers: form }, status: 400 },
		"a parameter given twice": {
			init: { method: "POST", body: "client_id=sheaf-extension&client_id=sheaf-extension", headers: form },
			status: 400,
		},
		"a body that is too large": {
			init: { method: "POST", body: `a=${"x".repeat(65_535)}`, headers: form },
			status: 413,
		},
		GET: { init: { method: "GET" }, status: 405 },
		PUT: { init: { method: "PUT", body: "a=b", headers: form }, status: 405 },
		DELETE: { init: { method: "DELETE" }, status: 405 },
	};
	for (const [name, { init, status }] of Object.entries(malformed)) {
		test(`ID-1: ${name} → ${status} invalid_request`, async () => {
			for (const path of endpoints) {
				const answer = await answerOf(path, init);
				expect({ path, status: answer.status, error: answer.error }).toEqual({
					path,
					status,
					error: "invalid_request",
				});
				if (status === 405) expect(answer.headers.get("allow")).toBe("POST");
			}
		});
	}
});

describe("ID-1: each client has its own grants", () => {
	const post = async (path: string, fields: Record<string, string>) =>
		await answerOf(path, { method: "POST", body: new URLSearchParams(fields) });

	test("ID-1: the command line may not redeem codes nor exchange tokens → unauthorized_client", async () => {
		for (const type of ["authorization_code", "urn:ietf:params:oauth:grant-type:token-exchange"]) {
			const answer = await post("/oauth/token", { client_id: "sheaf-cli", grant_type: type, code: "x" });
			expect(answer).toMatchObject({ status: 400, error: "unauthorized_client" });
		}
	});

	test("ID-1: the command line has no redirect, so nothing sends it a code", async () => {
		for (const redirect of [redirectUri, "http://127.0.0.1/", "urn:ietf:wg:oauth:2.0:oob"]) {
			const path = authorizePath(makePkce(), { client_id: "sheaf-cli", redirect_uri: redirect });
			const answer = await fetch(backend.url + path, { redirect: "manual" });
			expect(answer.headers.get("location")).toBeNull();
			expect(await answer.text()).toContain("This sign-in cannot go on");
		}
	});

	test("ID-1: a refresh token of one client is of no use to the other", async () => {
		const person = await makePerson(backend.url);
		const { refresh_token: refreshToken } = await person.tokens();
		const body = new URLSearchParams({
			client_id: "sheaf-cli",
			grant_type: "refresh_token",
			refresh_token: refreshToken,
		});
		const headers = { dpop: await makeProof(person.key, `${backend.url}/oauth/token`) };
		expect(await answerOf("/oauth/token", { method: "POST", body, headers })).toMatchObject({ error: "invalid_grant" });
		const revoke = new URLSearchParams({ client_id: "sheaf-cli", token: refreshToken });
		expect((await fetch(`${backend.url}/oauth/revoke`, { method: "POST", body: revoke })).status).toBe(200);
		expect((await person.token({ grant_type: "refresh_token", refresh_token: refreshToken })).status).toBe(200);
	});

	test("ID-1: an unknown client → invalid_client", async () => {
		for (const path of endpoints) {
			const answer = await post(path, { client_id: "somebody-else", grant_type: "refresh_token", token: "x" });
			expect(answer).toMatchObject({ status: 401, error: "invalid_client" });
		}
	});
});

describe("ID-1: while the database is away", () => {
	test("ID-1: clients hear temporarily_unavailable, when to come again, and people's windows go back to the client", async () => {
		const own = await startTestBackend();
		const { browser, email, password } = await makePerson(own.url);
		const page = await (await browser.get(`${authorizePath(makePkce())}&screen=sign-up`)).text();
		const fields = { ...hiddenFields(page), email, password };
		await browser.post("/oauth/sign-up", fields);
		await own.testDatabase.database.close();
		for (const path of endpoints) {
			const body = new URLSearchParams({ client_id: "sheaf-cli", grant_type: "refresh_token", token: "x" });
			const answer = await answerOf(path, { method: "POST", body }, own.url);
			expect(answer).toMatchObject({ status: 503, error: "temporarily_unavailable" });
			expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
		}
		const windows = [await browser.get(authorizePath(makePkce())), await browser.post("/oauth/sign-in", fields)];
		for (const answer of windows) {
			const location = new URL(answer.headers.get("location") ?? "about:blank");
			expect(location.origin + location.pathname).toBe(redirectUri);
			expect(location.searchParams.get("error")).toBe("temporarily_unavailable");
			expect(location.searchParams.get("state")).toBe("a state");
			expect(location.searchParams.get("iss")).toBe(own.url);
		}
		await own.close();
	});
});
