import { afterAll, beforeAll, expect, test } from "bun:test";
import type { RecordPage } from "../../contract/records.ts";
import { testPut } from "../../records/test-operations.ts";
import { createTestTarget } from "../../targets/test-target.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { makeMember, type Send } from "../testing/test-member.ts";

let backend: TestBackend;
let send: Send;
let targetId: string;
beforeAll(async () => {
	backend = await startTestBackend();
	const { userId, personalId, ...member } = await makeMember(backend.url);
	send = member.send;
	const { database } = backend.testDatabase;
	const principal = { userId, workspaceId: personalId, role: "owner", sessionId: null, deviceId: null } as const;
	({ targetId } = await createTestTarget(database, principal));
	await send("PATCH", `/targets/${targetId}`, { review: true });
});
afterAll(async () => {
	await backend.close();
});

const waiting = async () => {
	const { body } = await send("GET", "/records?review=waiting");
	return (body as RecordPage).records.map(({ id }) => id).toSorted();
};

test("SYNC-2: what waits is listed, and approved by its id or with all of its target", async () => {
	const [one, two] = [testPut({ targetId }), testPut({ targetId })];
	await send("POST", "/writes/batch", { operations: [one, two] });
	expect((await send("GET", `/targets/${targetId}`)).body).toMatchObject({ review: true, waiting: 2, inReview: 2 });
	expect(await waiting()).toEqual([one.record.id, two.record.id].toSorted());
	expect((await send("POST", "/records/approve", { ids: [one.record.id] })).body).toEqual({ approved: 1 });
	expect(await waiting()).toEqual([two.record.id]);
	expect((await send("POST", "/records/approve", { targetId })).body).toEqual({ approved: 1 });
	expect(await waiting()).toEqual([]);
});

test("SYNC-2: neither, none or something else is not taken; a target that is nowhere is not found", async () => {
	for (const body of [{}, { ids: [] }, { ids: ["one"] }, { targetId: "all" }]) {
		expect(await send("POST", "/records/approve", body)).toMatchObject({ status: 400, code: "request/invalid" });
	}
	expect(await send("POST", "/records/approve", { targetId: crypto.randomUUID() })).toMatchObject({
		status: 404,
		code: "targets/not-found",
	});
});
