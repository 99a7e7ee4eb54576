import "../messages/test-browser.ts";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { ApiFailure } from "../api/api-failure.ts";
import { createRequester } from "../api/request.ts";
import { flush } from "../outbox/test-flush.ts";
import { aCapture, anOutbox } from "../outbox/test-outbox.ts";
import { account, deviceId, serverUrl, targets } from "../settings/items.ts";
import { testAccount } from "../settings/test-account.ts";
import { diagnosticsToCopy, openOwnRing } from "../ui/local/diagnostics.ts";
import type { Entry } from "./entry.ts";
import { note, noteTo } from "./note.ts";
import { otlpLogs } from "./otlp-logs.ts";
import { createRecorder } from "./recorder.ts";
import { thisBrowser } from "./this-browser.ts";

/** What belongs to a person and to pages; seeded wherever something is noted, and searched in everything that comes of it. */
const canaries = {
	email: "ada.canary@example.test",
	name: "Ada Canary",
	token: "canary-token.eyJhbGciOiJFUzI1NiJ9.c2VjcmV0",
	title: "canary title of a page",
	text: "canary text of a page",
	url: "https://canary.example.test/private?q=canary-in-an-address",
	server: "https://canary-server.example.test",
	code: "canary/made-up",
	field: "canary value of a field",
};
const words = Object.values(canaries);
const foundIn = (text: string) =>
	words.filter((word) => text.includes(word) || text.includes(encodeURIComponent(word)));

let kept: Entry[];
let copied: string;
let shipped: string;

/** A request that the server refuses with the words in its answer. */
async function beRefused(status: number, error: object): Promise<void> {
	const request = createRequester({
		serverUrl: () => serverUrl.getValue(),
		token: async () => canaries.token,
		fetch: async () => Response.json({ error }, { status }),
	});
	const path = `/api/v1/records?q=${encodeURIComponent(canaries.field)}&e=${canaries.email}`;
	const answers = (_body: unknown): _body is object => true;
	await request({ path, body: { text: canaries.text }, method: "POST", answers }).catch(() => undefined);
}

async function doEverything(): Promise<void> {
	const outbox = await anOutbox((await account.getValue())?.userId ?? null);
	const capture = aCapture(canaries.title, {
		source: { url: canaries.url, title: canaries.title },
		fields: { body: { type: "text", value: canaries.text }, note: { type: "text", value: canaries.field } },
	});
	await outbox.save(capture);
	const problem = { code: canaries.code, message: canaries.text };
	await flush(outbox, {
		writeBatch: async (operations) =>
			operations.map(({ id }) => ({ id, status: "rejected" as const, error: problem as never })),
	});
	await outbox.save(capture);
	await flush(outbox, {
		writeBatch: async () => await Promise.reject(new ApiFailure("client/timeout", canaries.text)),
	});
	outbox.close();
	await outbox.save(capture).catch(() => undefined);
	await beRefused(422, { code: canaries.code, message: canaries.text });
	await beRefused(500, { code: "server/internal", message: canaries.url, details: canaries });
	// A caller who hands over what it has, in spite of the types.
	for (const word of words) {
		note("script.failed", { as: word, thrown: word } as never);
		note("operation.refused", { code: word, recordId: word } as never);
		note("capture.read", { outcome: word, ms: word, url: word, title: word } as never);
		note(word as never, { [word]: word } as never);
	}
}

beforeAll(async () => {
	Object.assign(fakeBrowser.runtime, { getManifest: () => ({ version: "1.2.3" }) });
	const who = testAccount({ email: canaries.email, workspaceName: canaries.name });
	await account.setValue(who);
	await deviceId.setValue(crypto.randomUUID());
	await serverUrl.setValue(canaries.server);
	await targets.setValue([{ id: "t", name: canaries.name } as never]);
	const recorder = createRecorder({
		context: "background",
		owner: async () => who.userId,
		ownerNow: async () => who.userId,
		open: openOwnRing,
		later: () => undefined,
	});
	// What was noted before is not of this test.
	noteTo(() => undefined);
	noteTo(recorder.take);
	await doEverything();
	await recorder.write();
	const ring = await openOwnRing();
	kept = await ring.all();
	const unsent = (await ring.unsent(4_000)).map(({ entry }) => entry);
	shipped = JSON.stringify(otlpLogs(unsent, thisBrowser("canary Chrome/156.0 canary text of a page")));
	copied = (await diagnosticsToCopy()).text;
	ring.close();
});
afterAll(async () => {
	noteTo(null);
	await account.setValue(null);
	await deviceId.setValue(null);
	await targets.setValue([]);
	await serverUrl.removeValue();
});

test("OBS-3: everything that was to be noted was", () => {
	const events = new Set(kept.map(({ event }) => event));
	for (const event of ["capture.saved", "capture.unsaved", "operation.refused", "batch.unanswered"] as const) {
		expect(events).toContain(event);
	}
	expect(kept.filter(({ event }) => event === "request.failed").map(({ attributes }) => attributes)).toMatchObject([
		{ method: "POST", area: "records", code: "unknown", status: 422 },
		{ method: "POST", area: "records", code: "server/internal", status: 500 },
	]);
});

test("OBS-3: a seeded e-mail, name, token, page text, address and server is in nothing that is kept", async () => {
	expect(foundIn(JSON.stringify(kept))).toEqual([]);
	for (const { name = "" } of await indexedDB.databases()) {
		if (name.startsWith("sheaf-diagnostics_")) expect(foundIn(await databaseText(name))).toEqual([]);
	}
});

test("OBS-3: nor in what is copied, which says what a helper needs", () => {
	expect(copied).toContain(`Entries: ${kept.length}`);
	expect(copied).toContain("code=server/internal status=500");
	expect(copied).toContain("signedIn=true workspaces=1 targets=1");
	expect(foundIn(copied)).toEqual([]);
});

test("OBS-3: nor in what is sent", () => {
	expect(shipped).toContain("request.failed");
	expect(foundIn(shipped)).toEqual([]);
});

test("OBS-3: the same search finds each of them when it is there", () => {
	expect(foundIn(copied + words.join(" "))).toEqual(words);
});

/** Everything in a database as it lies there, unread by our own code. */
async function databaseText(name: string): Promise<string> {
	const finished = <T>(request: IDBRequest<T>) =>
		new Promise<T>((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error ?? new Error("The database gave no answer."));
		});
	const database = await finished(indexedDB.open(name));
	const stores = [...database.objectStoreNames];
	const transaction = database.transaction(stores);
	const all = await Promise.all(stores.map((store) => finished(transaction.objectStore(store).getAll())));
	database.close();
	return JSON.stringify([name, all]);
}
