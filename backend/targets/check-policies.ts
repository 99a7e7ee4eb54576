import type { Connector } from "../connectors/connector.ts";
import type { TableField } from "../contract/connections.ts";
import type { ConflictPolicy } from "../contract/targets.ts";
import { SheafError } from "../errors.ts";

type Policies = { conflictPolicy: ConflictPolicy; fieldPolicies: Readonly<Record<string, ConflictPolicy>> };

/**
 * Policies by column id, for columns that are mapped: one of a column that no longer is, is dropped. Pure.
 *
 * @throws SheafError `targets/policy-unsupported` where a policy depends on what is there and the provider does not let us see it
 */
export function checkedPolicies(
	{ conflictPolicy, fieldPolicies }: Policies,
	connector: Pick<Connector, "manifest" | "read">,
	columns: readonly Pick<TableField, "id" | "name">[],
): Record<string, ConflictPolicy> {
	const kept = Object.fromEntries(
		columns.flatMap(({ id, name }) => {
			const policy = fieldPolicies[id] ?? fieldPolicies[name];
			return policy === undefined || policy === conflictPolicy ? [] : [[id, policy]];
		}),
	);
	const looks = [conflictPolicy, ...Object.values(kept)].some((policy) => policy !== "overwrite");
	if (!looks || connector.read !== undefined) return kept;
	const { title } = connector.manifest;
	const message = `${title} does not let Sheaf see what is there already, so that it can only overwrite. Choose “overwrite”.`;
	throw new SheafError("targets/policy-unsupported", message);
}
