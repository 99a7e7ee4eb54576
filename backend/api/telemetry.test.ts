import { afterAll, beforeAll, expect, test } from "bun:test";
import { createLog } from "../telemetry/log.ts";
import { startTestBackend, type TestBackend } from "./testing/test-backend.ts";
import { ask, makePerson, type TestPerson } from "./testing/test-person.ts";

const lines: string[] = [];
let backend: TestBackend;
let person: TestPerson;
let token: string;
beforeAll(async () => {
	backend = await startTestBackend({ deps: { log: createLog("info", { write: (line: string) => lines.push(line) }) } });
	person = await makePerson(backend.url);
	({ access_token: token } = await person.tokens());
});
afterAll(async () => {
	await backend.close();
});

type Line = Record<string, unknown>;

/** The log's line about a request, once it is written: that is after the answer was sent. */
async function lineAbout(answer: Response): Promise<Line> {
	const id = answer.headers.get("x-request-id") ?? "none";
	for (;;) {
		const found = lines.find((line) => line.includes(id) && line.includes('"msg":"request"'));
		if (found !== undefined) return JSON.parse(found) as Line;
		await Bun.sleep(2);
	}
}

test("OBS-1: a request is one line with its route, its status, and who asked as a pseudonym", async () => {
	const line = await lineAbout(await ask(`${backend.url}/api/v1/records?cursor=private`, token));
	expect(line).toMatchObject({ method: "GET", route: "/api/v1/records", status: 400 });
	expect(line).toMatchObject({ session_id: expect.any(String), device_id: person.deviceId });
	expect(line["actor_uid"]).toMatch(/^[0-9a-f]{32}$/);
	const again = await lineAbout(await ask(`${backend.url}/api/v1/users/me`, token));
	expect(again["actor_uid"]).toBe(line["actor_uid"]);
});

test("OBS-1: refusals are lines too, before and after the route is known", async () => {
	expect(await lineAbout(await fetch(`${backend.url}/api/v1/users/me`))).toMatchObject({ status: 401 });
	expect(await lineAbout(await fetch(`${backend.url}/nothing`))).toMatchObject({ status: 404 });
	const sentOn = await fetch(`${backend.url}/oauth/sign-in`, { redirect: "manual" });
	expect(await lineAbout(sentOn)).toMatchObject({ status: 200, route: "/oauth/sign-in" });
});

test("OBS-1: no line holds the person's e-mail, password, tokens or a query", async () => {
	await lineAbout(await ask(`${backend.url}/api/v1/users/me?secret=private`, token));
	const all = lines.join("");
	for (const secret of [person.email, person.password, token, "private"]) expect(all).not.toContain(secret);
});

test("OBS-2: /metrics counts answers and refusals in Prometheus' format, without a person or an id", async () => {
	await lineAbout(await fetch(`${backend.url}/api/v1/users/me`));
	const answer = await fetch(`${backend.url}/metrics`);
	expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
	const text = await answer.text();
	expect(text).toMatch(/^sheaf_http_requests_total\{status="4xx"\} [1-9]\d*$/m);
	expect(text).toMatch(/^sheaf_refusals_total\{code="auth\/token-missing"\} [1-9]\d*$/m);
	expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
	for (const line of text.trim().split("\n")) expect(line).toMatch(/^(# (HELP|TYPE) .+|[a-z_]+(\{[^}]*\})? \d+)$/);
	expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
});
