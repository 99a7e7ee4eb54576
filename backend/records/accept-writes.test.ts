import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { createTestTarget } from "../targets/test-target.ts";
import { acceptWrites, type WriteDeps } from "./accept-writes.ts";
import { getRecord, listRecords } from "./list-records.ts";
import { testDelete, testId, testPut } from "./test-operations.ts";

let db: TestDatabase;
let deps: WriteDeps;
let person: Principal;
const rung: { workspaceId: string; lane: string }[] = [];

beforeAll(async () => {
	db = await createTestDatabase();
	deps = {
		database: db.database,
		ring: async (lane) => {
			rung.push(lane);
		},
		connectors: new Map(),
		log: { warn: () => undefined },
	};
	person = await createTestTenant(db.database);
});

afterAll(async () => {
	await db.close();
});

const statuses = async (operations: unknown[], principal = person): Promise<string[]> =>
	(await acceptWrites(deps, principal, operations)).map(({ status, error }) => error?.code ?? status);

const counts = async (principal: Principal) => {
	const [row] = await db.database.asTenant(
		principal,
		async (sql) =>
			await sql<{ records: number; operations: number; deliveries: number; audit: number }[]>`
			select (select count(*)::integer from sheaf.records) as records,
				(select count(*)::integer from sheaf.operations) as operations,
				(select count(*)::integer from sheaf.deliveries) as deliveries,
				(select count(*)::integer from sheaf.audit_log) as audit`,
	);
	return row;
};

describe("accepting a batch", () => {
	test("OUT-3: answers one result per operation in order, and a bad one sinks no other", async () => {
		const [first, last] = [testPut(), testPut()];
		const bad = { ...testPut(), record: { nonsense: true } };
		const results = await acceptWrites(deps, person, [first, null, bad, last]);
		expect(results.map(({ id, status }) => [id, status])).toEqual([
			[first.id, "stored"],
			["", "rejected"],
			[bad.id, "rejected"],
			[last.id, "stored"],
		]);
		expect(results[2]?.error?.code).toBe("writes/operation-invalid");
	});

	test("OUT-3, I8: writes operation, record, delivery and exactly one audit row per accepted change", async () => {
		const alone = await createTestTenant(db.database);
		const { targetId } = await createTestTarget(db.database, alone);
		const put = testPut({ targetId });
		await acceptWrites(deps, alone, [put, put, testPut({ targetId })]);
		expect(await counts(alone)).toEqual({ records: 2, operations: 2, deliveries: 2, audit: 2 });
	});

	test("OUT-3: the same operation twice is a duplicate, in one batch and over two", async () => {
		const put = testPut();
		expect(await statuses([put, put])).toEqual(["stored", "duplicate"]);
		expect(await statuses([put])).toEqual(["duplicate"]);
	});

	test("OUT-3: an operation id used for something else is a conflict", async () => {
		const put = testPut();
		const other = testPut({ operationId: put.id });
		expect(await statuses([put, other])).toEqual(["stored", "writes/operation-conflict"]);
		expect(await statuses([other, testDelete(put.record.id, put.id)])).toEqual([
			"writes/operation-conflict",
			"writes/operation-conflict",
		]);
	});

	test("I2: the same record and version with other content is refused, with the same content a duplicate", async () => {
		const put = testPut();
		const same = { ...put, id: testId() };
		const other = testPut({ recordId: put.record.id, title: "Another" });
		expect(await statuses([put])).toEqual(["stored"]);
		expect(await statuses([same, other])).toEqual(["duplicate", "writes/version-conflict"]);
		expect(await getRecord(deps, person, put.record.id)).toMatchObject({ source: { title: "A title" } });
	});

	test("I4: the higher version wins, in whatever order they come", async () => {
		const recordId = testId();
		const [v1, v2, v3] = [1, 2, 3].map((version) => testPut({ recordId, version, title: `v${version}` }));
		expect(await statuses([v2])).toEqual(["stored"]);
		expect(await statuses([v1, v3, v2])).toEqual(["duplicate", "stored", "duplicate"]);
		expect(await getRecord(deps, person, recordId)).toMatchObject({ version: 3, source: { title: "v3" } });
	});

	test("OUT-3: more than 500 operations are refused as a whole", async () => {
		const many = Array.from({ length: 501 }, () => testPut());
		await expect(acceptWrites(deps, person, many)).rejects.toMatchObject({ code: "writes/too-many-operations" });
	});

	test("SYNC-1: a ring that fails fails no write", async () => {
		const { targetId } = await createTestTarget(db.database, person);
		const warnings: unknown[] = [];
		const broken: WriteDeps = {
			database: db.database,
			ring: () => Promise.reject(new Error("no queue")),
			connectors: new Map(),
			log: { warn: (entry: unknown) => void warnings.push(entry) },
		};
		const results = await acceptWrites(broken, person, [testPut({ targetId })]);
		expect(results[0]?.status).toBe("stored");
		expect(warnings).toHaveLength(1);
	});
});

describe("targets", () => {
	test("SYNC-1: a record with a target waits in its lane, which is rung once for the batch", async () => {
		const { targetId, lane } = await createTestTarget(db.database, person);
		rung.length = 0;
		await acceptWrites(deps, person, [testPut({ targetId }), testPut({ targetId })]);
		expect(rung).toEqual([{ workspaceId: person.workspaceId, lane }]);
	});

	test("TEN-3: a foreign target and one that does not exist are told apart by nothing", async () => {
		const stranger = await createTestTenant(db.database);
		const foreign = await createTestTarget(db.database, stranger);
		const results = await acceptWrites(deps, person, [
			testPut({ targetId: foreign.targetId }),
			testPut({ targetId: crypto.randomUUID() }),
		]);
		expect(results[0]?.error).toEqual(results[1]?.error);
		expect(results[0]?.error?.code).toBe("writes/target-unknown");
	});

	test("TEN-1, TEN-2: another workspace's record, operation and owner ids are never touched", async () => {
		const stranger = await createTestTenant(db.database);
		const theirs = testPut({ title: "Theirs" });
		await acceptWrites(deps, stranger, [theirs]);
		const mine = {
			...testPut({ recordId: theirs.record.id, operationId: theirs.id, version: 9, title: "Mine" }),
			workspaceId: stranger.workspaceId,
			ownerId: stranger.userId,
		};
		expect(await statuses([mine])).toEqual(["stored"]);
		expect(await statuses([testDelete(theirs.record.id)])).toEqual(["stored"]);
		expect(await getRecord(deps, stranger, theirs.record.id)).toMatchObject({ source: { title: "Theirs" } });
		await expect(getRecord(deps, person, theirs.record.id)).rejects.toMatchObject({ code: "records/not-found" });
	});

	test("OUT-3: a manual target's records wait for its run", async () => {
		const { targetId } = await createTestTarget(db.database, person, { frequency: "manual" });
		rung.length = 0;
		const put = testPut({ targetId });
		await acceptWrites(deps, person, [put]);
		expect(rung).toEqual([]);
		expect(await getRecord(deps, person, put.record.id)).toMatchObject({ status: "stored", nextAttemptAt: null });
	});

	test("I1: a record without a value for the match key is stored and needs the person", async () => {
		const { targetId } = await createTestTarget(db.database, person);
		const put = testPut({ targetId, url: "  " });
		expect(await statuses([put])).toEqual(["stored"]);
		expect(await getRecord(deps, person, put.record.id)).toMatchObject({
			status: "needs_you",
			problem: { code: "delivery/match-key-empty", action: "edit" },
		});
		const mended = testPut({ targetId, recordId: put.record.id, version: 2 });
		expect(await statuses([mended])).toEqual(["stored"]);
		expect(await getRecord(deps, person, put.record.id)).toMatchObject({ status: "stored", problem: null });
	});

	test("OUT-3: a record that moves to another target leaves nothing waiting at the first", async () => {
		const first = await createTestTarget(db.database, person);
		const second = await createTestTarget(db.database, person);
		const put = testPut({ targetId: first.targetId });
		await acceptWrites(deps, person, [put]);
		await acceptWrites(deps, person, [testPut({ recordId: put.record.id, version: 2, targetId: second.targetId })]);
		const rows = await db.database.asTenant(
			person,
			async (sql) => await sql`select target_id from sheaf.deliveries where record_id = ${put.record.id}`,
		);
		expect([...rows]).toEqual([{ targetId: second.targetId }]);
	});
});

describe("one row per match key (OUT-5)", () => {
	const supersededBy = async (id: string) => (await getRecord(deps, person, id)).supersededBy;

	test("OUT-5: the record captured last stands for the row, whichever comes first", async () => {
		const { targetId } = await createTestTarget(db.database, person);
		const url = "https://example.test/same";
		const old = testPut({ targetId, url, capturedAt: "2026-01-01T00:00:00Z" });
		const middle = testPut({ targetId, url, capturedAt: "2026-01-02T00:00:00Z" });
		const recent = testPut({ targetId, url: ` ${url} `, capturedAt: "2026-01-03T00:00:00Z" });
		await acceptWrites(deps, person, [middle, old]);
		expect(await supersededBy(old.record.id)).toBe(middle.record.id);
		await acceptWrites(deps, person, [recent]);
		expect(await supersededBy(middle.record.id)).toBe(recent.record.id);
		expect(await supersededBy(old.record.id)).toBe(recent.record.id);
		await acceptWrites(deps, person, [testDelete(recent.record.id)]);
		expect(await supersededBy(old.record.id)).toBe(middle.record.id);
		expect(await supersededBy(middle.record.id)).toBeNull();
	});

	test("OUT-5: one whose match key is edited away no longer stands for the others", async () => {
		const { targetId } = await createTestTarget(db.database, person);
		const url = "https://example.test/left";
		const old = testPut({ targetId, url, capturedAt: "2026-01-01T00:00:00Z" });
		const recent = testPut({ targetId, url, capturedAt: "2026-01-02T00:00:00Z" });
		await acceptWrites(deps, person, [old, recent]);
		const edited = testPut({ targetId, recordId: recent.record.id, version: 2, url: "https://example.test/other" });
		await acceptWrites(deps, person, [edited]);
		expect(await supersededBy(old.record.id)).toBeNull();
	});

	test("OUT-5: an older one that arrives late makes the one that was delivered go out again", async () => {
		const { targetId } = await createTestTarget(db.database, person);
		const url = "https://example.test/late";
		const recent = testPut({ targetId, url, capturedAt: "2026-01-02T00:00:00Z" });
		await acceptWrites(deps, person, [recent]);
		await db.database.asTenant(
			person,
			async (sql) => await sql`update sheaf.deliveries set state = 'delivered' where record_id = ${recent.record.id}`,
		);
		await acceptWrites(deps, person, [testPut({ targetId, url, capturedAt: "2026-01-01T00:00:00Z" })]);
		expect(await getRecord(deps, person, recent.record.id)).toMatchObject({ status: "stored", supersededBy: null });
	});
});

describe("hostile content", () => {
	test.each([
		["NUL", "a\0b"],
		["half a surrogate pair", "a\ud800b"],
	])("OUT-3: text with %s is refused by itself", async (_, title) => {
		expect(await statuses([testPut({ title }), testPut()])).toEqual(["writes/text-invalid", "stored"]);
	});

	test("OUT-3: text that only looks like an escape is stored as it is", async () => {
		const put = testPut({ title: "a\\u0000b \\ud800 🎉" });
		expect(await statuses([put])).toEqual(["stored"]);
		expect((await getRecord(deps, person, put.record.id)).fields.title).toEqual({
			type: "text",
			value: "a\\u0000b \\ud800 🎉",
		});
	});

	test("OUT-3: a field may have any name that is one line", async () => {
		const put = testPut();
		const named = JSON.stringify(put).replace('"title":{', '"__proto__":{"type":"text","value":"kept"},"title":{');
		expect(await statuses([JSON.parse(named)])).toEqual(["stored"]);
		const { fields } = await getRecord(deps, person, put.record.id);
		expect(Object.entries(fields)).toContainEqual(["__proto__", { type: "text", value: "kept" }]);
	});

	test("OUT-3: what the database could not hold is refused by itself", async () => {
		const fields = (value: unknown) => ({ ...testPut(), record: { ...testPut().record, fields: value } });
		const tooMany = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`f${n}`, { type: "number", value: n }]));
		expect(
			await statuses([
				testPut({ capturedAt: "2026-13-45T00:00:00Z" }),
				testPut({ capturedAt: "0000-01-01T00:00:00Z" }),
				testPut({ version: 2_147_483_648 }),
				fields({ x: { type: "number", value: Number.POSITIVE_INFINITY } }),
				fields({ "two\nlines": { type: "text", value: 1 } }),
				fields({ "": { type: "text", value: "x" } }),
				fields(tooMany),
				testPut(),
			]),
		).toEqual([...Array.from({ length: 7 }, () => "writes/operation-invalid"), "stored"]);
	});

	test("OUT-3: a record above 256 KiB is refused, one with a match key of 8 KiB is not", async () => {
		const { targetId } = await createTestTarget(db.database, person);
		const heavy = testPut();
		heavy.record.fields.body = { type: "markdown", value: "x".repeat(262_144) };
		const url = `https://example.test/${Array.from({ length: 8_000 }, () => Math.floor(Math.random() * 10)).join("")}`;
		expect(await statuses([heavy, testPut({ targetId, url })])).toEqual(["writes/record-too-large", "stored"]);
	});
});

describe("reading back", () => {
	test("TEN-4: pages by cursor meet every record once", async () => {
		const alone = await createTestTenant(db.database);
		const puts = Array.from({ length: 25 }, () => testPut());
		await acceptWrites(deps, alone, puts);
		const seen: string[] = [];
		let cursor: string | null = null;
		do {
			const page = await listRecords(deps, alone, cursor === null ? { limit: 10 } : { limit: 10, cursor });
			seen.push(...page.records.map(({ id }) => id));
			cursor = page.nextCursor;
		} while (cursor !== null);
		expect(seen.toSorted()).toEqual(puts.map(({ record }) => record.id).toSorted());
	});

	test("the filters for target, status and ids narrow the list", async () => {
		const { targetId } = await createTestTarget(db.database, person);
		const [waits, needs, none] = [testPut({ targetId }), testPut({ targetId, url: " " }), testPut()];
		await acceptWrites(deps, person, [waits, needs, none]);
		const ids = [waits, needs, none].map(({ record }) => record.id).join(",");
		const list = async (query: object) =>
			(await listRecords(deps, person, { ids, ...query })).records.map(({ id }) => id).toSorted();
		expect(await list({ targetId })).toEqual([waits.record.id, needs.record.id].toSorted());
		expect(await list({ status: "stored" })).toEqual([waits.record.id, none.record.id].toSorted());
		expect(await list({ status: "needs_you" })).toEqual([needs.record.id]);
	});

	test("a cursor that is not one is refused", async () => {
		await expect(listRecords(deps, person, { cursor: "x" })).rejects.toMatchObject({ code: "request/invalid" });
	});
});
