import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { ConflictPolicy } from "../contract/targets.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { decideConflict } from "../records/decide-conflict.ts";
import { readConflict } from "../records/read-conflict.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestTarget, type TestTarget } from "../targets/test-target.ts";
import { installCheckpointListener } from "../telemetry/checkpoint.ts";
import { createTestEngine, type TestEngine } from "./test-engine.ts";

// A database is started for this file.
setDefaultTimeout(60_000);

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
	person = await createTestTenant(db.database);
});

let removeListener: () => void = () => undefined;
afterEach(() => removeListener());

const url = "https://example.test/page";
const theirs = { colUrl: url, colTitle: "Theirs" };
const useTarget = async (conflictPolicy: ConflictPolicy, fieldPolicies: Record<string, ConflictPolicy> = {}) => {
	target = await createTestTarget(db.database, person, { conflictPolicy, fieldPolicies });
};
const deliver = () => engine.deliver(person, target.lane);
const there = () => engine.provider.rows().get(url);
const send = async () => {
	const put = testPut({ targetId: target.targetId, url, price: 9 });
	await engine.write(person, [put]);
	await deliver();
	return put.record;
};

describe("SYNC-5: what is there counts", () => {
	test("overwrite makes no further request for a backlog", async () => {
		await useTarget("overwrite");
		engine.provider.rows().set(url, theirs);
		await engine.write(person, [testPut({ targetId: target.targetId, url })]);
		await engine.age(person);
		await deliver();
		expect(engine.provider.reads).toEqual([]);
		expect(there()?.colTitle).not.toBe("Theirs");
	});

	test("keep_remote leaves a row as it is, without a push; a new row is written whole", async () => {
		await useTarget("keep_remote");
		engine.provider.rows().set(url, theirs);
		const { id } = await send();
		expect(there()).toEqual(theirs);
		expect(engine.provider.requests).toEqual([]);
		expect(await engine.record(person, id)).toMatchObject({
			status: "delivered",
			remoteUrl: `https://provider.test/row-${url}`,
		});
		engine.provider.rows().clear();
		await send();
		expect(there()).toHaveProperty("colTitle");
	});

	test("fill_empty writes what is empty there and nothing else; a column may have its own policy", async () => {
		await useTarget("overwrite", { colTitle: "fill_empty" });
		engine.provider.rows().set(url, { ...theirs, colPrice: 1 });
		const { fields } = await send();
		expect(there()).toEqual({ ...theirs, colPrice: 9 });
		engine.provider.rows().set(url, { colUrl: url });
		await send();
		expect(there()?.colTitle).toBe(fields.title?.value);
	});

	test("newest_wins compares the change there with the capture", async () => {
		await useTarget("newest_wins");
		for (const [changedAt, stays] of [
			["2099-01-01T00:00:00Z", true],
			["1999-01-01T00:00:00Z", false],
		] as const) {
			engine.provider.rows().set(url, theirs);
			engine.provider.changedAt = changedAt;
			await send();
			expect(there()?.colTitle === "Theirs").toBe(stays);
		}
	});
});

describe("SYNC-5: ask", () => {
	test("the person sees both, chooses by column, and the choice is carried out and remembered", async () => {
		await useTarget("ask");
		engine.provider.rows().set(url, { ...theirs, colPrice: 1 });
		const { id } = await send();
		expect(there()).toEqual({ ...theirs, colPrice: 1 });
		expect(await engine.record(person, id)).toMatchObject({
			status: "needs_you",
			problem: { code: "delivery/conflict", action: "choose" },
		});
		const conflict = await readConflict(engine.deps, person, id);
		expect(conflict).toMatchObject({
			kind: "differs",
			columns: [
				{ columnId: "colTitle", name: "Name", theirs: "Theirs", result: null },
				{ columnId: "colPrice", name: "Price", theirs: "1", ours: "9", result: null },
			],
		});
		const one = decideConflict(engine.deps, person, { id, decision: { columns: { colTitle: "theirs" } } });
		await expect(one).rejects.toMatchObject({ code: "records/decision-invalid" });
		const decision = { columns: { all: "ours", colTitle: "theirs" } } as const;
		expect(await decideConflict(engine.deps, person, { id, decision })).toMatchObject({ status: "stored" });
		await deliver();
		expect(await engine.record(person, id)).toMatchObject({ status: "delivered", problem: null });
		expect(there()).toEqual({ ...theirs, colPrice: 9 });
		expect(await readConflict(engine.deps, person, id)).toEqual({ kind: "none" });
		await expect(decideConflict(engine.deps, person, { id, decision })).rejects.toMatchObject({
			code: "records/no-conflict",
		});
		// An edit asks nothing that was answered; another value there does.
		const edited = (version: number) => testPut({ targetId: target.targetId, url, price: 9, recordId: id, version });
		await engine.write(person, [edited(2)]);
		await deliver();
		expect((await engine.record(person, id)).status).toBe("delivered");
		engine.provider.rows().set(url, { ...theirs, colTitle: "Changed again", colPrice: 9 });
		await engine.write(person, [edited(3)]);
		await deliver();
		expect((await engine.record(person, id)).status).toBe("needs_you");
	});

	test("SYNC-3: several rows with the match key are shown, and the chosen one is written to", async () => {
		await useTarget("overwrite");
		const { read } = engine.provider.connector;
		engine.provider.rows().set("first", theirs).set("second", theirs);
		engine.provider.onPush = async (rows) =>
			rows.some(({ remoteId }) => remoteId === undefined)
				? { kind: "split", reason: "delivery/match-ambiguous", message: "Several rows have this match key." }
				: null;
		expect(read).toBeFunction();
		const { id, fields } = await send();
		expect(await engine.record(person, id)).toMatchObject({
			status: "needs_you",
			problem: { code: "delivery/match-ambiguous", message: expect.stringContaining("2 rows"), action: "choose" },
		});
		expect(await readConflict(engine.deps, person, id)).toMatchObject({
			kind: "ambiguous",
			candidates: [{ remoteId: "row-first" }, { remoteId: "row-second", url: "https://provider.test/row-second" }],
		});
		const decide = (remoteId: string) => decideConflict(engine.deps, person, { id, decision: { remoteId } });
		await expect(decide("row-of-somebody")).rejects.toMatchObject({ code: "records/decision-invalid" });
		await decide("row-second");
		await deliver();
		expect(await engine.record(person, id)).toMatchObject({ status: "delivered" });
		expect(engine.provider.rows().size).toBe(2);
		expect(engine.provider.rows().get("first")).toEqual(theirs);
		expect(engine.provider.rows().get("second")?.colTitle).toBe(fields.title?.value);
		// A provider may give a row another id, as Google Sheets does when rows have moved: the next version goes to that one.
		const edit = async (version: number) => {
			await engine.write(person, [testPut({ targetId: target.targetId, url, recordId: id, version })]);
			await deliver();
		};
		engine.provider.afterPush = async () => ({
			kind: "pushed",
			rows: [{ ref: id, remoteId: "row-moved", created: false }],
		});
		await edit(2);
		expect((await engine.record(person, id)).remoteUrl).toBe("https://provider.test/row-moved");
		await edit(3);
		expect(engine.provider.requests.at(-1)?.rows[0]?.remoteId).toBe("row-moved");
	});

	test("TEN-3: nobody of another workspace sees or decides a conflict", async () => {
		await useTarget("ask");
		engine.provider.rows().set(url, theirs);
		const { id } = await send();
		const stranger = await createTestTenant(db.database);
		await expect(readConflict(engine.deps, stranger, id)).rejects.toMatchObject({ code: "records/not-found" });
		const decision = { columns: { all: "ours" } } as const;
		await expect(decideConflict(engine.deps, stranger, { id, decision })).rejects.toMatchObject({
			code: "records/not-found",
		});
	});
});

test("SYNC-3: killed between the look and the push, a record arrives once", async () => {
	await useTarget("fill_empty");
	let kills = 1;
	removeListener = installCheckpointListener((name) => {
		if (name === "deliver/after-read" && kills-- > 0) throw new Error("killed");
	});
	const put = testPut({ targetId: target.targetId, url });
	await engine.write(person, [put]);
	await expect(deliver()).rejects.toThrow("killed");
	await db.database.asTenant({ ...person, role: "worker" }, async (sql) => {
		await sql`update sheaf.deliveries set lease_until = now() - interval '1 second'`;
	});
	await deliver();
	expect(engine.provider.created.get(url)).toBe(1);
	expect((await engine.record(person, put.record.id)).status).toBe("delivered");
});

test("I5: a row that vanished between the look and the push is made anew with all it has", async () => {
	await useTarget("fill_empty");
	engine.provider.rows().set(url, theirs);
	removeListener = installCheckpointListener((name) => {
		if (name === "deliver/after-read") engine.provider.rows().clear();
	});
	const { fields } = await send();
	expect(there()).toEqual({ colUrl: url, colTitle: fields.title?.value, colPrice: 9 });
});
