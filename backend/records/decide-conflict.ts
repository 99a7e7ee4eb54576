import type { RecordDecision } from "../contract/conflicts.ts";
import type { RecordView } from "../contract/records.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { cellFingerprint } from "./cell-fingerprint.ts";
import { getRecord } from "./list-records.ts";
import { type AskingDelivery, askingDelivery } from "./read-conflict.ts";
import { type Doorbell, ringLanes } from "./ring-lanes.ts";
import type { StoredDecision } from "./stored-conflict.ts";
import { lockWrites } from "./write-lock.ts";

type Deps = Doorbell & { database: { asTenant: AsTenant } };

/**
 * Notes what the person chose for a delivery that asks, and sends it again.
 *
 * @throws SheafError `records/not-found`, `records/no-conflict`; `records/decision-invalid` when it answers something else than what is asked
 */
export async function decideConflict(
	deps: Deps,
	principal: Principal,
	{ id, decision }: { id: string; decision: RecordDecision },
): Promise<RecordView> {
	const lane = await deps.database.asTenant(principal, async (sql) => {
		await lockWrites(sql);
		const asking = await askingDelivery(sql, { id, targetId: decision.targetId ?? null });
		if (asking === null) {
			throw new SheafError("records/no-conflict", "This record has nothing to choose between right now.");
		}
		const stored = storedDecision(asking, decision);
		await sql`
			with decided as (
				update sheaf.deliveries
				set decision = ${JSON.stringify(stored)}::text::jsonb, conflict = null, state = 'pending', problem = null, attempts = 0,
					next_attempt_at = now(), updated_at = now()
				where workspace_id = sheaf.current_workspace() and target_id = ${asking.targetId} and record_id = ${id}
				returning record_id
			), touched as (
				update sheaf.records set updated_at = now()
				where workspace_id = sheaf.current_workspace() and id = ${id}
			)
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			select ${principal.sessionId}::uuid, 'record.decide', 'record', record_id, 'stored' from decided`;
		return asking.lane;
	});
	ringLanes(deps, principal.workspaceId, [lane]);
	return await getRecord(deps, principal, id);
}

/** With what was decided earlier about other columns of the same row. Pure. */
export function storedDecision(
	{ conflict, decision: before }: Pick<AskingDelivery, "conflict" | "decision">,
	{ columns = {}, remoteId }: RecordDecision,
): StoredDecision {
	const stored: StoredDecision = { columns: {}, about: {}, ...before };
	if (conflict.kind === "ambiguous") {
		if (!conflict.candidates.some((candidate) => candidate.remoteId === remoteId) || remoteId === undefined) {
			throw new SheafError("records/decision-invalid", "Choose one of the rows that this record may be.");
		}
		return { ...stored, remoteId };
	}
	for (const { columnId, theirs, result } of conflict.columns) {
		const choice = columns[columnId] ?? columns.all;
		if (choice === undefined && result === null) {
			throw new SheafError("records/decision-invalid", "Choose for each of the columns which value stays.", {
				details: { columnId },
			});
		}
		if (choice === undefined) continue;
		stored.columns = { ...stored.columns, [columnId]: choice };
		stored.about = { ...stored.about, [columnId]: cellFingerprint(theirs) };
	}
	return stored;
}
