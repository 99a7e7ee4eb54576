import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { createTestTarget } from "../targets/test-target.ts";
import { acceptWrites, type WriteDeps } from "./accept-writes.ts";
import { getRecord } from "./list-records.ts";
import { testDelete, testId, testPut } from "./test-operations.ts";

let db: TestDatabase;
let deps: WriteDeps;
let person: Principal;

beforeAll(async () => {
	db = await createTestDatabase();
	deps = { database: db.database, connectors: new Map(), ring: async () => undefined, log: { warn: () => undefined } };
	person = await createTestTenant(db.database);
});

afterAll(async () => {
	await db.close();
});

const statuses = async (operations: unknown[], principal = person): Promise<string[]> =>
	(await acceptWrites(deps, principal, operations)).map(({ status, error }) => error?.code ?? status);

test("OUT-3: a removal takes the record and what waits of it, and may be repeated", async () => {
	const { targetId } = await createTestTarget(db.database, person);
	const put = testPut({ targetId });
	const remove = testDelete(put.record.id);
	expect(await statuses([put, remove])).toEqual(["stored", "stored"]);
	expect(await statuses([remove, testDelete(put.record.id)])).toEqual(["duplicate", "stored"]);
	const [left] = await db.database.asTenant(
		person,
		async (sql) => await sql`select count(*)::integer as n from sheaf.deliveries where record_id = ${put.record.id}`,
	);
	expect(left).toEqual({ n: 0 });
});

test("OUT-3: a removed record can be put again, in the same batch too", async () => {
	const put = testPut({ version: 5 });
	expect(await statuses([put])).toEqual(["stored"]);
	const again = testPut({ recordId: put.record.id, version: 2, title: "Back" });
	expect(await statuses([testDelete(put.record.id), again])).toEqual(["stored", "stored"]);
	expect(await getRecord(deps, person, put.record.id)).toMatchObject({ version: 2, source: { title: "Back" } });
});

test("I4: a removal that comes after the record was put back leaves the newer version", async () => {
	const put = testPut({ version: 1 });
	const back = testPut({ recordId: put.record.id, version: 2, title: "Back" });
	const late = testDelete(put.record.id, testId(), 1);
	expect(await statuses([put, back, late])).toEqual(["stored", "stored", "duplicate"]);
	expect(await statuses([late, testDelete(put.record.id, testId(), 1)])).toEqual(["duplicate", "duplicate"]);
	expect(await getRecord(deps, person, put.record.id)).toMatchObject({ version: 2, source: { title: "Back" } });
	expect(await statuses([testDelete(put.record.id, testId(), 2)])).toEqual(["stored"]);
	expect(await statuses([testDelete(put.record.id, late.id, 2)])).toEqual(["writes/operation-conflict"]);
});

test("I4: a put that comes after its removal brings nothing back, and Undo does", async () => {
	const put = testPut({ version: 2 });
	expect(await statuses([testDelete(put.record.id, testId(), 2)])).toEqual(["stored"]);
	expect(await statuses([put, testPut({ recordId: put.record.id, version: 1 })])).toEqual(["duplicate", "duplicate"]);
	await expect(getRecord(deps, person, put.record.id)).rejects.toMatchObject({ code: "records/not-found" });
	expect(await statuses([testPut({ recordId: put.record.id, version: 3, title: "Undone" })])).toEqual(["stored"]);
	expect(await getRecord(deps, person, put.record.id)).toMatchObject({ version: 3, source: { title: "Undone" } });
});
