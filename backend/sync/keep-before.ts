import type { ConnectorFailure, RemoteRow } from "../connectors/connector.ts";
import type { StoredBefore } from "../records/undo-standing.ts";
import { checkpoint } from "../telemetry/checkpoint.ts";
import type { ClaimedTarget } from "./claim.ts";
import { workerOf } from "./engine-deps.ts";
import type { LaneRun } from "./lane-run.ts";
import type { PlannedRow } from "./plan-rows.ts";
import type { NotSent } from "./push-rows.ts";
import { readRows } from "./read-rows.ts";

/** What stands in the way of the push as well. What only keeps the row from being read does not: arriving matters more than undo. */
type Standstill = Exclude<ConnectorFailure, { kind: "refused" }> | NotSent;

/**
 * Looks at the rows of fresh captures right before they are written and keeps what they said, where their destination lets it be given
 * back. Null when the push may follow.
 */
export async function keepBefore(
	run: LaneRun,
	target: ClaimedTarget,
	rows: readonly PlannedRow[],
): Promise<Standstill | null> {
	const fresh = rows.filter((row) => row.fresh);
	if (fresh.length === 0 || run.connector.read === undefined || run.connector.remove === undefined) return null;
	const found = await readRows(run, target, fresh);
	if (found.kind === "refused") return null;
	if (found.kind !== "ok") return found;
	await checkpoint("deliver/after-read");
	await storeBefore(run, target, { rows: fresh, found: found.value });
	return null;
}

type Seen = { rows: readonly PlannedRow[]; found: ReadonlyMap<string, readonly RemoteRow[]> };

/**
 * Written down before anything is sent: after a cut-off push the row there is ours already. So the first look at a version is the one
 * that counts, and the epoch keeps a late one out. Several rows of one key are not kept; the person will be asked about them.
 */
export async function storeBefore(run: LaneRun, target: ClaimedTarget, { rows, found }: Seen): Promise<void> {
	const seen = rows.flatMap(({ recordId, epoch, version, fresh }) => {
		const [there, ...more] = found.get(recordId) ?? [];
		if (!fresh || more.length > 0) return [];
		const before: StoredBefore = { version, remoteId: there?.remoteId ?? null, cells: there?.cells ?? null };
		return [{ recordId, epoch, before }];
	});
	if (seen.length === 0 || run.connector.remove === undefined) return;
	await run.deps.database.asTenant(workerOf(run.workspaceId), async (sql) => {
		await sql`
			update sheaf.deliveries d set before = s.before, undo_until = now() + interval '1 day'
			from jsonb_to_recordset(${JSON.stringify(seen)}::text::jsonb) as s("recordId" uuid, epoch bigint, before jsonb)
			where d.workspace_id = sheaf.current_workspace() and d.target_id = ${target.id} and d.record_id = s."recordId"
				and d.state = 'delivering' and d.lease_epoch = s.epoch
				and (d.before->>'version')::integer is distinct from (s.before->>'version')::integer`;
	});
}
