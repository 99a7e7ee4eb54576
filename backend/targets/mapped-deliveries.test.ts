import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { createConnection } from "../connections/create-connection.ts";
import type { Fields } from "../contract/fields.ts";
import type { TargetCreate } from "../contract/targets.ts";
import type { RecordPutOperation } from "../contract/writes.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestEngine, type TestEngine } from "../sync/test-engine.ts";
import { createVault } from "../vault/vault.ts";
import { createTarget } from "./create-target.ts";
import { laneText } from "./lane.ts";
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
		{ from: "title", to: "Name", transform: [{ kind: "split", separator: " | ", take: 0 }] },
		{ from: "url", to: "Link", transform: [{ kind: "url" }] },
		{ from: "cost", to: "Price", transform: [{ kind: "number", decimal: "," }] },
	],
	matchKey: ["Link"],
	frequency: "on_capture",
	conflictPolicy: "overwrite",
	...more,
});

const putOf = (targetId: string, fields: Fields): RecordPutOperation => {
	const put = testPut({ targetId });
	return { ...put, record: { ...put.record, fields } };
};
const text = (value: string) => ({ type: "text" as const, value });
const url = (value: string) => ({ type: "url" as const, value });

test("CON-2: values go into their columns after the steps, and what nobody captured is the constant", async () => {
	const constants = [{ to: "Price", value: { type: "number" as const, value: 7 } }];
	const target = await createTarget(deps, person, wanted({ constants }));
	const put = (fields: Fields) => putOf(target.id, fields);
	await engine.write(person, [
		put({ title: text("News | Site"), url: url("https://a.test/?utm_source=x"), cost: text("1.234,50 kr") }),
		put({ title: text("Other"), url: url("https://b.test/") }),
	]);
	await engine.deliver(person, laneText(target));
	expect([...engine.provider.rows().values()]).toEqual([
		{ colTitle: "News", colUrl: "https://a.test/", colPrice: 1234.5 },
		{ colTitle: "Other", colUrl: "https://b.test/", colPrice: 7 },
	]);
});

test("OUT-5: one page captured under two addresses is one row, and its key is the very text in the cell", async () => {
	const target = await createTarget(deps, person, wanted());
	const put = (address: string) => putOf(target.id, { title: text("T"), url: url(address) });
	await engine.write(person, [put("https://A.test/x?fbclid=1")]);
	await engine.deliver(person, laneText(target));
	await engine.write(person, [put("https://a.test:443/x?utm_medium=mail#top")]);
	await engine.deliver(person, laneText(target));
	expect([...engine.provider.rows().keys()]).toEqual(["https://a.test/x"]);
	expect(engine.provider.created.get("https://a.test/x")).toBe(1);
});

test("CON-2: a record that a step cannot read needs the person, who is told the column, the step and the value; the others go out", async () => {
	const target = await createTarget(deps, person, wanted());
	const bad = putOf(target.id, { url: url("https://a.test/"), cost: text("ca. 12") });
	const noAddress = putOf(target.id, { url: text("no address") });
	const good = putOf(target.id, { url: url("https://b.test/"), cost: text("12") });
	await engine.write(person, [bad, noAddress, good]);
	await engine.deliver(person, laneText(target));
	expect(await engine.record(person, good.record.id)).toMatchObject({ status: "delivered" });
	const problem = (message: string) => ({
		status: "needs_you",
		problem: { code: "delivery/value-refused", action: "edit", message },
	});
	expect(await engine.record(person, bad.record.id)).toMatchObject(
		problem(
			"Column “Price”, step “Read as a number”: “ca. 12” is no number. Edit the record, or that step in the target.",
		),
	);
	expect(await engine.record(person, noAddress.record.id)).toMatchObject(
		problem(
			"Column “Link”, step “Tidy the address”: “no address” is no address. Edit the record, or that step in the target.",
		),
	);
});

test("CON-2: mending the step sends what could not be read before, and keys are made anew", async () => {
	const target = await createTarget(deps, person, wanted());
	const put = (address: string) => putOf(target.id, { url: url(address), cost: text("12.50") });
	const [older, newer] = [put("https://a.test/?ref=a"), put("https://a.test/?ref=b")];
	await engine.write(person, [older]);
	await engine.write(person, [newer]);
	await engine.deliver(person, laneText(target));
	expect(await engine.record(person, newer.record.id)).toMatchObject({ status: "needs_you", supersededBy: null });
	const cutRef = { kind: "regex" as const, pattern: "[?&]ref=[^&]*", replace: "" };
	const mapping = [
		{ from: "url", to: "Link", transform: [cutRef, { kind: "url" as const }] },
		{ from: "cost", to: "Price", transform: [{ kind: "number" as const, decimal: "." as const }] },
	];
	await updateTarget(deps, person, { id: target.id, patch: { mapping } });
	await engine.deliver(person, laneText(target));
	expect([...engine.provider.rows()]).toEqual([["https://a.test/", { colUrl: "https://a.test/", colPrice: 12.5 }]]);
	expect(await engine.record(person, newer.record.id)).toMatchObject({ status: "delivered" });
});
