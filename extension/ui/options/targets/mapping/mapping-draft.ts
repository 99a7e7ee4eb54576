import type { TableField } from "../../../../../backend/contract/connections.ts";
import type { FieldValue } from "../../../../../backend/contract/fields.ts";
import type { ConstantEntry, MappingEntry, TargetView } from "../../../../../backend/contract/targets.ts";
import { toFormValue } from "../../../record/form-values.ts";
import type { FormValue } from "../../../record/input-kinds.ts";
import { readChosen } from "./read-chosen.ts";
import { readStep, readSteps, type StepDraft, toStepDrafts } from "./step-drafts.ts";

/** A mapping while it is edited: what goes where, in the order of the table when it was opened. */
export type MappingDraft = { lines: MappingLine[]; matchKey: string[] };

/** One value on its way into one column. Several lines may lead to one: the first that has a value fills it. */
export type MappingLine = {
	/** Tells the line from others for as long as it is edited. */
	key: number;
	/** The column's id. */
	to: string;
	source: LineSource;
};

/** `none`: the person has not chosen yet. */
export type LineSource = { kind: "none" } | FieldSource | ConstantSource;
export type FieldSource = { kind: "field"; name: string; steps: readonly StepDraft[] };
/** The same value in every row. */
export type ConstantSource = { kind: "constant"; form: FormValue; original?: FieldValue };

/** What keeps a draft from being saved; worded in `words/mapping.ts`. */
export type MappingProblem = "nothing-mapped" | "line-unfinished" | "no-match-key" | "match-key-not-mapped";

/** The most columns a provider can match on (contract: 1 to 3). */
export const maxMatchColumns = 3;

type Mapped = Pick<TargetView, "mapping" | "matchKey" | "constants">;

/** The lines of a suggestion or a saved target in the table's order; those whose column is gone come first. */
export function toMappingDraft(mapped: Mapped, columns: readonly TableField[]): MappingDraft {
	const typeOf = (to: string) => columns.find(({ id }) => id === to)?.type ?? "text";
	const fields = mapped.mapping.map(({ from, to, transform }) => ({
		to,
		source: { kind: "field", name: from, steps: toStepDrafts(transform, typeOf(to)) } satisfies FieldSource,
	}));
	const constants = (mapped.constants ?? []).map(({ to, value }) => ({
		to,
		source: {
			kind: "constant",
			form: toFormValue(value, { type: typeOf(to) }),
			original: value,
		} satisfies ConstantSource,
	}));
	const place = placesOf(columns);
	const lines = [...fields, ...constants].toSorted((a, b) => place(a.to) - place(b.to));
	return { lines: lines.map((line, key) => ({ key, ...line })), matchKey: [...mapped.matchKey] };
}

/** A column that is not in the table stands before all that are. */
function placesOf(columns: readonly TableField[]): (id: string) => number {
	const places = new Map(columns.map(({ id }, index) => [id, index]));
	return (id) => places.get(id) ?? -1;
}

/** Adds a line where its column stands in the table. @returns its key too: the focus goes there */
export function addLine(
	draft: MappingDraft,
	line: Omit<MappingLine, "key">,
	columns: readonly TableField[],
): { draft: MappingDraft; key: number } {
	const place = placesOf(columns);
	const key = Math.max(-1, ...draft.lines.map((one) => one.key)) + 1;
	const after = draft.lines.findLastIndex((one) => place(one.to) <= place(line.to));
	return { draft: withLines(draft, draft.lines.toSpliced(after + 1, 0, { key, ...line })), key };
}

export function removeLine(draft: MappingDraft, key: number): MappingDraft {
	return withLines(
		draft,
		draft.lines.filter((line) => line.key !== key),
	);
}

/** Puts lines back that were taken out since, each after the one it stood after, and what they were to the match key. */
export function putBack(draft: MappingDraft, before: MappingDraft, keys: readonly number[]): MappingDraft {
	const back = before.lines.filter(({ key }) => keys.includes(key) && !draft.lines.some((line) => line.key === key));
	const lines = back.reduce((now, line) => {
		const above = new Set(before.lines.slice(0, before.lines.indexOf(line)).map(({ key }) => key));
		const after = now.findLastIndex(({ key }) => above.has(key));
		return now.toSpliced(after + 1, 0, line);
	}, draft.lines);
	const lost = back.map(({ to }) => to).filter((to) => before.matchKey.includes(to) && !draft.matchKey.includes(to));
	return withLines({ lines, matchKey: [...draft.matchKey, ...new Set(lost)].slice(0, maxMatchColumns) }, lines);
}

export function withSource(draft: MappingDraft, key: number, source: LineSource): MappingDraft {
	return withLines(
		draft,
		draft.lines.map((line) => (line.key === key ? { ...line, source } : line)),
	);
}

/** Leads a line to another column; the line stays where it is, and a key that its column was part of goes with it. */
export function withColumn(draft: MappingDraft, key: number, column: TableField): MappingDraft {
	const before = draft.lines.find((line) => line.key === key)?.to;
	const lines = draft.lines.map((line) =>
		line.key === key ? { key, to: column.id, source: refitted(line.source, column.type) } : line,
	);
	const left = before !== undefined && !lines.some((line) => line.to === before);
	const follows = left && column.matchable && !draft.matchKey.includes(column.id);
	const matchKey = draft.matchKey.map((id) => (follows && id === before ? column.id : id));
	return withLines({ ...draft, matchKey }, lines);
}

/** A value for every row is typed in the input of its column's type. */
function refitted(source: LineSource, columnType: string): LineSource {
	if (source.kind !== "constant") return source;
	const form = toFormValue(undefined, { type: columnType });
	return form.input === source.form.input ? source : { kind: "constant", form };
}

/** A column that loses its last field leaves the match key: rows are told apart by what was captured. */
function withLines({ matchKey }: MappingDraft, lines: MappingLine[]): MappingDraft {
	const filled = fieldColumns(lines);
	return { lines, matchKey: matchKey.filter((column) => filled.has(column)) };
}

function fieldColumns(lines: readonly MappingLine[]): Set<string> {
	return new Set(lines.filter(({ source }) => source.kind === "field").map(({ to }) => to));
}

/** Adds or takes a column of the match key; a fourth is not added. */
export function toggleMatch(draft: MappingDraft, column: string): MappingDraft {
	if (draft.matchKey.includes(column)) {
		return { ...draft, matchKey: draft.matchKey.filter((other) => other !== column) };
	}
	return draft.matchKey.length >= maxMatchColumns ? draft : { ...draft, matchKey: [...draft.matchKey, column] };
}

/** The columns a value may go to: writable ones, in the table's order. */
export function writableColumns(columns: readonly TableField[]): TableField[] {
	return columns.filter((column) => column.writable && column.type !== "unsupported");
}

/** The mapped columns that rows can be matched on, in the table's order. */
export function matchableColumns(draft: MappingDraft, columns: readonly TableField[]): TableField[] {
	const filled = fieldColumns(draft.lines);
	return columns.filter((column) => column.matchable && filled.has(column.id));
}

/** Null when it can be saved. */
export function mappingProblem(draft: MappingDraft): MappingProblem | null {
	const filled = fieldColumns(draft.lines);
	if (filled.size === 0) return "nothing-mapped";
	if (!draft.lines.every(isFinished)) return "line-unfinished";
	if (draft.matchKey.length === 0) return "no-match-key";
	return draft.matchKey.every((column) => filled.has(column)) ? null : "match-key-not-mapped";
}

/** Whether another line goes before it into its column: a captured value before one for every row, else the upper before the lower. */
export function standsIn(draft: MappingDraft, line: MappingLine): boolean {
	const there = draft.lines.filter(({ to }) => to === line.to);
	return (there.find(({ source }) => source.kind === "field") ?? there[0]) !== line;
}

export function isFinished({ source }: MappingLine): boolean {
	switch (source.kind) {
		case "none":
			return false;
		case "field":
			return source.steps.every((step) => readStep(step).ok);
		case "constant":
			return constantOf(source) !== null;
	}
}

/** Null while it is empty or cannot be read. */
function constantOf({ form, original }: ConstantSource): FieldValue | null {
	const read = readChosen(form, original);
	return read.ok ? read.value : null;
}

/** As the API takes it. A step that is not finished is left out. */
export function toMapping(draft: MappingDraft): MappingEntry[] {
	return draft.lines.flatMap(({ to, source }) => {
		if (source.kind !== "field") return [];
		const transform = readSteps(source.steps);
		return [{ from: source.name, to, ...(transform.length > 0 ? { transform } : {}) }];
	});
}

/** As the API takes them. A value that cannot be read yet is left out. */
export function toConstants(draft: MappingDraft): ConstantEntry[] {
	return draft.lines.flatMap(({ to, source }) => {
		const value = source.kind === "constant" ? constantOf(source) : null;
		return value === null ? [] : [{ to, value }];
	});
}
