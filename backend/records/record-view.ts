import type { RecordProblem } from "../contract/errors.ts";
import type { Fields } from "../contract/fields.ts";
import type { RecordStanding } from "../contract/live.ts";
import type { Provenance } from "../contract/provenance.ts";
import type { RecordNote, RecordSource, RecordView } from "../contract/records.ts";
import type { Transaction } from "../db/connect.ts";
import { type ShownUndo, undoColumns } from "./undo-standing.ts";

type StandingRow = ShownUndo & {
	id: string;
	kind: string;
	targetId: string | null;
	capturedAt: Date;
	supersededBy: string | null;
	updatedAt: Date;
	/** The instant in microseconds, which a `Date` does not hold. */
	updatedAtText: string;
	captureId: string | null;
	review: "waiting" | "approved" | null;
	remoteUrl: string | null;
	problem: RecordProblem | null;
	targetProblem: RecordProblem | null;
	nextAttemptAt: Date | null;
	remoteState: "changed" | "gone" | null;
	remoteChangedAt: Date | null;
	note: RecordNote | null;
};

type RecordRow = StandingRow & { source: RecordSource; fields: Fields; provenance: Provenance };

/** Everything a view is made of, over the workspace's records, as a fragment that callers narrow with an `and`. */
export function selectRecords(sql: Transaction) {
	return sql`select r.source, r.fields, r.provenance, ${standings(sql)}`;
}

/** How these records stand, without what was captured; those that are not there are missing. */
export async function readStandings(sql: Transaction, ids: readonly string[]): Promise<RecordStanding[]> {
	if (ids.length === 0) return [];
	const rows = await sql<StandingRow[]>`select ${standings(sql)} and r.id = any(${[...ids]}::uuid[])`;
	return rows.map(recordStanding);
}

function standings(sql: Transaction) {
	return sql`
		${undoColumns(sql)}, r.id, r.kind, r.target_id, r.captured_at, r.capture_id, d.review, r.superseded_by, r.updated_at,
			to_char(r.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as updated_at_text,
			d.remote_url, d.problem, case when d.state = 'delivered' then d.note end as note, t.problem as target_problem,
			case when d.state = 'delivered' then d.remote_state end as remote_state, d.remote_changed_at,
			case when d.state = 'pending' then nullif(d.next_attempt_at, 'infinity') end as next_attempt_at
		from sheaf.records r
		left join lateral (
			select * from sheaf.deliveries
			where workspace_id = r.workspace_id and target_id = r.target_id and record_id = r.id limit 1
		) d on true
		left join sheaf.targets t on t.workspace_id = r.workspace_id and t.id = r.target_id
		where r.workspace_id = sheaf.current_workspace()`;
}

export type { RecordRow };

const statuses = {
	pending: "stored",
	delivering: "delivering",
	delivered: "delivered",
	needs_you: "needs_you",
} as const;

/** A record as a person sees it. */
export function recordView(row: RecordRow): RecordView {
	return { ...recordStanding(row), source: row.source, fields: row.fields, provenance: row.provenance };
}

/**
 * Where a record is. One that waits at a target Sheaf has paused is `stored`, with the target's problem as the reason: nothing is wrong with
 * the record, and it goes out by itself once the target is mended.
 */
function recordStanding(row: StandingRow): RecordStanding {
	return {
		id: row.id,
		kind: row.kind,
		version: row.version,
		targetId: row.targetId,
		capturedAt: row.capturedAt.toISOString(),
		status: row.state === null ? "stored" : statuses[row.state],
		deliveredVersion: row.deliveredVersion,
		remoteUrl: row.remoteUrl,
		problem: problemOf(row),
		nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
		supersededBy: row.supersededBy,
		captureId: row.captureId,
		review: row.review === "waiting" ? "waiting" : null,
		undo: undoOf(row),
		undoing: row.intent !== "put",
		remote: remoteOf(row),
		...(row.note === null ? {} : { note: row.note }),
		updatedAt: row.updatedAt.toISOString(),
	};
}

/** What happened to the row there since it was delivered (SYNC-6). */
function remoteOf({ remoteState, remoteChangedAt }: StandingRow): RecordView["remote"] {
	if (remoteState === null || remoteChangedAt === null) return null;
	return { state: remoteState, at: remoteChangedAt.toISOString() };
}

function problemOf({ state, problem, targetProblem }: StandingRow): RecordProblem | null {
	if (state === "pending" || state === "delivering") return targetProblem ?? problem;
	return state === "needs_you" ? problem : null;
}

/**
 * What Undo would do, as far as a look at the record says: what may have been sent is shown as what it most likely is. In flight it can be
 * offered once the row there was looked at, which only happens where a row can be taken back.
 */
function undoOf(row: StandingRow): RecordView["undo"] {
	const { state, before, version } = row;
	if (row.intent !== "put") return null;
	if (state === null || state === "pending" || state === "needs_you") return { kind: "take_back" };
	if (before === null || before.version !== version || row.superseded) return null;
	return { kind: before.cells === null ? "remove" : "restore" };
}
