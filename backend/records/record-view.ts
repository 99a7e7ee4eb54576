import type { RecordProblem } from "../contract/errors.ts";
import type { Fields } from "../contract/fields.ts";
import type { RecordSource, RecordView } from "../contract/records.ts";
import type { Transaction } from "../db/connect.ts";

type RecordRow = {
	id: string;
	kind: string;
	version: number;
	targetId: string | null;
	capturedAt: Date;
	source: RecordSource;
	fields: Fields;
	supersededBy: string | null;
	updatedAt: Date;
	/** The instant in microseconds, which a `Date` does not hold. */
	updatedAtText: string;
	state: "pending" | "delivering" | "delivered" | "needs_you" | null;
	deliveredVersion: number | null;
	remoteUrl: string | null;
	problem: RecordProblem | null;
	targetProblem: RecordProblem | null;
	nextAttemptAt: Date | null;
};

/** Everything a view is made of, over the workspace's records, as a fragment that callers narrow with an `and`. */
export function selectRecords(sql: Transaction) {
	return sql`
		select r.id, r.kind, r.version, r.target_id, r.captured_at, r.source, r.fields, r.superseded_by, r.updated_at,
			to_char(r.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as updated_at_text,
			d.state, d.delivered_version, d.remote_url, d.problem, t.problem as target_problem,
			case when d.state = 'pending' then nullif(d.next_attempt_at, 'infinity') end as next_attempt_at
		from sheaf.records r
		left join sheaf.deliveries d
			on d.workspace_id = r.workspace_id and d.target_id = r.target_id and d.record_id = r.id
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

/**
 * A record as a person sees it. One that waits at a target Sheaf has paused is `stored`, with the target's problem as the
 * reason: nothing is wrong with the record, and it goes out by itself once the target is mended.
 */
export function recordView(row: RecordRow): RecordView {
	return {
		id: row.id,
		kind: row.kind,
		version: row.version,
		targetId: row.targetId,
		capturedAt: row.capturedAt.toISOString(),
		source: row.source,
		fields: row.fields,
		status: row.state === null ? "stored" : statuses[row.state],
		deliveredVersion: row.deliveredVersion,
		remoteUrl: row.remoteUrl,
		problem: problemOf(row),
		nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
		supersededBy: row.supersededBy,
		updatedAt: row.updatedAt.toISOString(),
	};
}

function problemOf({ state, problem, targetProblem }: RecordRow): RecordProblem | null {
	if (state === "pending" || state === "delivering") return targetProblem ?? problem;
	return state === "needs_you" ? problem : null;
}
