import { afterAll, beforeAll, expect, test } from "bun:test";
import type { ConnectionView } from "../../contract/connections.ts";
import type { RecordPage, RecordView } from "../../contract/records.ts";
import type { TargetView } from "../../contract/targets.ts";
import type { WritesBatchResponse } from "../../contract/writes.ts";
import { testDelete, testPut } from "../../records/test-operations.ts";
import { createTestConnector } from "../../sync/test-connector.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { ask, errorCode, json, makePerson } from "../testing/test-person.ts";

let backend: TestBackend;
let ann: string;
let ben: string;

beforeAll(async () => {
	const { connector } = createTestConnector();
	backend = await startTestBackend({ deps: { connectors: new Map([[connector.manifest.id, connector]]) } });
	const signIn = async () => (await (await makePerson(backend.url)).tokens()).access_token;
	ann = await signIn();
	ben = await signIn();
});
afterAll(async () => {
	await backend.close();
});

/** @param what method and path, as in "GET /records" */
const send = (token: string, what: string, body?: unknown) =>
	ask(`${backend.url}/api/v1${what.slice(what.indexOf("/"))}`, token, {
		method: what.slice(0, what.indexOf(" ")),
		...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
	});
const write = async (token: string, operations: unknown[]) =>
	(await json<WritesBatchResponse>(await send(token, "POST /writes/batch", { operations }))).results;

async function makeTarget(token: string): Promise<TargetView> {
	const connected = await send(token, "POST /connections", { provider: "scripted", credential: { token: "good" } });
	expect(connected.status).toBe(200);
	const { id } = await json<ConnectionView>(connected);
	const made = await send(token, "POST /targets", {
		name: "Reading",
		connectionId: id,
		tableId: "table1",
		mapping: [{ from: "url", to: "Link" }],
		matchKey: ["url"],
		frequency: "on_capture",
		conflictPolicy: "overwrite",
	});
	expect(made.status).toBe(200);
	return await json<TargetView>(made);
}

test("OUT-3: a batch is answered 200 with one result per operation, whatever became of each", async () => {
	const put = testPut();
	const answer = await send(ann, "POST /writes/batch", { operations: [put, { id: "x" }, put] });
	expect(answer.status).toBe(200);
	const { results } = await json<WritesBatchResponse>(answer);
	expect(results.map(({ id, status }) => [id, status])).toEqual([
		[put.id, "stored"],
		["x", "rejected"],
		[put.id, "duplicate"],
	]);
	expect(results[1]?.error?.code).toBe("writes/operation-invalid");
});

test.each([
	["no operations", { operations: [] }, "request/invalid"],
	["no list", { operations: "all" }, "request/invalid"],
])("OUT-3: an envelope with %s is refused as a whole", async (_, body, code) => {
	const answer = await send(ann, "POST /writes/batch", body);
	expect([answer.status, await errorCode(answer)]).toEqual([400, code]);
});

test("OUT-3: more than 500 operations are refused with their own code", async () => {
	const operations = Array.from({ length: 501 }, () => testDelete(crypto.randomUUID()));
	const answer = await send(ann, "POST /writes/batch", { operations });
	expect([answer.status, await errorCode(answer)]).toEqual([400, "writes/too-many-operations"]);
});

test("TEN-4: records are listed by pages, by ids and by target, and shown one by one", async () => {
	const { id: targetId } = await makeTarget(ann);
	const puts = [testPut({ targetId }), testPut({ targetId }), testPut()];
	await write(ann, puts);
	const ids = puts.map(({ record }) => record.id);
	const page = async (query: string) => {
		const answer = await send(ann, `GET /records?${query}`);
		if (answer.status !== 200) throw new Error(`${query} was answered ${answer.status} ${await answer.text()}`);
		return await json<RecordPage>(answer);
	};
	expect((await page(`ids=${ids.join(",")}&limit=100`)).records).toHaveLength(3);
	const first = await page(`targetId=${targetId}&limit=1`);
	expect(first.records).toHaveLength(1);
	const second = await page(`targetId=${targetId}&limit=1&cursor=${first.nextCursor}`);
	expect(second.nextCursor).toBeNull();
	const shown = [...first.records, ...second.records].map(({ id }) => id).toSorted();
	expect(shown).toEqual(ids.slice(0, 2).toSorted());
	expect(await json<RecordView>(await send(ann, `GET /records/${ids[0]}`))).toMatchObject({
		status: "stored",
		targetId,
		fields: puts[0]?.record.fields ?? {},
	});
});

test("TEN-2, TEN-3: with Ann's ids Ben gets nothing and changes nothing", async () => {
	const target = await makeTarget(ann);
	const put = testPut({ targetId: target.id, title: "Ann's" });
	await write(ann, [put]);
	const { id } = put.record;
	expect((await json<RecordPage>(await send(ben, `GET /records?ids=${id}`))).records).toEqual([]);
	expect((await json<RecordPage>(await send(ben, `GET /records?targetId=${target.id}`))).records).toEqual([]);
	for (const [method, path, body] of [
		["GET", `/records/${id}`],
		["POST", `/records/${id}/retry`],
		["GET", `/targets/${target.id}`],
		["PATCH", `/targets/${target.id}`, { paused: true }],
		["POST", `/targets/${target.id}/runs`],
		["DELETE", `/targets/${target.id}`],
		["GET", `/connections/${target.connectionId}`],
		["GET", `/connections/${target.connectionId}/tables`],
		["PATCH", `/connections/${target.connectionId}`, { name: "Ben's" }],
		["DELETE", `/connections/${target.connectionId}?force=true`],
		["POST", "/targets/suggest", suggestion(target.connectionId)],
	] as const) {
		expect([method, path, (await send(ben, `${method} ${path}`, body)).status]).toEqual([method, path, 404]);
	}
	const overwrite = testPut({ recordId: id, operationId: put.id, version: 9, title: "Ben's" });
	const [foreignTarget] = await write(ben, [testPut({ targetId: target.id })]);
	expect(foreignTarget?.error?.code).toBe("writes/target-unknown");
	await write(ben, [{ ...overwrite, workspaceId: "x", ownerId: "y" }, testDelete(id)]);
	expect(await json<RecordView>(await send(ann, `GET /records/${id}`))).toMatchObject({
		version: 1,
		source: { title: "Ann's" },
	});
	expect(await json<TargetView>(await send(ann, `GET /targets/${target.id}`))).toMatchObject({ status: "active" });
});

function suggestion(connectionId: string) {
	return { connectionId, tableId: "table1", fields: [{ name: "url", type: "url" }] };
}

test("CON-2, ACC-1: refusals about accounts and tables are told by their codes", async () => {
	const { connectionId } = await makeTarget(ann);
	const code = async (method: string, path: string, body: unknown) => {
		const answer = await send(ann, `${method} ${path}`, body);
		return [answer.status, await errorCode(answer)];
	};
	const connection = (provider: string, credential: object) => ({ provider, credential });
	expect(await code("POST", "/connections", connection("nope", {}))).toEqual([400, "connections/provider-unknown"]);
	expect(await code("POST", "/connections", connection("scripted", { token: "bad" }))).toEqual([
		422,
		"connections/credential-refused",
	]);
	expect(await code("POST", "/connections", connection("scripted", { token: "weak" }))).toEqual([
		422,
		"connections/scope-missing",
	]);
	const unknownTable = { ...suggestion(connectionId), tableId: "table9" };
	expect(await code("POST", "/targets/suggest", unknownTable)).toEqual([404, "targets/table-unknown"]);
	expect((await send(ann, `DELETE /connections/${connectionId}`)).status).toBe(204);
	const kept = await json<ConnectionView>(await send(ann, `GET /connections/${connectionId}`));
	expect(kept).toMatchObject({ status: "disconnected" });
	expect((await send(ann, `DELETE /connections/${connectionId}?force=true`)).status).toBe(204);
});
