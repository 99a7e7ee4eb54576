import { afterAll, beforeAll, expect, test } from "bun:test";
import { tokenHash } from "../identity/opaque-tokens.ts";
import { actorUid } from "../telemetry/actor-uid.ts";
import { createLog } from "../telemetry/log.ts";
import { startTestBackend, type TestBackend } from "./testing/test-backend.ts";
import { ask, hiddenFields, makePerson, TestBrowser, type TestPerson } from "./testing/test-person.ts";

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

test("OBS-1: the pseudonym is the way in that was used, the same on every device of it", async () => {
	const { asIdentity } = backend.testDatabase.database;
	const google = { provider: "google", subject: "108200000000000000001" };
	const userId = await asIdentity(async (sql) => {
		const [user] = await sql<{ id: string }[]>`select id from sheaf.users where email = ${person.email}`;
		await sql`
			insert into sheaf.user_accounts (user_id, provider, subject) values (${user?.id ?? ""}, 'google', ${google.subject})`;
		return user?.id ?? "";
	});
	const byPassword = { provider: "password", subject: userId };
	const uid = async (accessToken: string) =>
		(await lineAbout(await ask(`${backend.url}/api/v1/users/me`, accessToken)))["actor_uid"];
	expect(await uid(token)).toBe(actorUid(backend.deps.env.logKey, byPassword));
	const devices = await Promise.all([person.tokens("sign-in"), person.tokens("sign-in")]);
	await asIdentity(
		(sql) => sql`
			update sheaf.device_sessions set provider = 'google'
			where refresh_token_hash in ${sql(devices.map(({ refresh_token }) => tokenHash(refresh_token)))}`,
	);
	const uids = await Promise.all(devices.map((device) => uid(device.access_token)));
	expect(uids).toEqual(devices.map(() => actorUid(backend.deps.env.logKey, google)));
});

test("OBS-1: the correlation headers are echoed when they are plain identifiers, and logged never", async () => {
	const headers = {
		"x-sheaf-actor": "a1b2",
		"x-sheaf-session": "s-1",
		"x-sheaf-device": "not plain: ada@example.test",
	};
	const answer = await ask(`${backend.url}/api/v1/users/me`, token, { headers });
	expect(answer.headers.get("x-sheaf-actor")).toBe("a1b2");
	expect(answer.headers.get("x-sheaf-session")).toBe("s-1");
	expect(answer.headers.get("x-sheaf-device")).toBeNull();
	expect(JSON.stringify(await lineAbout(answer))).not.toContain("a1b2");
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
	for (const line of text.trim().split("\n")) expect(line).toMatch(/^(# (HELP|TYPE) .+|[a-z_]+(\{[^}]*\})? [\d.]+)$/);
	expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
});

test("OBS-2: wrong passwords, good and bad tokens, renewals and batches are figures", async () => {
	const figure = async (line: string) => {
		const text = await (await fetch(`${backend.url}/metrics`)).text();
		return Number(
			text
				.split("\n")
				.find((one) => one.startsWith(`${line} `))
				?.split(" ")[1] ?? 0,
		);
	};
	const lines = [
		'sheaf_auth_failures_total{reason="password"}',
		'sheaf_auth_failures_total{reason="auth/token-invalid"}',
		'sheaf_auth_attempts_total{outcome="ok"}',
		'sheaf_refreshes_total{kind="session",outcome="ok"}',
		'sheaf_refreshes_total{kind="session",outcome="refused"}',
		"sheaf_flush_seconds_count",
	];
	const before = await Promise.all(lines.map(figure));
	const { refresh_token } = await person.tokens("sign-in");
	const renew = (used: string) => person.token({ grant_type: "refresh_token", refresh_token: used });
	expect((await renew(refresh_token)).status).toBe(200);
	expect((await renew("wrong".repeat(9))).status).toBe(400);
	const stranger = new TestBrowser(backend.url);
	const page = await (await stranger.get("/oauth/sign-in?screen=sign-in")).text();
	await stranger.post("/oauth/sign-in", { ...hiddenFields(page), email: person.email, password: "not the password" });
	await ask(`${backend.url}/api/v1/users/me`, "no-token");
	const batch = JSON.stringify({ operations: [{ id: crypto.randomUUID() }] });
	const headers = { "content-type": "application/json" };
	expect((await ask(`${backend.url}/api/v1/writes/batch`, token, { method: "POST", headers, body: batch })).ok).toBe(
		true,
	);
	const after = await Promise.all(lines.map(figure));
	for (const [index, line] of lines.entries()) expect(after[index], line).toBeGreaterThan(before[index] ?? 0);
});
