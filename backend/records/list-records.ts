import { Value } from "@sinclair/typebox/value";
import { Uuid } from "../contract/ids.ts";
import type { RecordPage, RecordQuery, RecordView } from "../contract/records.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { type RecordRow, recordView, selectRecords } from "./record-view.ts";

type Deps = { database: { asTenant: AsTenant } };

const defaultLimit = 50;
const maxIds = 100;

/**
 * A page of the workspace's records, the newest change first. A record that changes while someone pages moves to the front
 * and may be met twice, never missed.
 *
 * @throws SheafError `request/invalid` for a cursor or ids that cannot be read
 */
export async function listRecords(deps: Deps, principal: Principal, query: RecordQuery): Promise<RecordPage> {
	const limit = query.limit ?? defaultLimit;
	const cursor = query.cursor === undefined ? null : readCursor(query.cursor);
	const ids = query.ids === undefined ? null : readIds(query.ids);
	const targetId = query.targetId ?? null;
	// A record without a delivery waits for a target, which is `stored` too.
	const states = query.status === undefined ? null : query.status === "stored" ? ["pending", "none"] : [query.status];
	// The cursor's instant goes as text: as a timestamp the driver would make it a `Date` and cut the microseconds off.
	const rows = await deps.database.asTenant(
		principal,
		async (sql) =>
			await sql<RecordRow[]>`
			${selectRecords(sql)} ${fewOf(sql, query)}
				and (${targetId}::uuid is null or r.target_id = ${targetId}::uuid)
				and (${ids}::uuid[] is null or r.id = any(${ids}::uuid[]))
				and (${states}::text[] is null or coalesce(d.state, 'none') = any(${states}::text[]))
				and (${query.review ?? null}::text is null or d.review = ${query.review ?? null}::text)
				and (${cursor?.id ?? null}::uuid is null
					or (r.updated_at, r.id) < (${cursor?.updatedAt ?? null}::text::timestamptz, ${cursor?.id ?? null}::uuid))
			order by r.updated_at desc, r.id desc
			limit ${limit + 1}`,
	);
	const page = rows.slice(0, limit);
	const last = page.at(-1);
	const more = rows.length > limit && last !== undefined;
	return {
		records: page.map(recordView),
		nextCursor: more ? writeCursor({ updatedAt: last.updatedAtText, id: last.id }) : null,
	};
}

/** What waits for the person is little beside what waits for its provider: it is found by an index of its own. */
function fewOf(sql: Transaction, { status, review }: RecordQuery) {
	const few = sql`and r.id in (
		select few.record_id from sheaf.deliveries few where few.workspace_id = sheaf.current_workspace() and`;
	if (review === "waiting") return sql`${few} few.review = 'waiting')`;
	return status === "needs_you" ? sql`${few} few.state = 'needs_you')` : sql``;
}

function readIds(text: string): string[] {
	const ids = text.split(",").filter((id) => id !== "");
	if (ids.length === 0 || ids.length > maxIds || !ids.every((id) => Value.Check(Uuid, id))) {
		throw new SheafError("request/invalid", `"ids" takes up to ${maxIds} record ids, separated by commas.`);
	}
	return ids;
}

/** @throws SheafError `records/not-found`, also for another workspace's record */
export async function getRecord(deps: Deps, principal: Principal, id: string): Promise<RecordView> {
	const [row] = await deps.database.asTenant(
		principal,
		async (sql) => await sql<RecordRow[]>`${selectRecords(sql)} and r.id = ${id}`,
	);
	if (row === undefined) throw recordNotFound();
	return recordView(row);
}

export function recordNotFound(): SheafError {
	return new SheafError("records/not-found", "There is no such record.");
}
