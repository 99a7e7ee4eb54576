import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import type { RecordQuery } from "../contract/records.ts";
import { createAsService } from "../db/as-service.ts";
import { createAsTenant } from "../db/as-tenant.ts";
import type { Principal } from "../db/principal.ts";
import { roleUrl } from "../db/roles.ts";
import { fillBacklog } from "../db/test-backlog.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { listRecords } from "../records/list-records.ts";
import { parseLane } from "../targets/lane.ts";
import { createTestTarget, type TestTarget } from "../targets/test-target.ts";
import { claim } from "./claim.ts";
import { findDueLanes } from "./sweep.ts";

setDefaultTimeout(120_000);

const waiting = 100_000;

let db: TestDatabase;
let admin: Sql;
let pools: Sql[];
let doors: { asTenant: ReturnType<typeof createAsTenant>; asService: ReturnType<typeof createAsService> };
let person: Principal;
let targets: TestTarget[];
/** The pages that each statement touched. */
let touched: number[] = [];

/** The server tells the plan of every statement of these pools, with what it read. */
beforeAll(async () => {
	db = await createTestDatabase();
	admin = postgres(db.url, { max: 1, onnotice: () => undefined });
	const name = new URL(db.url).pathname.slice(1);
	await admin.unsafe(`
		alter database ${name} set session_preload_libraries = 'auto_explain';
		alter database ${name} set auto_explain.log_min_duration = 0;
		alter database ${name} set auto_explain.log_analyze = on;
		alter database ${name} set auto_explain.log_buffers = on;
		alter database ${name} set auto_explain.log_timing = off;
		alter database ${name} set auto_explain.log_format = 'json';
		alter database ${name} set auto_explain.log_level = 'notice'`);
	person = await createTestTenant(db.database);
	targets = [];
	for (let made = 0; made < 5; made += 1) {
		targets.push(await createTestTarget(db.database, person, { containerId: `base${made}` }));
	}
	const [first, ...others] = targets;
	if (first === undefined) throw new Error("no target");
	await fillBacklog(db, person, { ...first, count: waiting });
	for (const target of others) await fillBacklog(db, person, { ...target, count: 5_000 });
	const open = (role: "sheaf_api" | "sheaf_service") =>
		postgres(roleUrl(db.url, db.databaseKey, role), {
			max: 1,
			transform: { column: { from: postgres.toCamel, to: postgres.fromCamel } },
			onnotice: ({ message }) => note(message ?? ""),
		});
	const [api, service] = [open("sheaf_api"), open("sheaf_service")];
	pools = [api, service];
	doors = { asTenant: createAsTenant(api), asService: createAsService(service) };
});
afterAll(async () => {
	await Promise.all([...pools, admin].map((pool) => pool.end()));
	await db.close();
});

function note(message: string): void {
	const json = message.slice(message.indexOf("{"));
	if (!message.includes("plan:")) return;
	const { Plan: plan } = JSON.parse(json) as { Plan: Record<string, number> };
	touched.push((plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0));
}

/** The most pages that one statement of the work touched. */
async function pagesOf(work: () => Promise<unknown>): Promise<number> {
	touched = [];
	await work();
	if (touched.length === 0) throw new Error("The server told no plan.");
	return Math.max(...touched);
}

/** Without statistics, as after an import, and with them: plans hang on both. */
const states = ["not analysed", "analysed"] as const;

test.each(states)(
	"SYNC-4: with 100,000 waiting, %s, claims, the sweep and lists read what they answer",
	async (state) => {
		if (state === "analysed") await admin`analyze`;
		for (const { lane: laneText } of targets) {
			const lane = parseLane(laneText);
			if (lane === null) throw new Error(`${laneText} is no lane.`);
			const { workspaceId } = person;
			const leaseOwner = crypto.randomUUID();
			const request = { workspaceId, lane, laneText, leaseOwner, maxRows: 10, afterTargetId: null };
			// Ten rows: looked at, written, with their attempts and their indexes.
			expect(await pagesOf(() => claim(doors.asTenant, request))).toBeLessThan(1_000);
		}
		expect(await pagesOf(() => findDueLanes(doors.asService))).toBeLessThan(300);
		const list = (query: RecordQuery) => pagesOf(() => listRecords({ database: doors }, person, query));
		expect(await list({})).toBeLessThan(1_000);
		expect(await list({ status: "stored" })).toBeLessThan(1_000);
		expect(await list({ status: "needs_you" })).toBeLessThan(100);
		expect(await list({ review: "waiting" })).toBeLessThan(100);
	},
);
