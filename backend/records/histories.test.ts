import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import type { Operation } from "../contract/writes.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { createTestTarget } from "../targets/test-target.ts";
import { acceptWrites, type WriteDeps } from "./accept-writes.ts";
import { testDelete, testId, testPut, testUndo } from "./test-operations.ts";

// Real waits for real limits, on a machine that may have other things to do.
setDefaultTimeout(60_000);

let db: TestDatabase;
let deps: WriteDeps;

beforeAll(async () => {
	db = await createTestDatabase();
	deps = { database: db.database, connectors: new Map(), ring: async () => undefined, log: { warn: () => undefined } };
});

afterAll(async () => {
	await db.close();
});

/** Few ids, versions and keys, so that made-up histories collide all the time. */
const step = fc.record({
	verb: fc.constantFrom("put", "put", "delete", "undo"),
	record: fc.nat(3),
	operation: fc.nat(30),
	version: fc.integer({ min: 1, max: 4 }),
	title: fc.constantFrom("a", "b"),
	key: fc.constantFrom("x", "y", " "),
	day: fc.integer({ min: 1, max: 3 }),
	target: fc.constantFrom(0, 0, 1, null),
});
const history = fc.array(step, { minLength: 1, maxLength: 14 });
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

type Setting = { person: Principal; targets: string[]; records: string[]; operations: string[] };

/** Ids are shared by both workspaces of a run: the same history has to come to the same end in each. */
async function setting(ids: Pick<Setting, "records" | "operations">): Promise<Setting> {
	const person = await createTestTenant(db.database);
	const { targetId, connectionId } = await createTestTarget(db.database, person);
	const other = await createTestTarget(db.database, person, { connectionId });
	return { person, targets: [targetId, other.targetId], ...ids };
}

function operationOf(made: Step, { records, operations, targets }: Setting): Operation {
	const recordId = records[made.record] ?? "";
	const operationId = operations[made.operation] ?? "";
	const version = made.version === 1 ? null : made.version;
	if (made.verb === "delete") return testDelete(recordId, operationId, version);
	if (made.verb === "undo") return { ...testUndo(recordId, version), id: operationId };
	return testPut({
		recordId,
		operationId,
		version: made.version,
		title: made.title,
		url: made.key,
		capturedAt: `2026-01-0${made.day}T00:00:00.000Z`,
		targetId: made.target === null ? null : (targets[made.target] ?? null),
	});
}

type Row = {
	id: string;
	version: number;
	title: string;
	target: number;
	matchKey: string | null;
	supersededBy: string | null;
	capturedAt: Date;
	deliveries: number;
};

const stateOf = async ({ person, targets }: Setting) =>
	[
		...(await db.database.asTenant(
			person,
			async (sql) =>
				await sql<Row[]>`
				select id, version, source->>'title' as title, array_position(${targets}::uuid[], target_id) as target,
					match_key, superseded_by, captured_at,
					(select count(*)::integer from sheaf.deliveries d where d.record_id = r.id) as deliveries
				from sheaf.records r order by id`,
		)),
	].map((row) => ({ ...row }));

const newIds = () => ({
	records: Array.from({ length: 4 }, testId),
	operations: Array.from({ length: 31 }, testId),
});

test("I2, I4, OUT-3: a history comes to the same answers and rows however it is cut into batches", async () => {
	await fc.assert(
		fc.asyncProperty(history, fc.nat(14), async (steps, cut) => {
			const ids = newIds();
			const [whole, parts] = [await setting(ids), await setting(ids)];
			const at = (from: number, to: number, where: Setting) =>
				steps.slice(from, to).map((made) => operationOf(made, where));
			const answered = await acceptWrites(deps, whole.person, at(0, steps.length, whole));
			const apart = [];
			for (const [from, to] of [
				[0, cut],
				[cut, steps.length],
			] as const) {
				if (from < to) apart.push(...(await acceptWrites(deps, parts.person, at(from, to, parts))));
			}
			expect(apart).toEqual(answered);
			expect(await stateOf(parts)).toEqual(await stateOf(whole));
		}),
		{ numRuns: 60 },
	);
});

test("OUT-5: whatever happened, each row has one record standing for it and the others point at that one", async () => {
	await fc.assert(
		fc.asyncProperty(history, fc.integer({ min: 1, max: 5 }), async (steps, size) => {
			const where = await setting(newIds());
			for (let from = 0; from < steps.length; from += size) {
				await acceptWrites(
					deps,
					where.person,
					steps.slice(from, from + size).map((made) => operationOf(made, where)),
				);
			}
			const rows = await stateOf(where);
			const group = ({ target, matchKey, id }: Row) =>
				target === null || matchKey === null ? id : `${target} ${matchKey}`;
			for (const name of new Set(rows.map(group))) {
				const members = rows.filter((row) => group(row) === name);
				const [newest] = members.toSorted(
					(a, b) => b.capturedAt.getTime() - a.capturedAt.getTime() || (a.id < b.id ? 1 : -1),
				);
				for (const member of members) {
					expect(member.supersededBy).toBe(member.id === newest?.id ? null : (newest?.id ?? null));
					expect(member.deliveries).toBe(member.target === null ? 0 : 1);
				}
			}
		}),
		{ numRuns: 60 },
	);
});

test("OUT-3: sending what was accepted again changes nothing", async () => {
	await fc.assert(
		fc.asyncProperty(history, async (steps) => {
			const where = await setting(newIds());
			// Operation ids of a real client are never used for two things.
			const operations = steps.map((made, n) => operationOf({ ...made, operation: n }, where));
			const first = await acceptWrites(deps, where.person, operations);
			const before = await stateOf(where);
			// A client takes a rejected operation out of its outbox; whatever else it sends again is known.
			const taken = operations.filter((_, n) => first[n]?.status !== "rejected");
			const second = await acceptWrites(deps, where.person, taken);
			expect(second.map(({ status }) => status)).toEqual(taken.map(() => "duplicate"));
			expect(await stateOf(where)).toEqual(before);
		}),
		{ numRuns: 40 },
	);
});

test("OUT-3: two devices sending at once are served one after the other, and each record is stored once", async () => {
	const where = await setting(newIds());
	const puts = Array.from({ length: 50 }, (_, n) => testPut({ targetId: where.targets[0] ?? null, url: `u${n % 7}` }));
	const answers = await Promise.all(
		[puts, puts.toReversed(), puts].map((batch) => acceptWrites(deps, where.person, batch)),
	);
	const stored = answers.flat().filter(({ status }) => status === "stored");
	expect(stored.map(({ id }) => id).toSorted()).toEqual(puts.map(({ id }) => id).toSorted());
	expect(await stateOf(where)).toHaveLength(50);
});
