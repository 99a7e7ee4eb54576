import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { createConnection } from "../connections/create-connection.ts";
import type { TargetCreate } from "../contract/targets.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { createTestEngine, type TestEngine } from "../sync/test-engine.ts";
import { createVault } from "../vault/vault.ts";
import { createTarget } from "./create-target.ts";
import { updateTarget } from "./update-target.ts";

// A database is started for this file.
setDefaultTimeout(60_000);

let db: TestDatabase;
let engine: TestEngine;
let deps: ConnectionDeps;
let person: Principal;
let connectionId: string;

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(async () => {
	await db.close();
});

beforeEach(async () => {
	engine = createTestEngine(db);
	const vault = createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]);
	engine.deps.vault = vault;
	deps = { ...engine.deps, vault };
	person = await createTestTenant(db.database);
	connectionId = (await createConnection(deps, person, { provider: "scripted", credential: { token: "good" } })).id;
});

const wanted = (more: Partial<TargetCreate> = {}): TargetCreate => ({
	name: "Reading",
	connectionId,
	tableId: "table1",
	mapping: [
		{ from: "title", to: "Name" },
		{ from: "url", to: "Link" },
	],
	matchKey: ["Link"],
	frequency: "on_capture",
	conflictPolicy: "overwrite",
	...more,
});

test("SYNC-5: policies are kept by column id, and a column's own where it differs", async () => {
	const fieldPolicies = { Name: "fill_empty", colUrl: "ask", colPrice: "keep_remote" } as const;
	const { id, fieldPolicies: kept } = await createTarget(
		deps,
		person,
		wanted({ conflictPolicy: "ask", fieldPolicies }),
	);
	expect(kept).toEqual({ colTitle: "fill_empty" });
	expect(await updateTarget(deps, person, { id, patch: { name: "Other" } })).toMatchObject({ fieldPolicies: kept });
	expect(await updateTarget(deps, person, { id, patch: { fieldPolicies: {} } })).toMatchObject({ fieldPolicies: {} });
});

test("SYNC-5: where rows cannot be seen only overwriting is taken, at first and later", async () => {
	const { read: _, ...blind } = engine.provider.connector;
	deps.connectors = new Map([[blind.manifest.id, blind]]);
	const refused = { code: "targets/policy-unsupported" };
	await expect(createTarget(deps, person, wanted({ conflictPolicy: "fill_empty" }))).rejects.toMatchObject(refused);
	const { id } = await createTarget(deps, person, wanted());
	const patch = { fieldPolicies: { colTitle: "ask" } } as const;
	await expect(updateTarget(deps, person, { id, patch })).rejects.toMatchObject(refused);
});

test("SYNC-2: a schedule is saved with its next moment, and goes when the target sends on capture", async () => {
	const schedule = { timeZone: "Europe/Zurich", at: "08:30" };
	const target = await createTarget(deps, person, wanted({ frequency: "daily", schedule }));
	expect(target).toMatchObject({ frequency: "daily", schedule, lastRunAt: null });
	expect(Date.parse(target.nextRunAt ?? "")).toBeGreaterThan(Date.now());
	const { id } = target;
	const renamed = await updateTarget(deps, person, { id, patch: { name: "Other" } });
	expect(renamed).toMatchObject({ schedule, nextRunAt: target.nextRunAt });
	expect(await updateTarget(deps, person, { id, patch: { frequency: "on_capture" } })).toMatchObject({
		schedule: null,
		nextRunAt: null,
	});
	const patch = { frequency: "cron", schedule: { timeZone: "Europe/Zurich", cron: "* * * * *" } } as const;
	await expect(updateTarget(deps, person, { id, patch })).rejects.toMatchObject({ code: "targets/schedule-invalid" });
});

test("CON-2: steps and fixed values are kept, changed and taken out again; records' match keys follow", async () => {
	const transform = [{ kind: "url" as const }];
	const mapping = [
		{ from: "title", to: "Name" },
		{ from: "url", to: "Link", transform },
	];
	const constants = [{ to: "Price", value: { type: "number" as const, value: 1 } }];
	const { id, ...target } = await createTarget(deps, person, wanted({ mapping, constants }));
	expect(target).toMatchObject({
		mapping: [
			{ from: "title", to: "colTitle" },
			{ from: "url", to: "colUrl", transform },
		],
		constants: [{ to: "colPrice", value: { type: "number", value: 1 } }],
		columns: [{ id: "colTitle" }, { id: "colUrl" }, { id: "colPrice" }],
	});
	const without = await updateTarget(deps, person, { id, patch: { constants: [] } });
	expect(without).toMatchObject({
		constants: [],
		mapping: target.mapping,
		columns: [{ id: "colTitle" }, { id: "colUrl" }],
	});
	const renamed = await updateTarget(deps, person, { id, patch: { name: "Other" } });
	expect(renamed).toMatchObject({ name: "Other", mapping: target.mapping });
});

test("CON-2: a step or a fixed value that could never work is refused when it is saved, with the column named", async () => {
	const [title, url] = wanted().mapping;
	if (title === undefined || url === undefined) throw new Error("no mapping");
	const mapping = [{ ...title, transform: [{ kind: "regex" as const, pattern: "(?=a)", replace: "" }] }, url];
	await expect(createTarget(deps, person, wanted({ mapping }))).rejects.toMatchObject({
		code: "targets/transform-invalid",
		message: expect.stringContaining("“Name”"),
		details: { column: "colTitle", step: 0 },
	});
	const refused = { code: "targets/constant-invalid", details: { column: "colPrice" } };
	for (const value of ["many", " "]) {
		const constants = [{ to: "Price", value: { type: "text" as const, value } }];
		await expect(createTarget(deps, person, wanted({ constants }))).rejects.toMatchObject(refused);
	}
	const standIn = { kind: "default" as const, value: { type: "text" as const, value: "n/a" } };
	const priced = [title, url, { from: "price", to: "Price", transform: [standIn] }];
	await expect(createTarget(deps, person, wanted({ mapping: priced }))).rejects.toMatchObject({
		code: "targets/transform-invalid",
		details: { column: "colPrice" },
	});
	const { id } = await createTarget(deps, person, wanted());
	const constants = [{ to: "Nope", value: { type: "number" as const, value: 1 } }];
	await expect(updateTarget(deps, person, { id, patch: { constants } })).rejects.toMatchObject({
		code: "targets/mapping-invalid",
	});
});

test("J6: nothing can be sent to an account that is only picked from, and it is not asked for its tables", async () => {
	const { connector } = engine.provider;
	const onlyRead = { ...connector, manifest: { ...connector.manifest, onlySource: true as const } };
	const asked = engine.provider.requests.length;
	await expect(
		createTarget({ ...deps, connectors: new Map([["scripted", onlyRead]]) }, person, wanted()),
	).rejects.toMatchObject({ code: "targets/only-read", details: { provider: connector.manifest.title } });
	expect(engine.provider.requests).toHaveLength(asked);
});
