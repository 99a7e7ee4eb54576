import type { RowStanding, TargetComparison } from "../contract/compare.ts";
import type { Fields } from "../contract/fields.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Principal } from "../db/principal.ts";
import { valueFor } from "./column-value.ts";
import { type MatchRule, matchKeyOf } from "./match-key.ts";
import { targetNotFound } from "./read-targets.ts";

/** The record that stands for a row: of all with its match key the one captured last (OUT-5). */
type Standing = { id: string; matchKey: string; fields: Fields; isGone: boolean };

/**
 * What sending rows to a target would do (CAP-3): the rows are held against what the workspace has delivered there or is about to, by
 * match key and by what the mapped columns say. What a person changed at the destination since is not looked at. Writes nothing.
 *
 * @throws SheafError `targets/not-found`, also for another workspace's target
 */
export async function compareRows(
	deps: { database: { asTenant: AsTenant } },
	principal: Principal,
	{ targetId, rows }: { targetId: string; rows: readonly Fields[] },
): Promise<TargetComparison> {
	return await deps.database.asTenant(principal, async (sql) => {
		const [rule] = await sql<MatchRule[]>`
			select mapping, constants, match_key, columns from sheaf.targets
			where workspace_id = sheaf.current_workspace() and id = ${targetId}`;
		if (rule === undefined) throw targetNotFound();
		const keys = rows.map((fields) => matchKeyOf(fields, rule));
		const wanted = [...new Set(keys.flatMap((key) => key ?? []))];
		const standing = await sql<Standing[]>`
			select r.id, r.match_key, r.fields, coalesce(d.remote_state = 'gone', false) as is_gone
			from sheaf.records r
			left join sheaf.deliveries d
				on d.workspace_id = r.workspace_id and d.target_id = r.target_id and d.record_id = r.id
			where r.workspace_id = sheaf.current_workspace() and r.target_id = ${targetId}
				and r.match_key = any(${wanted}::text[]) and r.superseded_by is null`;
		const byKey = new Map(standing.map((record) => [record.matchKey, record]));
		return { rows: rows.map((fields, place) => compare(fields, keys[place] ?? null, { rule, byKey })) };
	});
}

/** Pure. */
function compare(
	fields: Fields,
	key: string | null,
	{ rule, byKey }: { rule: MatchRule; byKey: ReadonlyMap<string, Standing> },
): { standing: RowStanding; recordId: string | null } {
	if (key === null) return { standing: "no_key", recordId: null };
	const record = byKey.get(key);
	if (record === undefined || record.isGone) return { standing: "new", recordId: record?.id ?? null };
	const same = spoken(fields, rule).every((column) => said(column, fields, rule) === said(column, record.fields, rule));
	return { standing: same ? "unchanged" : "update", recordId: record.id };
}

/** The mapped columns that the row has something for: of the others it says nothing, and nothing of them is written. */
function spoken(fields: Fields, { mapping }: MatchRule): string[] {
	return [...new Set(mapping.filter(({ from }) => Object.hasOwn(fields, from)).map(({ to }) => to))];
}

/** What a column would say, as one text. What a step cannot read counts as it was captured. */
function said(column: string, fields: Fields, rule: MatchRule): string {
	const read = valueFor(column, fields, rule);
	if (read.ok) return JSON.stringify(plain(read.value?.value));
	return JSON.stringify(
		rule.mapping.map(({ from, to }) => (to === column && Object.hasOwn(fields, from) ? fields[from] : null)),
	);
}

/** Keys in one order: the database gives them back in its own. */
function plain(value: unknown): unknown {
	if (value === undefined || value === null || value === "") return null;
	if (typeof value !== "object" || Array.isArray(value)) return value;
	return Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
}
