import type { TableField } from "../../../../backend/contract/connections.ts";
import type { ConflictPolicy } from "../../../../backend/contract/targets.ts";
import type { MappingDraft } from "./mapping/mapping-draft.ts";

/** What happens to cells that are there already: for all columns, and for those that have a rule of their own. */
export type Policies = { policy: ConflictPolicy; columns: Readonly<Record<string, ConflictPolicy>> };

/** Another rule for all; a column that has just that one needs none of its own. */
export function withPolicy({ columns }: Policies, policy: ConflictPolicy): Policies {
	return { policy, columns: Object.fromEntries(Object.entries(columns).filter(([, own]) => own !== policy)) };
}

/** @param policy null: as all the others */
export function withColumnPolicy(policies: Policies, columnId: string, policy: ConflictPolicy | null): Policies {
	const { [columnId]: _before, ...others } = policies.columns;
	const columns = policy === null || policy === policies.policy ? others : { ...others, [columnId]: policy };
	return { ...policies, columns };
}

/** The columns a rule can say something about: mapped, and not what rows are found by, which is the same on both sides. */
export function ruledColumns(mapping: MappingDraft, columns: readonly TableField[]): TableField[] {
	const mapped = new Set(mapping.lines.map((line) => line.to));
	return columns.filter(({ id }) => mapped.has(id) && !mapping.matchKey.includes(id));
}

/** As the API takes them: rules of columns that are mapped no more are left out. */
export function toFieldPolicies(policies: Policies, mapping: MappingDraft): Record<string, ConflictPolicy> {
	const mapped = new Set(mapping.lines.map((line) => line.to));
	return Object.fromEntries(Object.entries(policies.columns).filter(([id]) => mapped.has(id)));
}
