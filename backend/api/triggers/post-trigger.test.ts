import { afterAll, beforeAll, expect, test } from "bun:test";
import { Webhook } from "standardwebhooks";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { makeMember } from "../testing/test-member.ts";
import { ask, errorCode, json } from "../testing/test-person.ts";
import { fillTenant } from "../testing/test-tenant.ts";

let backend: TestBackend;
let trigger: { url: string; secret: string };
let token: string;
let targetId: string;
beforeAll(async () => {
	backend = await startTestBackend();
	const { userId, personalId, tokens } = await makeMember(backend.url);
	const ids = await fillTenant(backend.testDatabase.database, { workspaceId: personalId, userId });
	targetId = ids["targets"] ?? "";
	token = tokens.access_token;
	trigger = await json(await ask(triggerAddress(), token, { method: "POST" }));
});
afterAll(async () => {
	await backend.close();
});

const triggerAddress = () => `${backend.url}/api/v1/targets/${targetId}/trigger`;

function send({ url = trigger.url, secret = trigger.secret, body = '{"any":"thing"}' } = {}): Promise<Response> {
	const [id, at] = [`msg_${crypto.randomUUID()}`, new Date()];
	const headers = {
		"content-type": "application/json",
		"webhook-id": id,
		"webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
		"webhook-signature": new Webhook(secret).sign(id, at, body),
	};
	return fetch(url, { method: "POST", headers, body });
}

const foreign = "whsec_bm90IGtub3duIHlldCwgc28gbm90aGluZyBob2xkcw==";

test("SYNC-7: a signed message needs no token, and is answered 202 with how many records went", async () => {
	const answer = await send();
	expect([answer.status, await answer.json()]).toEqual([202, { queued: 0 }]);
	expect((await send({ body: "no JSON at all" })).status).toBe(202);
});

test("SYNC-7: a wrong signature is 401, an address that is nowhere 404, whoever signed", async () => {
	const wrong = await send({ secret: foreign });
	expect([wrong.status, await errorCode(wrong)]).toEqual([401, "triggers/signature-invalid"]);
	const nowhere = await send({ url: `${trigger.url}x` });
	expect([nowhere.status, await errorCode(nowhere)]).toEqual([404, "triggers/not-found"]);
});

test("SEC-1: a message has at most 64 kB", async () => {
	expect((await send({ body: "x".repeat(65_536) })).status).toBe(202);
	const large = await send({ body: "x".repeat(65_537) });
	expect([large.status, await errorCode(large)]).toEqual([413, "request/too-large"]);
});

test("SEC-1: sixty messages a minute start runs, the next one is told to wait", async () => {
	const answers = await Promise.all(Array.from({ length: 61 }, () => send()));
	const refused = answers.filter(({ status }) => status === 429);
	expect(refused.length).toBeGreaterThan(0);
	expect(answers.filter(({ status }) => status === 202).length).toBeLessThanOrEqual(60);
	expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
	backend.passTime(60);
	expect((await send()).status).toBe(202);
});

test("SYNC-7: a trigger that was taken away is nowhere", async () => {
	expect((await ask(triggerAddress(), token, { method: "DELETE" })).status).toBe(204);
	expect((await send()).status).toBe(404);
	expect((await ask(triggerAddress(), token, { method: "DELETE" })).status).toBe(404);
});
