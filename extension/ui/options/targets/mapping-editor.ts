import type { TableField } from "../../../../backend/contract/connections.ts";
import type { MappingEntry } from "../../../../backend/contract/targets.ts";

/** A mapping while it is edited: every captured field has a line, with or without a column. */
export type MappingDraft = { rows: MappingRow[]; matchKey: string[] };
/** `transform` stays with the column it was set for. */
export type MappingRow = Omit<MappingEntry, "to"> & { to: string | null };

/** What keeps a draft from being saved; worded in `words/options.ts`. */
export type MappingProblem = "nothing-mapped" | "no-match-key" | "match-key-not-mapped";

/** The most columns a provider can match on (contract: 1 to 3). */
export const maxMatchColumns = 3;

/** A line for each captured field, filled from a suggestion or a saved target; mapped fields that are not captured come last. */
export function toMappingDraft(
	fields: readonly string[],
	mapping: readonly MappingEntry[],
	matchKey: readonly string[],
): MappingDraft {
	const entryOf = new Map(mapping.map((entry) => [entry.from, entry]));
	const names = [...new Set([...fields, ...entryOf.keys()])];
	return { rows: names.map((from) => entryOf.get(from) ?? { from, to: null }), matchKey: [...matchKey] };
}

/** Gives a field a column. Several fields may share one: whichever a capture has fills it, the upper one first. */
export function setColumn(draft: MappingDraft, from: string, to: string | null): MappingDraft {
	const rows = draft.rows.map((row) => (row.from === from && row.to !== to ? { from, to } : row));
	const mapped = new Set(rows.map((row) => row.to));
	return { rows, matchKey: draft.matchKey.filter((column) => mapped.has(column)) };
}

/** Adds a line for a field that is not listed yet. */
export function addField(draft: MappingDraft, from: string): MappingDraft {
	if (draft.rows.some((row) => row.from === from)) return draft;
	return { ...draft, rows: [...draft.rows, { from, to: null }] };
}

/** Adds or takes a column of the match key; a fourth is not added. */
export function toggleMatch(draft: MappingDraft, column: string): MappingDraft {
	if (draft.matchKey.includes(column)) {
		return { ...draft, matchKey: draft.matchKey.filter((other) => other !== column) };
	}
	return draft.matchKey.length >= maxMatchColumns ? draft : { ...draft, matchKey: [...draft.matchKey, column] };
}

/** The columns a field may go to: writable ones, in the table's order. */
export function writableColumns(columns: readonly TableField[]): TableField[] {
	return columns.filter((column) => column.writable && column.type !== "unsupported");
}

/** The mapped columns that rows can be matched on, in the table's order. */
export function matchableColumns(draft: MappingDraft, columns: readonly TableField[]): TableField[] {
	const mapped = new Set(draft.rows.map((row) => row.to));
	return columns.filter((column) => column.matchable && mapped.has(column.id));
}

/** Null when it can be saved. */
export function mappingProblem(draft: MappingDraft): MappingProblem | null {
	const mapped = new Set(draft.rows.map((row) => row.to).filter((to) => to !== null));
	if (mapped.size === 0) return "nothing-mapped";
	if (draft.matchKey.length === 0) return "no-match-key";
	return draft.matchKey.every((column) => mapped.has(column)) ? null : "match-key-not-mapped";
}

/** As the API takes it. */
export function toMapping(draft: MappingDraft): MappingEntry[] {
	return draft.rows.flatMap(({ to, ...row }) => (to === null ? [] : [{ ...row, to }]));
}
