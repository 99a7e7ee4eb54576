import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createTestReceiver, type TestReceiver } from "../conformance-receiver.ts";
import { createGuardedHttp } from "../http.ts";
import type { StandingWatch } from "../watch.ts";
import { createNotionConnector } from "./index.ts";
import { openScene, sceneToken, tableId } from "./simulator/test-scene.ts";
import type { NotionSimulator } from "./simulator.ts";

let scene: NotionSimulator;
let receiver: TestReceiver;
beforeAll(async () => {
	[scene, receiver] = [await openScene(), await createTestReceiver()];
});
afterAll(async () => {
	await Promise.all([scene.stop(), receiver.stop()]);
});

function subscribed() {
	receiver.notices.length = 0;
	return scene.control.subscribe(`${receiver.url}/notion`);
}

function call() {
	const http = createGuardedHttp({ allowedOrigins: [scene.url] });
	return { credential: { token: sceneToken }, http, signal: new AbortController().signal };
}

function watchWith(webhookSecret: string | null): StandingWatch {
	const { watch } = createNotionConnector({ apiUrl: scene.url, client: null, webhookSecret });
	if (watch?.kind !== "standing") throw new Error("Notion's watch stands.");
	return watch;
}

const notice = (body: string, signature: string | null = null) => ({
	header: (name: string) => (name === "x-notion-signature" ? signature : null),
	body: Buffer.from(body),
});

describe("SYNC-6: Notion's notices", () => {
	test("the signature of Notion's own client is taken; without a secret, or over another body, none is", () => {
		const body = '{"id":"e1","type":"page.created"}';
		const signature = "sha256=0a94d2fbf17934bb82a4f3d585b0219f45ee74eede022079533518e1614066b6";
		expect(watchWith("secret_test").isGenuine(notice(body, signature))).toBe(true);
		expect(watchWith("secret_test").isGenuine(notice(`${body} `, signature))).toBe(false);
		expect(watchWith("secret_other").isGenuine(notice(body, signature))).toBe(false);
		expect(watchWith("secret_test").isGenuine(notice(body))).toBe(false);
		expect(watchWith(null).isGenuine(notice(body, signature))).toBe(false);
	});

	test("the secret is read from the first message, until there is one", async () => {
		const subscription = subscribed();
		await subscription.verify();
		const first = receiver.notices.pop();
		if (first === undefined) throw new Error("Nothing came.");
		expect(watchWith(null).setUpSecret(first)).toBe(subscription.verificationToken);
		expect(watchWith("secret_test").setUpSecret(first)).toBeNull();
		for (const body of ["", "{}", '{"verification_token":"x\\u001b[2J"}', '{"verification_token":["secret_a"]}']) {
			expect(watchWith(null).setUpSecret(notice(body))).toBeNull();
		}
	});

	test("an edit and a deletion there name the page and the workspace that its connection is known by", async () => {
		const subscription = subscribed();
		const watch = watchWith(subscription.verificationToken);
		const page = scene.control.addRow(tableId, {});
		scene.control.editRow(page.id, {});
		scene.control.editRow(page.id, {}, true);
		await subscription.settled();
		const subject = await watch.subject(call());
		const known = subject.kind === "ok" ? subject.value : null;
		expect(known).toMatch(/^[0-9a-f]{32}$/);
		const told = receiver.notices.splice(0);
		expect(told.map((one) => watch.isGenuine(one))).toEqual([true, true]);
		const change = { subject: known ?? "", remoteIds: [page.id.replaceAll("-", "")] };
		expect(told.map((one) => watch.changes(one))).toEqual([change, change]);
	});

	test("other events, and what is no event, are of no interest", () => {
		const watch = watchWith("secret_test");
		const id = crypto.randomUUID();
		const event = (type: string, entity: object) => notice(JSON.stringify({ workspace_id: id, type, entity }));
		expect(watch.changes(event("comment.created", { id, type: "comment" }))).toBeNull();
		expect(watch.changes(event("page.locked", { id, type: "page" }))).toBeNull();
		expect(watch.changes(event("page.deleted", { id: "../../x", type: "page" }))).toBeNull();
		expect(watch.changes(notice("[]"))).toBeNull();
	});

	test("an installation without a subscription knows no account by its notices", async () => {
		expect(await watchWith(null).subject(call())).toEqual({ kind: "ok", value: null });
	});
});
