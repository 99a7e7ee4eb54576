import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { createTestReceiver, type TestReceiver } from "../conformance-receiver.ts";
import type { OpenedWatch, OpenWatch } from "../watch.ts";
import { openConnector, type TestConnector } from "./test-connector.ts";

const managerToken = "patManager0000000.secret";
const containerId = "appEverything0000";
const table = "tblEverything0000";

let bench: TestConnector;
let receiver: TestReceiver;
let watch: OpenedWatch;
beforeAll(async () => {
	receiver = await createTestReceiver();
});
afterAll(() => receiver.stop());
beforeEach(async () => {
	await bench?.scene.stop();
	bench = await openConnector();
	const scopes = ["data.records:read", "data.records:write", "schema.bases:read", "webhook:manage"];
	bench.scene.control.addToken({ token: managerToken, scopes });
	receiver.notices.length = 0;
	if (bench.connector.watch?.kind !== "opened") throw new Error("Airtable's watch is opened.");
	watch = bench.connector.watch;
});
afterAll(() => bench.scene.stop());

const call = () => bench.call(managerToken);
const noticeUrl = () => `${receiver.url}/hook`;
const hooks = () => bench.scene.control.webhooks;

async function opened(): Promise<OpenWatch> {
	const result = await watch.open(call(), { containerId, noticeUrl: noticeUrl() });
	if (result.kind !== "ok") throw new Error(result.message);
	return result.value;
}

const addRow = () => bench.scene.control.addRow({ baseId: containerId, table, cells: { Key: "a" } });
const edit = (rowId: string) =>
	bench.scene.control.editRow({ baseId: containerId, table, rowId, cells: { Key: crypto.randomUUID() } });

describe("SYNC-6: Airtable's notices", () => {
	test("the MAC of the documented rule is taken, and any other body, secret or form is not", () => {
		const secret = "dGVzdC1tYWMtc2VjcmV0";
		const text =
			'{"base":{"id":"appAAAAAAAAAAAAAA"},"webhook":{"id":"achAAAAAAAAAAAAAA"},"timestamp":"2026-01-01T00:00:00.000Z"}';
		const mac = "hmac-sha256=229cf1055c7f77811bf7cafee6c3e3aba9bb4695c2de6ea10b1343922e619e21";
		const notice = (header: string | null, body = text) => ({ header: () => header, body: Buffer.from(body) });
		expect(watch.isGenuine(notice(mac), secret)).toBe(true);
		expect(watch.isGenuine(notice(mac, `${text} `), secret)).toBe(false);
		expect(watch.isGenuine(notice(mac), "b3RoZXI=")).toBe(false);
		for (const header of [null, "", mac.slice(0, -1), mac.replace("hmac-", ""), `hmac-sha256=${"z".repeat(64)}`]) {
			expect(watch.isGenuine(notice(header), secret)).toBe(false);
		}
	});

	test("a person's edit rings with a genuine, empty ping; the rows are fetched by cursor, once each", async () => {
		const { watchId, secret } = await opened();
		const [first, second] = [addRow(), addRow()];
		edit(first);
		edit(first);
		bench.scene.control.removeRow({ baseId: containerId, table, rowId: second });
		await hooks().settled();
		expect(receiver.notices.length).toBe(3);
		for (const notice of receiver.notices) {
			expect(watch.isGenuine(notice, secret)).toBe(true);
			expect(new TextDecoder().decode(notice.body)).not.toContain(first);
		}
		const result = await watch.changes(call(), { containerId, watchId, cursor: null });
		const value = { kind: "changes" as const, cursor: "4", more: false };
		expect(result).toEqual({ kind: "ok", value: { ...value, remoteIds: [first, second] } });
		const again = await watch.changes(call(), { containerId, watchId, cursor: "4" });
		expect(again).toEqual({ kind: "ok", value: { ...value, remoteIds: [] } });
	});

	test("what Sheaf writes itself by the API rings nothing", async () => {
		await opened();
		const target = await bench.target();
		const rows = [{ ref: "a", cells: { [target.matchKey[0] ?? ""]: "a" } }];
		expect(await bench.connector.push(call(), target, rows)).toMatchObject({ kind: "pushed" });
		await hooks().settled();
		expect(receiver.notices).toEqual([]);
	});

	test("more than one page of payloads says so, and the next page goes on", async () => {
		const { watchId } = await opened();
		hooks().pings = false;
		const rows = Array.from({ length: 60 }, () => addRow());
		for (const row of rows) edit(row);
		const first = await watch.changes(call(), { containerId, watchId, cursor: null });
		if (first.kind !== "ok" || first.value.kind !== "changes") throw new Error("It has no changes.");
		expect([first.value.remoteIds.length, first.value.more]).toEqual([50, true]);
		const rest = await watch.changes(call(), { containerId, watchId, cursor: first.value.cursor });
		expect(rest).toMatchObject({ kind: "ok", value: { remoteIds: rows.slice(50), more: false } });
	});

	test("opening once more after a cut replaces the one that was left, whose secret nobody knows", async () => {
		const before = await opened();
		const after = await opened();
		expect(
			hooks()
				.all()
				.map(({ id }) => id),
		).toEqual([after.watchId]);
		expect(after.secret).not.toBe(before.secret);
	});

	test("renewing puts the end off and has pings sent again that Airtable gave up on", async () => {
		const { watchId, expiresAt } = await opened();
		const hook = hooks().all()[0];
		if (hook === undefined) throw new Error("There is no webhook.");
		hook.notifies = false;
		hook.expiresAt -= 3 * 24 * 3_600_000;
		const renewed = await watch.renew(call(), { containerId, watchId });
		expect(renewed).toMatchObject({ kind: "ok", value: { kind: "renewed" } });
		expect(hook.notifies).toBe(true);
		expect(hook.expiresAt).toBeGreaterThanOrEqual(Date.parse(expiresAt ?? ""));
	});

	test("one that ran out is gone, and closing it is no failure", async () => {
		const { watchId } = await opened();
		for (const hook of hooks().all()) hook.expiresAt = Date.now() - 1;
		const gone = { kind: "ok", value: { kind: "gone" } } as const;
		expect(await watch.renew(call(), { containerId, watchId })).toEqual(gone);
		expect(await watch.changes(call(), { containerId, watchId, cursor: "1" })).toEqual(gone);
		expect(await watch.close(call(), { containerId, watchId })).toEqual({ kind: "ok", value: null });
	});

	test("a token without the scope is told so, and nothing is made", async () => {
		const result = await watch.open(bench.call(), { containerId, noticeUrl: noticeUrl() });
		expect(result.kind).toBe("refused");
		expect(hooks().all()).toEqual([]);
	});
});
