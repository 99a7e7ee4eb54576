import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Queue } from "bullmq";
import postgres from "postgres";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { createTestTenant } from "../../db/test-tenant.ts";
import { testPut } from "../../records/test-operations.ts";
import { createTestEngine } from "../../sync/test-engine.ts";
import { createTestTarget } from "../../targets/test-target.ts";
import { metrics } from "../../telemetry/metrics.ts";
import { type ElectricSimulator, electricSecret, startElectricSimulator } from "../testing/simulator-electric.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { makeMember } from "../testing/test-member.ts";
import { ask } from "../testing/test-person.ts";
import { createReadings } from "./readings.ts";

let db: TestDatabase;
let electric: ElectricSimulator;
let backend: TestBackend;
beforeAll(async () => {
	[db, electric] = await Promise.all([createTestDatabase(), startElectricSimulator()]);
	const variables = { ELECTRIC_URL: electric.url, ELECTRIC_SECRET: electricSecret() };
	backend = await startTestBackend({ variables });
});
afterAll(async () => {
	await backend.close();
	await electric.stop();
	await db.close();
});

/** As much of a queue as is read. */
const queueOf = (answer: () => Promise<Record<string, number>>) =>
	({ name: "deliver-lane", getJobCounts: answer }) as unknown as Queue;
const works = queueOf(async () => ({ waiting: 3, active: 0, delayed: 1, failed: 0 }));
const away = async () => await Promise.reject(new Error("away"));

const figuresOf = async (deps: Parameters<typeof createReadings>[0]) => {
	const text = metrics.text(await createReadings(deps)());
	return text.split("\n").filter((line) => /^sheaf_(dependency_up|queue_jobs|due_lanes|stuck_lanes)\b/.test(line));
};

test("OBS-2: a lane that nobody serves is read as due, and as stuck once it has waited five minutes", async () => {
	const engine = createTestEngine(db);
	const ann = await createTestTenant(db.database);
	const { targetId } = await createTestTarget(db.database, ann);
	await engine.write(ann, [testPut({ targetId })]);
	expect(await figuresOf({ database: db.database })).toContain("sheaf_due_lanes 1");
	const admin = postgres(db.url, { max: 1 });
	await admin`update sheaf.deliveries set next_attempt_at = now() - interval '6 minutes' where target_id = ${targetId}`;
	await admin.end();
	expect(await figuresOf({ database: db.database })).toContain("sheaf_stuck_lanes 1");
});

test("OBS-2: PostgreSQL and the queue's store are up when they answer and down when they do not, each by itself", async () => {
	const up = await figuresOf({ database: db.database, queues: [works] });
	expect(up).toContain('sheaf_dependency_up{dependency="postgres"} 1');
	expect(up).toContain('sheaf_dependency_up{dependency="queue"} 1');
	expect(up).toContain('sheaf_queue_jobs{queue="deliver-lane",state="waiting"} 3');
	const withoutQueue = await figuresOf({ database: db.database, queues: [queueOf(away)] });
	expect(withoutQueue).toContain('sheaf_dependency_up{dependency="postgres"} 1');
	expect(withoutQueue).toContain('sheaf_dependency_up{dependency="queue"} 0');
	expect(withoutQueue.filter((line) => line.startsWith("sheaf_queue_jobs"))).toEqual([]);
	const withoutDatabase = await figuresOf({ database: { asService: away, ping: away }, queues: [works] });
	expect(withoutDatabase).toContain('sheaf_dependency_up{dependency="postgres"} 0');
	expect(withoutDatabase).toContain('sheaf_dependency_up{dependency="queue"} 1');
	expect(withoutDatabase.filter((line) => /_lanes /.test(line))).toEqual([]);
});

test("OBS-2: Electric is up while it answers the gatekeeper, and down when it does not", async () => {
	const member = await makeMember(backend.url);
	const { body } = await member.send("POST", "/replication/token");
	const { token } = body as { token: string };
	const read = () => ask(`${backend.url}/api/v1/electric/shape?table=connections&offset=-1`, token);
	const figure = async () =>
		(await (await fetch(`${backend.url}/metrics`)).text())
			.split("\n")
			.find((line) => line.startsWith('sheaf_dependency_up{dependency="electric"}'));
	expect((await read()).status).toBe(200);
	expect(await figure()).toBe('sheaf_dependency_up{dependency="electric"} 1');
	electric.failOnce(500);
	expect((await read()).status).toBe(503);
	expect(await figure()).toBe('sheaf_dependency_up{dependency="electric"} 0');
	expect((await read()).status).toBe(200);
	expect(await figure()).toBe('sheaf_dependency_up{dependency="electric"} 1');
});
