import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { findDueLanes } from "../sync/sweep.ts";
import { createTestEngine, type TestEngine } from "../sync/test-engine.ts";
import { createTestTarget } from "../targets/test-target.ts";
import { type CheckpointName, installCheckpointListener } from "../telemetry/checkpoint.ts";
import { removeWorkspace } from "../workspaces/remove-workspace.ts";

let db: TestDatabase;
let remove = () => {};
beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(() => db.close());
afterEach(() => remove());

const removeIt = ({ workspaceId }: Principal) => db.database.asIdentity((sql) => removeWorkspace(sql, workspaceId));

async function waitingLane(): Promise<{ person: Principal; lane: string; engine: TestEngine }> {
	const person = await createTestTenant(db.database);
	const engine = createTestEngine(db);
	const { targetId, lane } = await createTestTarget(db.database, person);
	await engine.write(person, [testPut({ targetId })]);
	return { person, lane, engine };
}

test("SEC-4: a job that was queued for a deleted workspace finds nothing to do, and nobody rings for it again", async () => {
	const { person, lane, engine } = await waitingLane();
	await removeIt(person);
	await engine.deliver(person, lane);
	expect(engine.provider.requests).toEqual([]);
	expect(engine.rung.filter(({ workspaceId }) => workspaceId === person.workspaceId)).toHaveLength(1);
	expect((await findDueLanes(db.database.asService)).filter((due) => due.workspaceId === person.workspaceId)).toEqual(
		[],
	);
});

const points: CheckpointName[] = [
	"deliver/after-claim",
	"deliver/before-push",
	"deliver/after-accept",
	"deliver/before-settle",
];

test.each(points)(
	"SEC-4: a workspace that is deleted at %s takes everything along; the job ends and writes nothing back",
	async (point) => {
		const { person, lane, engine } = await waitingLane();
		remove = installCheckpointListener(async (name) => {
			if (name === point) await removeIt(person);
		});
		await engine.deliver(person, lane);
		const left = await db.database.asTenant(
			person,
			(sql) => sql`
			select 1 from sheaf.deliveries union all select 1 from sheaf.delivery_attempts union all select 1 from sheaf.audit_log`,
		);
		expect(left).toHaveLength(0);
	},
);
