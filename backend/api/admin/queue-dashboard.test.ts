import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { migrate } from "../../db/apply-migrations.ts";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { migrateQueue, openQueueStore, type QueueStore } from "../../jobs/queue.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import {
	ask,
	authorizePath,
	hiddenFields,
	json,
	makePerson,
	makePkce,
	type TestPerson,
} from "../testing/test-person.ts";

let queueDatabase: TestDatabase;
let store: QueueStore;
let backend: TestBackend;
let operator: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
	queueDatabase = await createTestDatabase();
	const { url: databaseUrl, databaseKey } = queueDatabase;
	await migrate({ databaseUrl, databaseKey, migrateQueue });
	store = openQueueStore({ databaseUrl, databaseKey, redisUrl: null, onError: () => undefined });
	const queue = store.openQueue("deliver-lane");
	await queue.add("deliver-lane", { workspaceId: crypto.randomUUID(), lane: "a/b" });
	const email = "Operator@Example.Test";
	backend = await startTestBackend({ variables: { SHEAF_OPERATORS: email }, deps: { queues: [queue] } });
	operator = await makePerson(backend.url, email);
	stranger = await makePerson(backend.url);
	await operator.tokens();
	await stranger.tokens();
	await backend.testDatabase.database.asIdentity(
		(sql) => sql`update sheaf.users set email_verified_at = now() where email = ${email.toLowerCase()}`,
	);
});
afterAll(async () => {
	for (const queue of backend.deps.queues ?? []) await queue.close();
	await store.close();
	await backend.close();
	await queueDatabase.close();
});

test("OBS-2: /metrics says how many jobs wait", async () => {
	const text = await (await fetch(`${backend.url}/metrics`)).text();
	expect(text).toMatch(/^sheaf_queue_jobs\{queue="deliver-lane",state="waiting"\} 1$/m);
});

describe("SYNC-1: the queue dashboard", () => {
	test("SYNC-1: an operator sees the queues and their counts, on PostgreSQL too", async () => {
		const page = await operator.browser.get("/admin/queues");
		expect(page.status).toBe(200);
		const text = await page.text();
		expect(text).toContain("__UI_CONFIG__");
		const policy = page.headers.get("content-security-policy") ?? "";
		expect(policy).toContain("script-src 'self';");
		const script = /src="(static\/js\/main[^"]*)"/.exec(text)?.[1] ?? "";
		expect((await operator.browser.get(`/admin/queues/${script}`)).status).toBe(200);
		const answer = await operator.browser.get("/admin/queues/api/queues");
		const { queues } = await json<{ queues: { name: string; counts: { waiting: number } }[] }>(answer);
		expect(queues).toMatchObject([{ name: "deliver-lane", counts: { waiting: 1 } }]);
		expect((await operator.browser.get("/admin/queues/api/redis/stats")).status).toBe(200);
	});

	test("SYNC-1: without a session a browser is led to the sign-in page and back; nothing else is told", async () => {
		const page = await fetch(`${backend.url}/admin/queues`, { redirect: "manual" });
		expect(page.status).toBe(303);
		expect(page.headers.get("location")).toBe("/oauth/sign-in");
		for (const path of ["/admin", "/admin/queues/api/queues", "/admin/queues/queue/deliver-lane", "/admin/x"]) {
			expect((await fetch(backend.url + path, { redirect: "manual" })).status).toBe(404);
		}
		const form = hiddenFields(await (await operator.browser.get("/oauth/sign-in?screen=sign-in")).text());
		const { email, password } = operator;
		const answer = await operator.browser.post("/oauth/sign-in", { ...form, email, password });
		expect(answer.headers.get("location")).toBe("/admin/queues");
	});

	test("SYNC-1: somebody who is signed in and no operator finds nothing, whatever their role or token", async () => {
		expect((await stranger.browser.get("/admin/queues")).status).toBe(404);
		expect((await stranger.browser.get("/admin/queues/api/queues")).status).toBe(404);
		const { access_token: token } = await operator.tokens("sign-in");
		const byToken = await ask(`${backend.url}/admin/queues/api/queues`, token);
		expect(byToken.status).toBe(404);
	});

	test("SEC-1: orders from another page are refused, those of its own page are carried out", async () => {
		const path = "/admin/queues/api/queues/deliver-lane/pause";
		const put = (headers: Record<string, string>) =>
			fetch(backend.url + path, {
				method: "PUT",
				headers: { cookie: `sheaf_session=${operator.browser.cookie("sheaf_session")}`, ...headers },
			});
		expect((await put({ origin: "https://attacker.example" })).status).toBe(403);
		expect((await put({ "sec-fetch-site": "cross-site" })).status).toBe(403);
		expect((await put({ origin: backend.url, "sec-fetch-site": "same-origin" })).status).toBe(200);
	});

	test("SYNC-1: after signing out the cookie opens nothing, also when it was copied before", async () => {
		const person = await makePerson(backend.url, operator.email);
		await person.tokens("sign-in");
		const copied = person.browser.cookie("sheaf_session") ?? "";
		expect((await person.browser.get("/admin/queues")).status).toBe(200);
		const page = await (await person.browser.get(authorizePath(makePkce()))).text();
		await person.browser.post("/oauth/sign-out", hiddenFields(page));
		expect((await person.browser.get("/admin/queues")).status).toBe(303);
		person.browser.setCookie("sheaf_session", copied);
		expect((await person.browser.get("/admin/queues")).status).toBe(303);
	});

	test("SYNC-1: an operator's address counts once its printed link was pressed", async () => {
		const email = "claimed@example.test";
		const queues = backend.deps.queues ?? [];
		const own = await startTestBackend({ variables: { SHEAF_OPERATORS: email }, deps: { queues } });
		const person = await makePerson(own.url, email);
		await person.tokens();
		const asked = await person.browser.get("/admin/queues");
		expect(asked.status).toBe(403);
		expect(await asked.text()).toContain("Confirm your e-mail first");
		expect((await person.browser.get("/admin/queues/api/queues")).status).toBe(403);
		const link = new URL(own.mailBox.to(email).link ?? "").pathname;
		const page = await (await person.browser.get(link)).text();
		expect((await person.browser.get("/admin/queues")).status).toBe(403);
		const pressed = await person.browser.post("/oauth/letter", hiddenFields(page));
		expect(await pressed.text()).toContain("Your e-mail is confirmed");
		expect((await person.browser.get("/admin/queues")).status).toBe(200);
		await own.close();
	});

	test("SYNC-1: with no operators named there is no dashboard for anybody", async () => {
		const own = await startTestBackend();
		expect((await fetch(`${own.url}/admin/queues`, { redirect: "manual" })).status).toBe(404);
		await own.close();
	});
});
