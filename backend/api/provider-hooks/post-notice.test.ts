import { afterAll, afterEach, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { createHmac } from "node:crypto";
import type { Connector } from "../../connectors/connector.ts";
import { openWatchScene, type WatchScene } from "../../watches/test-scene.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";

setDefaultTimeout(60_000);

/** The backend has the connector of whichever simulator a test has started. */
const connectors = new Map<string, Connector>();
let backend: TestBackend;
let noticesUrl: string;
let scene: WatchScene;
beforeAll(async () => {
	backend = await startTestBackend({ deps: { connectors } });
	noticesUrl = `${backend.url}/api/v1/provider-hooks`;
});
afterAll(() => backend.close());
beforeEach(async () => {
	scene = await openScene();
});
afterEach(() => scene.stop());

async function openScene(): Promise<WatchScene> {
	const opened = await openWatchScene(backend.testDatabase, { noticesUrl });
	for (const [id, connector] of opened.deps.connectors) connectors.set(id, connector);
	await opened.round();
	return opened;
}

function hookOf({ airtable }: WatchScene) {
	const [hook] = airtable.control.webhooks.all();
	if (hook?.notificationUrl === undefined || hook.notificationUrl === null) throw new Error("No webhook was opened.");
	return { ...hook, url: hook.notificationUrl };
}

function pingOf(hook: { id: string; baseId: string; macSecretBase64: string }) {
	const body = JSON.stringify({
		base: { id: hook.baseId },
		webhook: { id: hook.id },
		timestamp: "2026-01-01T00:00:00.000Z",
	});
	const mac = createHmac("sha256", Buffer.from(hook.macSecretBase64, "base64")).update(body).digest("hex");
	return { body, mac: `hmac-sha256=${mac}` };
}

async function post(url: string, body: string, mac: string | null) {
	const headers = { "content-type": "application/json", ...(mac === null ? {} : { "x-airtable-content-mac": mac }) };
	const answer = await fetch(url, { method: "POST", headers, body });
	return { status: answer.status, text: await answer.text() };
}

const remoteOf = async (recordId: string) => (await scene.record(recordId)).remote?.state ?? null;

test("SYNC-6: Airtable rings when somebody edits or deletes a row, and the next round shows it on the record", async () => {
	const [kept, edited, removed] = [await scene.deliver(), await scene.deliver(), await scene.deliver()];
	scene.edit(edited.rowId, { Name: "Theirs" });
	scene.remove(removed.rowId);
	await scene.round();
	expect(await Promise.all([kept, edited, removed].map(({ recordId }) => remoteOf(recordId)))).toEqual([
		null,
		"changed",
		"gone",
	]);
	expect(scene.airtable.control.webhooks.sent.every(({ status }) => status === 204)).toBe(true);
});

test("SYNC-6: a forged notice, whatever is wrong with it, gets the answer of an address that is nowhere", async () => {
	const hook = hookOf(scene);
	const { body, mac } = pingOf(hook);
	const nowhere = await post(`${noticesUrl}/${crypto.randomUUID()}.${crypto.randomUUID()}`, body, mac);
	expect(nowhere.status).toBe(404);
	const { error } = JSON.parse(nowhere.text) as { error: { code: string } };
	expect(error.code).toBe("request/not-found");
	const other = pingOf({ ...hook, macSecretBase64: Buffer.alloc(32, 1).toString("base64") });
	const forged: [string, string | null][] = [
		[body, null],
		[body, ""],
		[body, "hmac-sha256="],
		[body, other.mac],
		[`${body} `, mac],
		[`\ufeff${body}`, mac],
		["", mac],
	];
	for (const [text, header] of forged) {
		const answer = await post(hook.url, text, header);
		expect({ status: answer.status, ...JSON.parse(answer.text) }).toMatchObject({ status: 404, error });
	}
	for (const address of ["x", "airtable", "notion", `${hook.url.split("/").at(-1)}.x`, "%00"]) {
		expect((await post(`${noticesUrl}/${address}`, body, mac)).status).toBe(404);
	}
	const noticed = await backend.testDatabase.database.asTenant(
		scene.person,
		(sql) => sql`select 1 from sheaf.watches where noticed`,
	);
	expect(noticed).toHaveLength(0);
});

test("SYNC-6: a notice is taken as it came and no larger than it may be", async () => {
	const hook = hookOf(scene);
	expect((await post(hook.url, "x".repeat(70_000), pingOf(hook).mac)).status).toBe(413);
	const { body, mac } = pingOf(hook);
	expect(await post(hook.url, body, mac)).toEqual({ status: 204, text: "" });
});

test("SYNC-6: the same notice again changes nothing, and is answered like the first time", async () => {
	const { recordId, rowId } = await scene.deliver();
	scene.edit(rowId, { Name: "Theirs" });
	await scene.round();
	const { remote } = await scene.record(recordId);
	const hook = hookOf(scene);
	const { body, mac } = pingOf(hook);
	for (let twice = 0; twice < 2; twice += 1) expect((await post(hook.url, body, mac)).status).toBe(204);
	await scene.round();
	expect((await scene.record(recordId)).remote).toEqual(remote);
});

test("SYNC-6: one account's notice is not taken at another's address", async () => {
	const other = await openWatchScene(backend.testDatabase, { noticesUrl });
	await other.round();
	const { body, mac } = pingOf(hookOf(other));
	expect((await post(hookOf(scene).url, body, mac)).status).toBe(404);
	const [mine = "", theirs = ""] = [scene, other].map((one) => hookOf(one).url.split("/").at(-1));
	const mixed = `${mine.split(".")[0]}.${theirs.split(".")[1]}`;
	expect((await post(`${noticesUrl}/${mixed}`, body, mac)).status).toBe(404);
	await other.stop();
});

test("SYNC-6: whoever floods an address is told to wait, and nobody else is", async () => {
	const hook = hookOf(scene);
	const { body, mac } = pingOf(hook);
	const answers = [];
	for (let sent = 0; sent < 130; sent += 1) answers.push((await post(hook.url, body, mac)).status);
	expect([answers[0], answers.at(-1)]).toEqual([204, 429]);
	const other = await openScene();
	const { body: text, mac: good } = pingOf(hookOf(other));
	expect((await post(hookOf(other).url, text, good)).status).toBe(204);
	await other.stop();
});
