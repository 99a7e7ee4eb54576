import { connectorOf } from "../connections/ask-provider.ts";
import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { getConnection } from "../connections/read-connections.ts";
import type { TargetCreate, TargetView } from "../contract/targets.ts";
import type { Principal } from "../db/principal.ts";
import { checkConstants } from "./check-constants.ts";
import { checkedPolicies } from "./check-policies.ts";
import { discoverTable } from "./discover-for-target.ts";
import { normaliseTarget } from "./normalise-target.ts";
import { getTarget } from "./read-targets.ts";
import { checkedSchedule, nextRunAfter } from "./schedule.ts";

/**
 * Makes a target of a table that the provider has, with a mapping and match key that work on it.
 *
 * @throws SheafError `targets/connection-unknown`, `…/only-read`, `…/table-unknown`, `…/mapping-invalid`, `…/match-key-invalid`, `…/transform-invalid`,
 *   `…/constant-invalid`, `…/policy-unsupported`, `…/schedule-invalid`, and what discovery throws about the account or the provider
 */
export async function createTarget(
	deps: ConnectionDeps,
	principal: Principal,
	wanted: TargetCreate,
): Promise<TargetView> {
	const table = await discoverTable(deps, principal, wanted);
	const normal = normaliseTarget(wanted, table);
	const { mapping, constants, matchKey, columns } = normal;
	const connector = connectorOf(deps, (await getConnection(deps, principal, wanted.connectionId)).provider);
	checkConstants(normal, connector.coerce);
	const policies = { conflictPolicy: wanted.conflictPolicy, fieldPolicies: wanted.fieldPolicies ?? {} };
	const fieldPolicies = checkedPolicies(policies, connector, columns);
	const { frequency } = wanted;
	const schedule = checkedSchedule({ frequency, schedule: wanted.schedule ?? null });
	const nextRunAt = nextRunAfter({ frequency, schedule }, new Date());
	const id = crypto.randomUUID();
	await deps.database.asTenant(principal, async (sql) => {
		await sql`
			with created as (
				insert into sheaf.targets (id, connection_id, name, container_id, container_name, table_id, table_name, mapping,
					constants, columns, match_key, frequency, conflict_policy, field_policies, schedule, next_run_at,
					review)
				values (${id}, ${wanted.connectionId}, ${wanted.name}, ${table.container.id}, ${table.container.name},
					${table.id}, ${table.name}, ${JSON.stringify(mapping)}::text::jsonb, ${JSON.stringify(constants)}::text::jsonb,
					${JSON.stringify(columns)}::text::jsonb,
					${matchKey}::text[], ${frequency}, ${wanted.conflictPolicy},
					${JSON.stringify(fieldPolicies)}::text::jsonb, ${schedule === null ? null : JSON.stringify(schedule)}::text::jsonb,
					${nextRunAt}, ${wanted.review ?? false})
				returning id
			)
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			select ${principal.sessionId}::uuid, 'target.create', 'target', id, 'stored' from created`;
	});
	return await getTarget(deps, principal, id);
}
