import type { Connector } from "../connectors/connector.ts";
import type { Table } from "../contract/connections.ts";
import type { Fields, FieldType } from "../contract/fields.ts";
import type { ConstantEntry, MappingEntry, PreviewProblem, TargetView } from "../contract/targets.ts";
import type { Transform } from "../contract/transforms.ts";
import { SheafError } from "../errors.ts";
import { constantProblem, standInProblem } from "./check-constants.ts";
import { creatableKind, kindFor, kindName } from "./column-kinds.ts";
import { likelyColumn } from "./likely-column.ts";
import { namedColumn, normaliseTarget } from "./normalise-target.ts";
import { checkTransform } from "./transforms/apply-transform.ts";

/** A mapping to be held against a table. */
export type CheckedMapping = {
	table: Table;
	mapping: readonly MappingEntry[];
	constants: readonly ConstantEntry[];
	/** Null when the match key has not been chosen yet. */
	matchKey: readonly string[] | null;
	/** The columns as the target last saw them; empty for a new one. */
	before: TargetView["columns"];
	fields: Fields;
	connector: Pick<Connector, "coerce" | "createColumns" | "manifest">;
};

/** What keeps the mapping from working, whatever the record: first by entry, then by constant, then the match key. Pure. */
export function mappingProblems(checked: CheckedMapping): PreviewProblem[] {
	const { mapping, constants, table } = checked;
	const ofEntries = mapping.flatMap(({ from, to, transform = "none" }, entry) => {
		const found = columnProblems(to, checked, checked.fields[from]?.type).map((problem) => ({ ...problem, entry }));
		const unusable = transform === "none" ? null : transformProblem(transform, to, checked);
		return unusable === null ? found : [...found, { ...unusable, entry }];
	});
	const ofConstants = constants.flatMap(({ to, value }): PreviewProblem[] => {
		const found = columnProblems(to, checked, value.type);
		const column = namedColumn(to, table);
		if (found.length > 0 || column === null) return found;
		const problem = constantProblem(value, column, checked.connector.coerce);
		return problem === null ? [] : [{ ...problem, column: { id: column.id, name: column.name } }];
	});
	const found = onceEach([...ofEntries, ...ofConstants]);
	return [...found, ...matchKeyProblems(checked, found)];
}

/** A step that could never work, or a value standing in that its column does not take. */
function transformProblem(transform: Transform, to: string, checked: CheckedMapping): PreviewProblem | null {
	const [unusable, column] = [checkTransform(transform), namedColumn(to, checked.table)];
	const common = { code: "targets/transform-invalid", column: columnName(to, checked) };
	if (unusable !== null) return { ...common, message: unusable.why, step: unusable.step };
	const message = column?.writable === true ? standInProblem(transform, column, checked.connector.coerce) : null;
	return message === null ? null : { ...common, message, step: transform.findIndex(({ kind }) => kind === "default") };
}

/** Problems that leave a column without a value; a column that merely changed its kind still gets one. */
export function isBlocking({ code }: PreviewProblem): boolean {
	return code !== "targets/column-changed" && code !== "targets/match-key-invalid";
}

function columnName(to: string, { table, before }: CheckedMapping): { id: string; name: string } {
	const column = namedColumn(to, table);
	if (column !== null) return { id: column.id, name: column.name };
	return { id: to, name: before.find(({ id }) => id === to)?.name ?? to };
}

function columnProblems(to: string, checked: CheckedMapping, captured: FieldType | undefined): PreviewProblem[] {
	const { table, before, connector } = checked;
	const column = namedColumn(to, table);
	if (column === null) return [lostColumn(to, checked, captured)];
	const named = { id: column.id, name: column.name };
	if (!column.writable) {
		const message = `“${column.name}” is filled by ${connector.manifest.title} itself, or this account may not change it. Take it out, or choose another column.`;
		return [{ code: "targets/mapping-invalid", message, column: named, fix: "remove" }];
	}
	const was = before.find(({ id }) => id === column.id)?.type;
	if (was === undefined || was === column.type || table.takesAnyColumn) return [];
	const message = `“${column.name}” was ${kindName(was)} and is ${kindName(column.type)} now. Look whether what is written below still fits it, then save.`;
	return [{ code: "targets/column-changed", message, column: named }];
}

/** Where ids stay when names change a renamed column is found by its id and never comes here. */
function lostColumn(to: string, checked: CheckedMapping, captured: FieldType | undefined): PreviewProblem {
	const { table, before, connector } = checked;
	const { name, type } = before.find(({ id }) => id === to) ?? { name: to, type: undefined };
	const filled = new Set([...checked.mapping, ...checked.constants].map((entry) => namedColumn(entry.to, table)?.id));
	const free = table.fields.filter(({ id }) => !filled.has(id));
	const likely = likelyColumn({ name, type }, free);
	const common = { code: "delivery/column-missing", column: { id: to, name } };
	const create =
		connector.createColumns === undefined ? {} : { create: { name, type: creatableKind(type) ?? kindFor(captured) } };
	const gone = `“${name}” is no longer in the table “${table.name}”`;
	if (likely !== null) {
		const message = `${gone}. It may be called “${likely.name}” now: use that column, or choose another.`;
		return { ...common, message, fix: "map_other", suggested: { id: likely.id, name: likely.name }, ...create };
	}
	if (connector.createColumns !== undefined) {
		return { ...common, message: `${gone}. Make it again, or choose another column.`, fix: "create_column", ...create };
	}
	return { ...common, message: `${gone}. Choose another column, or take it out.`, fix: "remove" };
}

/** Several entries may lead to one column, which is told of once. */
function onceEach(problems: readonly PreviewProblem[]): PreviewProblem[] {
	const said = new Set<string>();
	return problems.filter(({ code, message, step }) => {
		const key = JSON.stringify([code, message, step]);
		return said.has(key) ? false : said.add(key) !== undefined;
	});
}

/** Asked of what is left when everything that does not work is taken out: the other problems are told already. */
function matchKeyProblems(checked: CheckedMapping, found: readonly PreviewProblem[]): PreviewProblem[] {
	const { matchKey, table } = checked;
	if (matchKey === null) return [];
	const broken = new Set(found.filter(isBlocking).map(({ column }) => column?.id));
	const works = ({ to }: { to: string }) => !broken.has(namedColumn(to, table)?.id ?? to);
	const [mapping, constants] = [checked.mapping.filter(works), checked.constants.filter(works)];
	try {
		normaliseTarget({ mapping, constants, matchKey }, table);
		return [];
	} catch (error) {
		if (!(error instanceof SheafError)) throw error;
		const name = (error.details as { column?: string } | undefined)?.column ?? "";
		const column = namedColumn(name, table);
		const named = column === null ? {} : { column: { id: column.id, name: column.name } };
		return [{ code: error.code, message: error.message, ...named, fix: "map_other" }];
	}
}
