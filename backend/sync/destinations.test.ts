import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { createGuardedHttp } from "../connectors/http.ts";
import type { MappingEntry, TargetView } from "../contract/targets.ts";
import type { RecordPutOperation } from "../contract/writes.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { decideConflict } from "../records/decide-conflict.ts";
import { readConflict } from "../records/read-conflict.ts";
import { testPut } from "../records/test-operations.ts";
import { createTarget } from "../targets/create-target.ts";
import { laneText } from "../targets/lane.ts";
import { getTarget } from "../targets/read-targets.ts";
import { updateTarget } from "../targets/update-target.ts";
import { createVault } from "../vault/vault.ts";
import {
	airtableDestination,
	baserowDestination,
	sheetsDestination,
	type TestDestination,
} from "./test-destinations.ts";
import { createTestEngine, type TestEngine } from "./test-engine.ts";

// A database is started for this file, and destinations are asked at their pace.
setDefaultTimeout(60_000);

let db: TestDatabase;
let engine: TestEngine;
let deps: ConnectionDeps;
let person: Principal;
let destination: TestDestination | null = null;

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(async () => {
	await db.close();
});
afterEach(async () => {
	await destination?.stop();
	destination = null;
});

const mapping: MappingEntry[] = [
	{ from: "title", to: "Key" },
	{ from: "url", to: "Text" },
	{ from: "price", to: "Number" },
];

/** The engine in front of a destination, and a target of its table. */
async function open(start: () => Promise<TestDestination>): Promise<{ at: TestDestination; target: TargetView }> {
	const at = await start();
	destination = at;
	const { id: provider, title } = at.connector.manifest;
	engine = createTestEngine(db);
	engine.deps.vault.open = async () => at.credential;
	engine.deps.connectors = new Map([[provider, at.connector]]);
	engine.deps.http = createGuardedHttp({ allowedOrigins: [at.url] });
	const vault = { ...createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]), ...engine.deps.vault };
	deps = { ...engine.deps, vault };
	person = await createTestTenant(db.database);
	const connectionId = crypto.randomUUID();
	await db.database.asTenant(
		person,
		(sql) => sql`
			insert into sheaf.connections (id, provider, name, account_id, account_label, credential_jwe)
			values (${connectionId}, ${provider}, ${title}, 'acc', 'Account', 'sealed')`,
	);
	const target = await createTarget(deps, person, {
		name: "Rows",
		connectionId,
		tableId: at.tableId,
		containerId: at.containerId,
		mapping,
		matchKey: ["Key"],
		frequency: "on_capture",
		conflictPolicy: "overwrite",
	});
	return { at, target };
}

async function send(target: TargetView, title: string): Promise<RecordPutOperation> {
	const put = testPut({ targetId: target.id, title, url: `https://a.test/${title}`, price: 1 });
	await engine.write(person, [put]);
	await engine.deliver(person, laneText(target));
	return put;
}

const destinations = [
	{ name: "Airtable", start: airtableDestination, renamed: "" },
	{ name: "Baserow", start: baserowDestination, renamed: "" },
	{ name: "Google Sheets", start: sheetsDestination, renamed: " It may be called “Text of it” now." },
];

test.each(destinations)(
	"SYNC-4: a column that is gone in $name is named, and once the mapping is mended what waits goes out",
	async ({ name, start, renamed }) => {
		const { at, target } = await open(start);
		at.loseText();
		const put = await send(target, "first");
		const paused = await getTarget(deps, person, target.id);
		expect(paused).toMatchObject({
			status: "paused",
			problem: { code: "delivery/column-missing", action: "mend_target" },
		});
		expect(paused.problem?.message).toBe(
			`The column “Text” is no longer in the table “${target.tableName}” of ${name}.${renamed} Records wait here until the mapping is mended.`,
		);
		expect(at.rows()).toEqual([]);
		const to = renamed === "" ? [] : [{ from: "url", to: "Text of it" }];
		const mended = mapping.flatMap((entry) => (entry.to === "Text" ? to : [entry]));
		await updateTarget(deps, person, { id: target.id, patch: { mapping: mended } });
		await engine.deliver(person, laneText(target));
		expect(await engine.record(person, put.record.id)).toMatchObject({ status: "delivered", problem: null });
		expect(at.rows()).toMatchObject([{ key: "first" }]);
	},
);

test.each(destinations)(
	"SYNC-3: two rows that were in $name with our key before we came are asked about, and the chosen one is filled",
	async ({ start }) => {
		const { at, target } = await open(start);
		for (const text of ["one", "two"]) at.plant({ key: "same", text });
		const { record } = await send(target, "same");
		expect(await engine.record(person, record.id)).toMatchObject({
			status: "needs_you",
			problem: { code: "delivery/match-ambiguous", action: "choose" },
		});
		expect(at.rows()).toEqual([
			{ key: "same", text: "one" },
			{ key: "same", text: "two" },
		]);
		const conflict = await readConflict(engine.deps, person, record.id);
		if (conflict.kind !== "ambiguous") throw new Error(`Asked about ${conflict.kind}.`);
		const remoteId = conflict.candidates[1]?.remoteId ?? "";
		await decideConflict(engine.deps, person, { id: record.id, decision: { remoteId } });
		await engine.deliver(person, laneText(target));
		expect(await engine.record(person, record.id)).toMatchObject({ status: "delivered" });
		expect(at.rows()).toEqual([
			{ key: "same", text: "one" },
			{ key: "same", text: "https://a.test/same" },
		]);
	},
);
