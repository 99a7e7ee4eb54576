import { afterAll, beforeAll, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestTarget } from "../targets/test-target.ts";
import { metrics } from "../telemetry/metrics.ts";
import { createLaneFigures } from "./lane-figures.ts";
import { createTestEngine } from "./test-engine.ts";
import { watchProvider } from "./watch-provider.ts";

let db: TestDatabase;
let admin: Sql;
beforeAll(async () => {
	db = await createTestDatabase();
	admin = postgres(db.url, { max: 1 });
});
afterAll(async () => {
	await admin.end();
	await db.close();
});

const figures = () => createLaneFigures(db.database.asService)();
const valueOf = (line: string) =>
	Number(
		metrics
			.text()
			.split("\n")
			.find((one) => one.startsWith(`${line} `))
			?.split(" ")[1] ?? 0,
	);

test("OBS-2: a lane is stuck when its oldest record has been due for five minutes and nobody is at it", async () => {
	const engine = createTestEngine(db);
	const [ann, bob] = [await createTestTenant(db.database), await createTestTenant(db.database)];
	const [hers, his] = [await createTestTarget(db.database, ann), await createTestTarget(db.database, bob)];
	await engine.write(ann, [testPut({ targetId: hers.targetId }), testPut({ targetId: hers.targetId })]);
	await engine.write(bob, [testPut({ targetId: his.targetId })]);
	expect(await figures()).toEqual({ due: 2, stuck: 0 });
	await admin`update sheaf.deliveries set next_attempt_at = now() - interval '6 minutes' where target_id = ${hers.targetId}`;
	expect(await figures()).toEqual({ due: 2, stuck: 1 });
	// A long backlog that somebody works on is none.
	await admin`
		update sheaf.deliveries set state = 'delivering', lease_owner = gen_random_uuid(), lease_until = now() + interval '10 seconds'
		where record_id = (select record_id from sheaf.deliveries where target_id = ${hers.targetId} limit 1)`;
	expect(await figures()).toEqual({ due: 2, stuck: 0 });
	// Of a paused target nothing is due.
	await admin`update sheaf.targets set status = 'paused' where id in (${hers.targetId}, ${his.targetId})`;
	expect(await figures()).toEqual({ due: 0, stuck: 0 });
});

test("OBS-2: a delivered record is counted, with the time since it was due", async () => {
	const before = {
		count: valueOf("sheaf_sync_seconds_count"),
		delivered: valueOf('sheaf_deliveries_total{outcome="delivered"}'),
	};
	const engine = createTestEngine(db);
	const ann = await createTestTenant(db.database);
	const { targetId, lane } = await createTestTarget(db.database, ann);
	await engine.write(ann, [testPut({ targetId })]);
	await engine.deliver(ann, lane);
	expect(valueOf("sheaf_sync_seconds_count")).toBe(before.count + 1);
	expect(valueOf('sheaf_deliveries_total{outcome="delivered"}')).toBe(before.delivered + 1);
});

test("OBS-2: what a provider answers is counted by class, and 429 by itself", async () => {
	const answers = [200, 404, 429, 503];
	const http = watchProvider(async () => {
		const status = answers.shift();
		if (status === undefined) return { kind: "unanswered", reason: "timeout" };
		return { kind: "answered", status, headers: new Headers(), text: "" };
	}, "counted");
	for (let each = 0; each < 5; each += 1) {
		await http({ method: "GET", url: "https://example.test/private?q=1", signal: new AbortController().signal });
	}
	for (const status of ["2xx", "4xx", "429", "5xx", "unanswered"]) {
		expect(valueOf(`sheaf_provider_answers_total{provider="counted",status="${status}"}`), status).toBe(1);
	}
	expect(valueOf('sheaf_provider_seconds_count{provider="counted"}')).toBe(5);
	expect(metrics.text()).not.toContain("private");
});

test("OBS-2: a row that row-level security refuses is counted, and pools tell what is open in them", async () => {
	const before = valueOf("sheaf_rls_denials_total");
	const took = valueOf("sheaf_tenant_transaction_seconds_count");
	const [ann, bob] = [await createTestTenant(db.database), await createTestTenant(db.database)];
	const insert = db.database.asTenant(
		ann,
		(sql) => sql`insert into sheaf.recipes (id, workspace_id) values (${crypto.randomUUID()}, ${bob.workspaceId})`,
	);
	expect(valueOf('sheaf_pool_transactions{pool="api"}')).toBe(1);
	await insert.catch(() => undefined);
	expect(valueOf("sheaf_rls_denials_total")).toBe(before + 1);
	expect(valueOf("sheaf_tenant_transaction_seconds_count")).toBeGreaterThan(took);
	expect(valueOf('sheaf_pool_transactions{pool="api"}')).toBe(0);
	expect(valueOf('sheaf_pool_connections_max{pool="api"}')).toBe(10);
});
