import { hash } from "node:crypto";
import type { TableField } from "../contract/connections.ts";
import type { Fields, FieldValue } from "../contract/fields.ts";
import type { MappingEntry } from "../contract/targets.ts";

/** What of a target decides which records are the same row. */
export type MatchRule = {
	mapping: readonly MappingEntry[];
	/** Column ids. */
	matchKey: readonly string[];
	columns: readonly Pick<TableField, "id" | "type">[];
};

/** An index entry holds at most 2,704 bytes (PostgreSQL, B-tree); a longer key would sink its whole batch. */
const maxKeyBytes = 1_000;

/**
 * The values of the match key joined so that no two different lists give the same text, or null when one is missing.
 *
 * Values that the column stores alike must give the same key, or two records would race to create one row: text is
 * trimmed, numbers lose their notation, instants become days in a column of days.
 */
export function matchKeyOf(fields: Fields, rule: MatchRule): string | null {
	const parts: string[] = [];
	for (const columnId of rule.matchKey) {
		const value = valueFor(columnId, fields, rule.mapping);
		const part =
			value === null || isEmpty(value) ? "" : keyText(value, rule.columns.find(({ id }) => id === columnId)?.type);
		if (part === "") return null;
		parts.push(part);
	}
	const key = JSON.stringify(parts);
	return Buffer.byteLength(key) <= maxKeyBytes ? key : `sha256:${hash("sha256", key, "hex")}`;
}

/**
 * The first mapped field with something in it: several kinds of record may fill one column from different fields. A field
 * that is there and empty is answered when no other is: the person emptied it. Null when none was captured.
 */
export function valueFor(columnId: string, fields: Fields, mapping: readonly MappingEntry[]): FieldValue | null {
	let emptied: FieldValue | null = null;
	for (const { from, to } of mapping) {
		const value = to === columnId && Object.hasOwn(fields, from) ? fields[from] : undefined;
		if (value === undefined) continue;
		if (!isEmpty(value)) return value;
		emptied ??= value;
	}
	return emptied;
}

function isEmpty({ value }: FieldValue): boolean {
	if (typeof value === "string") return value.trim() === "";
	return Array.isArray(value) && value.length === 0;
}

const numberColumns: ReadonlySet<string> = new Set(["number", "currency", "percent", "rating", "duration"]);

function keyText(field: FieldValue, columnType: TableField["type"] | undefined): string {
	const text = plainText(field);
	if (columnType !== undefined && numberColumns.has(columnType)) {
		const parsed = Number(text);
		return Number.isFinite(parsed) ? String(parsed) : text;
	}
	if (columnType !== "date" && columnType !== "datetime") return text;
	const instant = Date.parse(text);
	if (Number.isNaN(instant)) return text;
	const iso = new Date(instant).toISOString();
	return columnType === "date" ? iso.slice(0, "YYYY-MM-DD".length) : iso;
}

function plainText(field: FieldValue): string {
	switch (field.type) {
		case "currency":
			return String(field.value.amount);
		case "list":
			return JSON.stringify(field.value.map((entry) => entry.trim()));
		case "number":
		case "boolean":
			return String(field.value);
		default:
			return field.value.trim();
	}
}
