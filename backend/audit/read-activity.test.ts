import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import type { ActivityQuery } from "../contract/activity.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestEngine, type TestEngine } from "../sync/test-engine.ts";
import { createTestTarget, type TestTarget } from "../targets/test-target.ts";
import { readActivity } from "./read-activity.ts";

let db: TestDatabase;
let engine: TestEngine;
let person: Principal;
let target: TestTarget;

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(async () => {
	await db.close();
});
beforeEach(async () => {
	engine = createTestEngine(db);
	person = await withSession(await createTestTenant(db.database));
	target = await createTestTarget(db.database, person);
});

const activity = (query: ActivityQuery = {}, who = person) => readActivity({ database: db.database }, who, query);

async function withSession(principal: Principal): Promise<Principal> {
	const sessionId = Bun.randomUUIDv7();
	await db.database.asIdentity(async (sql) => {
		await sql`
			insert into sheaf.device_sessions (id, user_id, workspace_id, client_id, device_id, device_name, refresh_token_hash,
				dpop_thumbprint, expires_at, absolute_expires_at)
			values (${sessionId}, ${principal.userId}, ${principal.workspaceId}, 'sheaf-extension', ${Bun.randomUUIDv7()},
				'Chrome on the desk', ${Buffer.from(sessionId)}, 'a thumbprint', now() + interval '1 day', now() + interval '1 day')`;
	});
	return { ...principal, sessionId };
}

test("SYNC-8: who did what, when, where and to what, in names", async () => {
	await engine.write(person, [testPut({ targetId: target.targetId, title: "A lamp" })]);
	const { entries, nextCursor } = await activity();
	expect(nextCursor).toBeNull();
	expect(entries).toEqual([
		{
			id: expect.any(String),
			at: expect.stringMatching(/^20\d\d-/),
			action: "record.put",
			subject: { type: "record", id: expect.any(String), name: "A lamp" },
			who: { userId: person.userId, name: `${person.userId}@example.test` },
			device: "Chrome on the desk",
			outcome: "stored",
		},
	]);
});

test("SYNC-8: what Sheaf did by itself is told from what a person did", async () => {
	engine.provider.onPush = async () => ({
		kind: "mend_target",
		reason: "delivery/column-missing",
		message: "The column “Name” is gone.",
	});
	await engine.write(person, [testPut({ targetId: target.targetId })]);
	await engine.deliver(person, target.lane);
	const [newest] = (await activity({ about: "target" })).entries;
	expect(newest).toMatchObject({ action: "target.pause", subject: { name: "Test" }, who: null, device: null });
});

test("SYNC-8: pages follow one another without a gap or a repeat, and one subject's are its own", async () => {
	for (let batch = 0; batch < 3; batch += 1) await engine.write(person, [testPut(), testPut(), testPut()]);
	const seen: string[] = [];
	let cursor: string | null = null;
	do {
		const page = await activity({ limit: 4, ...(cursor === null ? {} : { cursor }) });
		seen.push(...page.entries.map(({ id }) => id));
		cursor = page.nextCursor;
	} while (cursor !== null);
	expect(seen).toHaveLength(9);
	expect(seen).toEqual([...new Set(seen)].toSorted().toReversed());
	const [first] = (await activity()).entries;
	await expect(activity({ cursor: "nonsense" })).rejects.toThrow("cursor");
	expect((await activity({ subjectId: first?.subject.id ?? "" })).entries).toHaveLength(1);
});

test("SYNC-8: who is a member no more is a person without a name, and TEN-3: another tenant sees nothing", async () => {
	const gone = { ...person, userId: Bun.randomUUIDv7() };
	await engine.write(gone, [testPut()]);
	const [entry] = (await activity()).entries;
	expect(entry?.who).toEqual({ userId: gone.userId, name: null });
	expect((await activity({}, await createTestTenant(db.database))).entries).toEqual([]);
});
