import { describe, expect, test } from "bun:test";
import { ApiFailure, retryAfterMs } from "./api-failure.ts";
import { createClient } from "./client.ts";
import type { Fetch, TokenSource } from "./request.ts";

type Request = { url: string; init: RequestInit };

/** A client whose backend gives the scripted answers in turn. */
function aClient(answers: (Response | Error)[], token: TokenSource = async () => "token-1") {
	const requests: Request[] = [];
	const fetch: Fetch = async (url, init) => {
		requests.push({ url, init });
		const answer = answers.shift();
		if (!answer || answer instanceof Error) throw answer ?? new Error("Nobody answers any more.");
		return answer;
	};
	return { requests, client: createClient({ serverUrl: async () => "https://sheaf.example", token, fetch }) };
}

const failureFrom = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);
const bearer = ({ init }: Request) => new Headers(init.headers).get("authorization");

describe("a request", () => {
	test("carries the token and no cookies, and follows no redirect with it", async () => {
		const { client, requests } = aClient([Response.json({ targets: [] })]);
		expect(await client.targets()).toEqual([]);
		expect(requests[0]?.url).toBe("https://sheaf.example/api/v1/targets");
		expect(requests[0]?.init).toMatchObject({
			method: "GET",
			credentials: "omit",
			redirect: "error",
			cache: "no-store",
		});
		expect(requests.map(bearer)).toEqual(["Bearer token-1"]);
	});

	test("never takes a token to another server than the one it is of, whenever the address changes", async () => {
		let server = "https://one.example";
		const sent: string[] = [];
		const client = createClient({
			serverUrl: async () => server,
			token: async () => {
				const token = server;
				server = "https://two.example";
				return token;
			},
			fetch: async (url, init) => {
				sent.push(`${new Headers(init.headers).get("authorization")} → ${new URL(url).origin}`);
				return Response.json({ targets: [] });
			},
		});
		await client.targets();
		expect(sent).toEqual(["Bearer https://one.example → https://one.example"]);
	});

	test("has a deadline below the service worker's, and can be stopped by its caller", async () => {
		const { client, requests } = aClient([Response.json({ results: [] })]);
		const stop = new AbortController();
		await client.writeBatch([], stop.signal);
		const signal = requests[0]?.init.signal;
		expect(signal?.aborted).toBe(false);
		stop.abort();
		expect(signal?.aborted).toBe(true);
	});

	test("an answer without content is one", async () => {
		const { client } = aClient([new Response(null, { status: 204 })]);
		expect(await failureFrom(client.deleteTarget("t"))).toBeUndefined();
	});
});

describe("OUT-2: a 401", () => {
	const expired = () => Response.json({ error: { code: "auth/token-expired", message: "Expired." } }, { status: 401 });

	test("leads to one refresh and one more try", async () => {
		const asked: (string | undefined)[] = [];
		const token: TokenSource = async (refused) => {
			asked.push(refused);
			return refused === undefined ? "token-1" : "token-2";
		};
		const { client, requests } = aClient([expired(), Response.json({ targets: [] })], token);
		expect(await client.targets()).toEqual([]);
		expect(asked).toEqual([undefined, "token-1"]);
		expect(requests.map(bearer)).toEqual(["Bearer token-1", "Bearer token-2"]);
	});

	test("and a second one is the end of it", async () => {
		const token: TokenSource = async (refused) => (refused === undefined ? "token-1" : "token-2");
		const { client, requests } = aClient([expired(), expired()], token);
		expect(await failureFrom(client.targets())).toMatchObject({ code: "auth/token-expired", status: 401 });
		expect(requests.length).toBe(2);
	});

	test("is final when there is no other token", async () => {
		const { client, requests } = aClient([expired()]);
		expect(await failureFrom(client.targets())).toMatchObject({ code: "auth/token-expired", status: 401 });
		expect(requests.length).toBe(1);
	});
});

describe("a failure", () => {
	test("is the backend's own code, sentence and Retry-After", async () => {
		const error = { code: "request/rate-limited", message: "Too many requests.", details: { limit: 1 } };
		const headers = { "retry-after": "7" };
		const { client } = aClient([Response.json({ error }, { status: 429, headers })]);
		const failure = await failureFrom(client.targets());
		expect(failure).toBeInstanceOf(ApiFailure);
		expect(failure).toMatchObject({ ...error, status: 429, retryAfterMs: 7_000 });
	});

	const cases: [string, Response | Error, object][] = [
		["no network", new TypeError("Failed to fetch"), { code: "client/unreachable", status: null }],
		["no answer in time", new DOMException("Timed out.", "TimeoutError"), { code: "client/timeout", status: null }],
		[
			"a proxy's page",
			new Response("<h1>Bad gateway</h1>", { status: 502 }),
			{ code: "client/foreign-answer", status: 502 },
		],
		["a portal's page with 200", new Response("<h1>Welcome</h1>"), { code: "client/malformed" }],
		["JSON of another shape", Response.json({ hello: "world" }), { code: "client/malformed" }],
		["a list that is none", Response.json({ targets: {} }), { code: "client/malformed" }],
	];
	for (const [name, answer, expected] of cases) {
		test(`is told apart: ${name}`, async () => {
			const failure = await failureFrom(aClient([answer]).client.targets());
			expect(failure).toBeInstanceOf(ApiFailure);
			expect(failure).toMatchObject(expected);
		});
	}

	test("nobody signed in: nothing is sent", async () => {
		const { client, requests } = aClient([], async () => null);
		expect(await failureFrom(client.targets())).toMatchObject({ code: "client/signed-out" });
		expect(requests).toEqual([]);
	});

	test("Retry-After is read as seconds or as a date, and nothing else", () => {
		const now = Date.parse("2026-01-01T00:00:00Z");
		expect(retryAfterMs("30", now)).toBe(30_000);
		expect(retryAfterMs("Thu, 01 Jan 2026 00:01:00 GMT", now)).toBe(60_000);
		expect(retryAfterMs("Wed, 31 Dec 2025 00:00:00 GMT", now)).toBe(0);
		expect(retryAfterMs("soon", now)).toBeNull();
		expect(retryAfterMs(null, now)).toBeNull();
	});
});
