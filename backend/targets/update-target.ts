import { connectorOf } from "../connections/ask-provider.ts";
import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { getConnection } from "../connections/read-connections.ts";
import type { ConflictPolicy, Schedule, TargetPatch, TargetView } from "../contract/targets.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { ringLanes } from "../records/ring-lanes.ts";
import { lockWrites } from "../records/write-lock.ts";
import { checkConstants } from "./check-constants.ts";
import { checkedPolicies } from "./check-policies.ts";
import { discoverTable } from "./discover-for-target.ts";
import { laneText } from "./lane.ts";
import { type NormalTarget, normaliseTarget } from "./normalise-target.ts";
import { getTarget, targetNotFound } from "./read-targets.ts";
import { rekeyRecords } from "./rekey-records.ts";
import { checkedSchedule, nextRunAfter } from "./schedule.ts";
import { sendWaiting } from "./standing.ts";

/**
 * Changes a target. A new mapping or match key is checked against the table as it is now; a target that Sheaf paused because of
 * its mapping goes on with that. Resuming sends what waits.
 *
 * @throws SheafError `targets/not-found`, and what `createTarget` throws about a mapping
 */
export async function updateTarget(
	deps: ConnectionDeps,
	principal: Principal,
	{ id, patch }: { id: string; patch: TargetPatch },
): Promise<TargetView> {
	const target = await getTarget(deps, principal, id);
	if (patch.paused === false) await refuseWhileRevoked(deps, principal, target.connectionId);
	const remapped = await remap(deps, principal, { target, patch });
	const timed = timingOf(target, patch);
	const fieldPolicies = policiesAfter(deps, { target, patch, columns: remapped?.columns ?? target.columns });
	await deps.database.asTenant(principal, async (sql) => {
		await lockWrites(sql);
		await save(sql, { id, patch, remapped, timed, fieldPolicies });
		if (remapped !== null) await rekeyRecords(sql, { id, ...remapped });
		if (patch.frequency === "on_capture") await sendGathered(sql, id);
		if (remapped !== null || patch.paused === false) await sendWaiting(sql, [id]);
		await sql`
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			values (${principal.sessionId}::uuid, 'target.update', 'target', ${id}, 'stored')`;
	});
	ringLanes(deps, principal.workspaceId, [laneText(target)]);
	return await getTarget(deps, principal, id);
}

type Ruled = { target: TargetView; patch: TargetPatch; columns: readonly { id: string; name: string }[] };

/** Checked where they change, or the columns do: a target of a provider that this version does not know can still be renamed. */
function policiesAfter(deps: ConnectionDeps, { target, patch, columns }: Ruled): Record<string, ConflictPolicy> {
	const kept = target.fieldPolicies ?? {};
	const { conflictPolicy, fieldPolicies, mapping, constants } = patch;
	if ([conflictPolicy, fieldPolicies, mapping, constants].every((each) => each === undefined)) return kept;
	const policies = {
		conflictPolicy: patch.conflictPolicy ?? target.conflictPolicy,
		fieldPolicies: patch.fieldPolicies ?? kept,
	};
	return checkedPolicies(policies, connectorOf(deps, target.provider), columns);
}

/** Resuming would look as if it helped, and nothing would go out. */
async function refuseWhileRevoked(deps: ConnectionDeps, principal: Principal, connectionId: string): Promise<void> {
	const { status } = await getConnection(deps, principal, connectionId);
	if (status !== "revoked") return;
	throw new SheafError("connections/credential-refused", "Reconnect the account first: its access was refused.");
}

type Remapped = NormalTarget & { tableName: string; containerName: string };

async function remap(
	deps: ConnectionDeps,
	principal: Principal,
	{ target, patch }: { target: TargetView; patch: TargetPatch },
): Promise<Remapped | null> {
	const { mapping = target.mapping, matchKey = target.matchKey, constants = target.constants } = patch;
	if (patch.mapping === undefined && patch.matchKey === undefined && patch.constants === undefined) return null;
	const table = await discoverTable(deps, principal, target);
	const normal = normaliseTarget({ mapping, matchKey, constants }, table);
	checkConstants(normal, connectorOf(deps, target.provider).coerce);
	return { ...normal, tableName: table.name, containerName: table.container.name };
}

type Timed = { schedule: Schedule | null; nextRunAt: Date | null };

/** Null when neither how often nor when was changed: the next run stays where it is. */
function timingOf(target: TargetView, patch: TargetPatch): Timed | null {
	if (patch.frequency === undefined && patch.schedule === undefined) return null;
	const frequency = patch.frequency ?? target.frequency;
	const schedule = checkedSchedule({ frequency, schedule: patch.schedule ?? target.schedule ?? null });
	return { schedule, nextRunAt: nextRunAfter({ frequency, schedule }, new Date()) };
}

type Saving = {
	id: string;
	patch: TargetPatch;
	remapped: Remapped | null;
	timed: Timed | null;
	fieldPolicies: Record<string, ConflictPolicy>;
};

async function save(sql: Transaction, { id, patch, remapped, timed, fieldPolicies }: Saving): Promise<void> {
	const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
	// Only the person's own pause is theirs to set; one that Sheaf set ends with what mends it, or when they resume.
	const [saved] = await sql`
		update sheaf.targets
		set name = coalesce(${patch.name ?? null}::text, name),
			frequency = coalesce(${patch.frequency ?? null}::text, frequency),
			schedule = case when ${timed !== null} then ${json(timed?.schedule ?? undefined)}::text::jsonb else schedule end,
			next_run_at = case when ${timed !== null} then ${timed?.nextRunAt ?? null}::timestamptz else next_run_at end,
			review = coalesce(${patch.review ?? null}::boolean, review),
			field_policies = ${JSON.stringify(fieldPolicies)}::text::jsonb,
			conflict_policy = coalesce(${patch.conflictPolicy ?? null}::text, conflict_policy),
			mapping = coalesce(${json(remapped?.mapping)}::text::jsonb, mapping),
			constants = coalesce(${json(remapped?.constants)}::text::jsonb, constants),
			columns = coalesce(${json(remapped?.columns)}::text::jsonb, columns),
			match_key = coalesce(${remapped?.matchKey ?? null}::text[], match_key),
			table_name = coalesce(${remapped?.tableName ?? null}::text, table_name),
			container_name = coalesce(${remapped?.containerName ?? null}::text, container_name),
			status = case
				when ${patch.paused ?? null}::boolean then 'paused'
				when not ${patch.paused ?? null}::boolean then 'active'
				when ${remapped !== null} and problem->>'action' = 'mend_target' then 'active'
				else status end,
			problem = case
				when ${patch.paused ?? null}::boolean is not null then null
				when ${remapped !== null} and problem->>'action' = 'mend_target' then null
				else problem end,
			updated_at = now()
		where workspace_id = sheaf.current_workspace() and id = ${id} returning id`;
	if (saved === undefined) throw targetNotFound();
}

/** A manual target that sends on capture from now on: what it has gathered goes out. */
async function sendGathered(sql: Transaction, targetId: string): Promise<void> {
	await sql`
		update sheaf.deliveries d set next_attempt_at = now(), updated_at = now()
		from sheaf.records r
		where d.workspace_id = sheaf.current_workspace() and d.target_id = ${targetId} and d.state = 'pending'
			and r.workspace_id = d.workspace_id and r.id = d.record_id
			and r.superseded_by is null and d.review is distinct from 'waiting'`;
}
