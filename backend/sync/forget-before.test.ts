import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut, testUndo } from "../records/test-operations.ts";
import { createTestTarget } from "../targets/test-target.ts";
import { forgetBefore } from "./forget-before.ts";
import { createTestEngine } from "./test-engine.ts";

let db: TestDatabase;
let person: Principal;
beforeAll(async () => {
	db = await createTestDatabase();
	person = await createTestTenant(db.database);
});
afterAll(async () => {
	await db.close();
});

test("OBS-1: what a row said before is wiped once its day is over, and undo is not offered any more", async () => {
	const engine = createTestEngine(db);
	const { targetId, lane } = await createTestTarget(db.database, person);
	const { record, ...put } = testPut({ targetId });
	engine.provider.rows().set(record.source.url, { colUrl: record.source.url, colTitle: "Canary of somebody else" });
	await engine.write(person, [{ ...put, record }]);
	await engine.deliver(person, lane);
	const kept = async () =>
		(
			await db.database.asTenant(
				person,
				async (sql) => await sql<{ row: string }[]>`select to_jsonb(d)::text as row from sheaf.deliveries d`,
			)
		).some(({ row }) => row.includes("Canary"));
	await forgetBefore(db.database);
	expect(await kept()).toBe(true);
	await db.database.asTenant(person, async (sql) => {
		await sql`update sheaf.deliveries set undo_until = now() - interval '1 second'`;
	});
	expect((await engine.record(person, record.id)).undo).toBeNull();
	await forgetBefore(db.database);
	expect(await kept()).toBe(false);
	expect(await engine.write(person, [testUndo(record.id)])).toMatchObject([
		{ status: "rejected", error: { code: "records/not-undoable" } },
	]);
});
