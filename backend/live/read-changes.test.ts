import { afterAll, beforeAll, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { insertConnection, insertRecord, insertTarget } from "../db/test-rows.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { compactChanges } from "./compact-changes.ts";
import { type LiveCursor, readCursor, writeCursor } from "./live-cursor.ts";
import { type Look, openCursor, readChanges } from "./read-changes.ts";

let fixture: TestDatabase;
let admin: Sql;
let anna: Principal;
beforeAll(async () => {
	fixture = await createTestDatabase();
	admin = postgres(fixture.url, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
	await admin.end();
	await fixture.close();
});

const day = 86_400_000;
const now = Date.now();
const asTenant: TestDatabase["database"]["asTenant"] = (who, work) => fixture.database.asTenant(who, work);
const begin = async (text: string | null = null, who = anna) => await openCursor(asTenant, who, { text, now });
const look = async (cursor: LiveCursor, who = anna): Promise<Look> => await readChanges(asTenant, who, { cursor, now });
const idsIn = ({ changes }: Look) => (changes?.records ?? []).map(({ id }) => id).toSorted();

async function addRecords(count: number, who = anna): Promise<string[]> {
	const ids = Array.from({ length: count }, () => Bun.randomUUIDv7());
	await asTenant(who, async (sql) => {
		await sql`
			insert into sheaf.records (id, kind, version, captured_at, source, fields, content_hash)
			select id, 'page', 1, now(), '{}', '{}', '\\x00' from unnest(${ids}::uuid[]) as id`;
	});
	return ids.toSorted();
}

const raise = (ids: readonly string[]) => (sql: Transaction) =>
	sql`update sheaf.records set version = version + 1 where id = any(${[...ids]}::uuid[])`.then(() => undefined);

/** A transaction that has written and not committed; `commit` ends it. */
async function heldBack(work: (sql: Transaction) => Promise<void>): Promise<{ commit: () => Promise<void> }> {
	const [written, mayCommit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	const committed = asTenant(anna, async (sql) => {
		await work(sql);
		written.resolve();
		await mayCommit.promise;
	});
	await written.promise;
	return {
		commit: async () => {
			mayCommit.resolve();
			await committed;
		},
	};
}

beforeAll(async () => {
	anna = await createTestTenant(fixture.database);
});

test("LIVE-1: what commits late is told at the next look, whatever was told meanwhile; and nothing is told twice", async () => {
	const [first = "", second = ""] = await addRecords(2);
	const { cursor } = await begin();
	// The older transaction, by its id, commits after the younger one has been read.
	const older = await heldBack(raise([first]));
	await asTenant(anna, raise([second]));
	const meanwhile = await look(cursor);
	expect(idsIn(meanwhile)).toEqual([second]);
	expect((await look(meanwhile.cursor)).changes).toBeNull();
	await older.commit();
	const after = await look(meanwhile.cursor);
	expect(idsIn(after)).toEqual([first]);
	expect((await look(after.cursor)).changes).toBeNull();
	expect(idsIn(await look(cursor))).toEqual([first, second].toSorted());
});

test("LIVE-1: one long transaction holds nobody's news back", async () => {
	const [kept = "", ...others] = await addRecords(4);
	const { cursor } = await begin();
	const long = await heldBack(raise([kept]));
	let at = cursor;
	for (const id of others) {
		await asTenant(anna, raise([id]));
		const found = await look(at);
		expect(idsIn(found)).toEqual([id]);
		at = found.cursor;
	}
	await long.commit();
	expect(idsIn(await look(at))).toEqual([kept]);
});

test("LIVE-1: a week of changes is caught up with as what is true now, once for each record", async () => {
	const ids = await addRecords(3);
	const { cursor } = await begin();
	for (let round = 0; round < 20; round += 1) await asTenant(anna, raise(ids));
	const { changes, more } = await look(cursor);
	expect(changes?.records.map(({ version }) => version)).toEqual([21, 21, 21]);
	expect(more).toBe(false);
});

test("LIVE-1: the sweep leaves one change of each thing, and every cursor is still told of it", async () => {
	const [record = ""] = await addRecords(1);
	const before = await begin();
	await asTenant(anna, raise([record]));
	const between = await begin();
	await asTenant(anna, raise([record]));
	await compactChanges(asTenant, anna.workspaceId);
	expect(await admin`select from sheaf.changes where subject_id = ${record}`).toHaveLength(1);
	expect(idsIn(await look(before.cursor))).toEqual([record]);
	expect(idsIn(await look(between.cursor))).toEqual([record]);
});

test("LIVE-1: the sweep keeps a change that committed late, although a later one was there before it", async () => {
	const [record = ""] = await addRecords(1);
	const tell = (sql: Transaction) => sql`insert into sheaf.changes (subject, subject_id) values ('records', ${record})`;
	const older = await heldBack(async (sql) => void (await tell(sql)));
	await asTenant(anna, tell);
	const { cursor } = await begin();
	await older.commit();
	await compactChanges(asTenant, anna.workspaceId);
	expect(idsIn(await look(cursor))).toEqual([record]);
});

test("LIVE-1: what is older than any cursor is swept", async () => {
	const [record = ""] = await addRecords(1);
	await admin`update sheaf.changes set changed_at = now() - interval '32 days' where subject_id = ${record}`;
	await compactChanges(asTenant, anna.workspaceId);
	expect(await admin`select from sheaf.changes where subject_id = ${record}`).toHaveLength(0);
});

test("LIVE-1: much is told in parts, and from each part one goes on, also after the connection broke", async () => {
	const { cursor } = await begin();
	const ids = await addRecords(2_300);
	const told: string[] = [];
	let parts = 0;
	for (let at = cursor, more = true; more; parts += 1) {
		const found = await look(at);
		told.push(...idsIn(found));
		const again = readCursor(writeCursor(found.cursor));
		expect(again).toEqual(found.cursor);
		at = found.cursor;
		more = found.more;
		// Changed while we page: after this snapshot, so it is told once the parts are done.
		if (parts === 0) await asTenant(anna, raise(ids.slice(0, 1)));
		if (!more) expect(idsIn(await look(at))).toEqual(ids.slice(0, 1));
	}
	expect(parts).toBe(3);
	expect(told.toSorted()).toEqual(ids);
});

test("LIVE-1: a cursor that leads nowhere begins anew, and says so", async () => {
	const { cursor } = await begin();
	const bert = await createTestTenant(fixture.database);
	const far = "999999999:999999999:";
	const unusable: Record<string, string> = {
		nonsense: "nonsense",
		empty: "",
		"another workspace's": writeCursor((await begin(null, bert)).cursor),
		"of another cluster": writeCursor({ ...cursor, life: "1/1" }),
		"of before a restore": writeCursor({ ...cursor, seen: far }),
		"with a part of before a restore": writeCursor({
			...cursor,
			part: { upTo: far, after: { changedBy: "1", subject: "records", subjectId: anna.userId } },
		}),
		"with no snapshot": writeCursor({ ...cursor, seen: "9:1:" }),
		"older than 30 days": writeCursor({ ...cursor, at: now - 30 * day }),
	};
	for (const [what, text] of Object.entries(unusable)) {
		const opened = await begin(text);
		expect({ what, reset: opened.reset, workspaceId: opened.cursor.workspaceId }).toEqual({
			what,
			reset: true,
			workspaceId: anna.workspaceId,
		});
	}
	expect(await begin(writeCursor({ ...cursor, at: now - 29 * day }))).toMatchObject({ reset: false });
	expect(await begin()).toMatchObject({ reset: false });
});

test("LIVE-1: a record that was deleted is told as gone; lists are told by their name", async () => {
	const [record = ""] = await addRecords(1);
	const { cursor } = await begin();
	const [connection, target] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()];
	await asTenant(anna, async (sql) => {
		await sql`delete from sheaf.records where id = ${record}`;
		await insertConnection(sql, connection);
		await insertTarget(sql, target, connection);
	});
	const { changes } = await look(cursor);
	expect(changes).toEqual({ records: [], gone: [record], lists: ["connections", "targets"] });
});

test("LIVE-1: what nobody is shown tells nothing: a lease, a look at a row", async () => {
	const [connection, target, record] = [Bun.randomUUIDv7(), Bun.randomUUIDv7(), Bun.randomUUIDv7()];
	await asTenant(anna, async (sql) => {
		await insertConnection(sql, connection);
		await insertTarget(sql, target, connection);
		await insertRecord(sql, record, target);
		await sql`insert into sheaf.deliveries (target_id, record_id, lane, version) values (${target}, ${record}, 'l', 1)`;
	});
	const { cursor } = await begin();
	await asTenant(anna, async (sql) => {
		await sql`update sheaf.deliveries set remote_checked_at = now(), attempts = 3 where record_id = ${record}`;
		await sql`update sheaf.connections set refresh_lease_until = now(), last_checked_at = now() where id = ${connection}`;
	});
	expect((await look(cursor)).changes).toBeNull();
	await asTenant(anna, (sql) => sql`update sheaf.deliveries set state = 'needs_you' where record_id = ${record}`);
	expect((await look(cursor)).changes?.records).toMatchObject([{ id: record, status: "needs_you" }]);
});

test("TEN-3: a member of another workspace is told nothing", async () => {
	const bert = await createTestTenant(fixture.database);
	const { cursor } = await begin(null, bert);
	await addRecords(2);
	expect((await look(cursor, bert)).changes).toBeNull();
	// A cursor that somebody made up for a workspace that is not theirs: row-level security decides, not the cursor.
	expect((await look({ ...cursor, seen: "3:3:" }, bert)).changes).toBeNull();
});
