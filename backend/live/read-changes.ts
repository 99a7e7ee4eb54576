import type { LiveChanges } from "../contract/live.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { readStandings } from "../records/record-view.ts";
import { type ChangeKey, type LiveCursor, readCursor } from "./live-cursor.ts";

/** Before `compactChanges` deletes the changes that it stands for. */
const cursorKeptMs = 30 * 86_400_000;

/** Changes that are looked at in one go; of many changes of one record one standing is read. */
const changesPerLook = 1_000;

export type Opening = { cursor: LiveCursor; reset: boolean };

/**
 * Where a stream begins: at its cursor, or now. `reset`: the cursor leads nowhere, and what the client shows has to be read anew.
 *
 * @param now milliseconds since the epoch
 */
export async function openCursor(
	asTenant: AsTenant,
	principal: Principal,
	{ text, now }: { text: string | null; now: number },
): Promise<Opening> {
	const asked = text === null ? null : readCursor(text);
	return await asTenant(principal, async (sql) => {
		const [here] = await sql<{ life: string; seen: string }[]>`
			select (select system_identifier from pg_control_system()) || '/' || (select timeline_id from pg_control_checkpoint()) as life,
				pg_current_snapshot()::text as seen`;
		if (here === undefined) throw new Error("PostgreSQL told no snapshot.");
		const fresh = { workspaceId: principal.workspaceId, ...here, at: now, part: null };
		const mayLead =
			asked !== null &&
			asked.workspaceId === principal.workspaceId &&
			asked.life === here.life &&
			now - asked.at < cursorKeptMs;
		if (mayLead && (await isOfThisPast(sql, asked))) return { cursor: asked, reset: false };
		return { cursor: fresh, reset: text !== null };
	});
}

/** A snapshot from the future is one of before a restore: the same ids are being given out for the second time. */
async function isOfThisPast(sql: Transaction, { seen, part }: LiveCursor): Promise<boolean> {
	const snapshots = part === null ? [seen] : [seen, part.upTo];
	const [row] = await sql<{ known: boolean }[]>`
		select bool_and(case when pg_input_is_valid(s, 'pg_snapshot')
			then pg_snapshot_xmax(s::pg_snapshot) <= pg_snapshot_xmax(pg_current_snapshot()) else false end) as known
		from unnest(${snapshots}::text[]) as s`;
	return row?.known === true;
}

/** What a look found: `cursor` is where the next one begins; `more`: it was cut off, and the next can begin at once. */
export type Look = { changes: LiveChanges | null; cursor: LiveCursor; more: boolean };

type ChangeRow = ChangeKey & { seenNow: string };
/** The row that stands for no change has nothing but the snapshot. */
type LookRow = ChangeRow | { seenNow: string; subject: null };

/**
 * What has changed since a cursor, as it is now. Changes and snapshot are read by one statement, so that each change is in this look or in a
 * later one. How a record stands is read after that: it may be newer than the snapshot, and is told again then.
 */
export async function readChanges(
	asTenant: AsTenant,
	principal: Principal,
	{ cursor, now }: { cursor: LiveCursor; now: number },
): Promise<Look> {
	return await asTenant(principal, async (sql) => {
		const rows = await selectChanges(sql, cursor);
		const seenNow = cursor.part?.upTo ?? rows[0]?.seenNow ?? cursor.seen;
		const found = rows.filter((row): row is ChangeRow => row.subject !== null);
		const last = found.at(-1);
		const more = found.length === changesPerLook && last !== undefined;
		const next: LiveCursor = more
			? { ...cursor, part: { upTo: seenNow, after: keyOf(last) } }
			: { ...cursor, at: now, seen: seenNow, part: null };
		return { changes: found.length === 0 ? null : await describe(sql, found), cursor: next, more };
	});
}

function keyOf({ changedBy, subject, subjectId }: ChangeRow): ChangeKey {
	return { changedBy, subject, subjectId };
}

/** One row at least, without a subject when nothing has changed: it tells the snapshot. */
async function selectChanges(sql: Transaction, { seen, part }: LiveCursor): Promise<LookRow[]> {
	const within =
		part === null
			? sql``
			: sql`and pg_visible_in_snapshot(changed_by, ${part.upTo}::pg_snapshot)
				and (changed_by, subject, subject_id) > (${part.after.changedBy}::xid8, ${part.after.subject}, ${part.after.subjectId}::uuid)`;
	return await sql<LookRow[]>`
		select pg_current_snapshot()::text as seen_now, c.changed_by::text as changed_by, c.subject, c.subject_id
		from (values (1)) as one
		left join lateral (
			select changed_by, subject, subject_id from sheaf.changes
			where workspace_id = sheaf.current_workspace()
				and changed_by >= pg_snapshot_xmin(${seen}::pg_snapshot)
				and not pg_visible_in_snapshot(changed_by, ${seen}::pg_snapshot) ${within}
			order by changed_by, subject, subject_id limit ${changesPerLook}
		) c on true`;
}

async function describe(sql: Transaction, rows: readonly ChangeRow[]): Promise<LiveChanges> {
	const idsOf = (wanted: string) =>
		new Set(rows.flatMap(({ subject, subjectId }) => (subject === wanted ? subjectId : [])));
	const ids = idsOf("records");
	const records = await readStandings(sql, [...ids]);
	for (const { id } of records) ids.delete(id);
	const lists = new Set(rows.map(({ subject }) => subject).filter((subject) => subject !== "records"));
	return { records, gone: [...ids], lists: [...lists] };
}
