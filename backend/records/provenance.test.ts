import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { acceptWrites, type WriteDeps } from "./accept-writes.ts";
import { getRecord } from "./list-records.ts";
import { testId, testPut } from "./test-operations.ts";

let db: TestDatabase;
let deps: WriteDeps;
let person: Principal;

beforeAll(async () => {
	db = await createTestDatabase();
	const log = { warn: () => undefined };
	deps = { database: db.database, ring: async () => undefined, connectors: new Map(), log };
	person = await createTestTenant(db.database);
});
afterAll(async () => {
	await db.close();
});

const title = { from: "json-ld", path: "Product.name", confidence: 0.95 } as const;

/** With whatever a client may send. */
const putWith = (provenance: unknown, over: Parameters<typeof testPut>[0] = {}) => {
	const put = testPut(over);
	return { ...put, record: { ...put.record, provenance } };
};
const statuses = async (...operations: unknown[]): Promise<string[]> =>
	(await acceptWrites(deps, person, operations)).map(({ status, error }) => error?.code ?? status);
const shown = async (id: string) => (await getRecord(deps, person, id)).provenance;

test("CAP-1: where each value was found is stored with the record and shown with it; the next version has its own", async () => {
	const put = putWith({ url: { from: "link", confidence: 0.7 }, title });
	expect(await statuses(put)).toEqual(["stored"]);
	expect(await shown(put.record.id)).toEqual({ title, url: { from: "link", confidence: 0.7 } });
	const typed = { title: { from: "typed", confidence: 1 } };
	expect(await statuses(putWith(typed, { recordId: put.record.id, version: 2 }))).toEqual(["stored"]);
	expect(await shown(put.record.id)).toEqual({ title: { from: "typed", confidence: 1 } });
	expect(await statuses(testPut({ recordId: put.record.id, version: 3 }))).toEqual(["stored"]);
	expect(await shown(put.record.id)).toEqual({});
});

test("CAP-1: what names no field is not kept, nor what the contract does not name", async () => {
	const put = putWith({ title: { ...title, extra: "x" }, price: title });
	expect(await statuses(put)).toEqual(["stored"]);
	expect(await shown(put.record.id)).toEqual({ title });
});

test("OUT-3: an origin that cannot be stored sinks its own operation and no other", async () => {
	const bad = [
		{ title: { from: "somewhere", confidence: 1 } },
		{ title: { from: "meta", confidence: 2 } },
		{ title: { from: "meta", confidence: 1, path: "x".repeat(201) } },
		{ title: { from: "meta", confidence: 1, path: "a\0b" } },
		Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`field${index}`, title])),
	];
	const answers = await statuses(...bad.map((provenance) => putWith(provenance)), putWith({ title }));
	const invalid = "writes/operation-invalid";
	expect(answers).toEqual([invalid, invalid, invalid, "writes/text-invalid", invalid, "stored"]);
});

test("I4: the same operation with another origin is not the same operation", async () => {
	const ids = { operationId: testId(), recordId: testId() };
	expect(await statuses(putWith({ title }, ids))).toEqual(["stored"]);
	const again = putWith({ title }, { ...ids, url: `https://example.test/${ids.recordId}` });
	expect(await statuses(again)).toEqual(["duplicate"]);
	const other = putWith(
		{ title: { from: "typed", confidence: 1 } },
		{ ...ids, url: `https://example.test/${ids.recordId}` },
	);
	expect(await statuses(other)).toEqual(["writes/operation-conflict"]);
});
