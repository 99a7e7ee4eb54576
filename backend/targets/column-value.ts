import type { ProblemDetails } from "../contract/errors.ts";
import type { Fields, FieldValue } from "../contract/fields.ts";
import type { ConstantEntry, MappingEntry } from "../contract/targets.ts";
import { applyTransform, type Transformed } from "./transforms/apply-transform.ts";
import { isEmpty } from "./transforms/step-result.ts";

/** What of a target decides what its columns are filled with. Columns by id. */
export type ValueRule = { mapping: readonly MappingEntry[]; constants: readonly ConstantEntry[] };

/** `entry` is the place in the mapping of what could not be read. */
export type ColumnValue =
	| { ok: true; value: FieldValue | null }
	| (Extract<Transformed, { ok: false }> & { entry: number });

/**
 * What a record says for a column, after the steps of its mapping: the first mapped field with something in it, because several kinds of
 * record may fill one column from different fields; else the target's constant; else a field that is there and empty, because the person
 * emptied it. Null when there is none of them. Pure, and the same wherever it is asked: what a match key is made of is what is sent.
 */
export function valueFor(columnId: string, fields: Fields, { mapping, constants }: ValueRule): ColumnValue {
	let emptied: FieldValue | null = null;
	for (const [entry, { from, to, transform = "none" }] of mapping.entries()) {
		if (to !== columnId) continue;
		const captured = Object.hasOwn(fields, from) ? (fields[from] ?? null) : null;
		const result = transform === "none" ? { ok: true as const, value: captured } : applyTransform(captured, transform);
		if (!result.ok) return { ...result, entry };
		if (!isEmpty(result.value)) return { ok: true, value: result.value };
		emptied ??= result.value;
	}
	return { ok: true, value: constants.find(({ to }) => to === columnId)?.value ?? emptied };
}

type UnreadStep = { message: string; details: ProblemDetails };

/** What is told of a record whose value a step cannot read. */
export function unreadStep(columnName: string, unread: Extract<Transformed, { ok: false }>): UnreadStep {
	const { title, said, why } = unread;
	return {
		message: `Column “${columnName}”, step “${title}”: “${said}” ${why}. Edit the record, or that step in the target.`,
		details: { case: "unread", columnName: columnName.slice(0, 200), shown: said },
	};
}
