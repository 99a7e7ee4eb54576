import { hash } from "node:crypto";
import type { TableField } from "../contract/connections.ts";
import type { Fields, FieldValue } from "../contract/fields.ts";
import { type ValueRule, valueFor } from "./column-value.ts";
import { isEmpty } from "./transforms/step-result.ts";

/** What of a target decides which records are the same row. */
export type MatchRule = ValueRule & {
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
 * trimmed, numbers lose their notation, instants become days in a column of days. A value that a step cannot read is a key of its own, made of
 * what was captured: so the record reaches the engine, which says what is wrong with it.
 */
export function matchKeyOf(fields: Fields, rule: MatchRule): string | null {
	const parts: unknown[] = [];
	for (const columnId of rule.matchKey) {
		const read = valueFor(columnId, fields, rule);
		const part = read.ok ? partOf(read.value, typeOf(columnId, rule)) : capturedFor(columnId, fields, rule);
		if (part === "") return null;
		parts.push(part);
	}
	const key = JSON.stringify(parts);
	return Buffer.byteLength(key) <= maxKeyBytes ? key : `sha256:${hash("sha256", key, "hex")}`;
}

function typeOf(columnId: string, { columns }: MatchRule): TableField["type"] | undefined {
	return columns.find(({ id }) => id === columnId)?.type;
}

/** Nothing when there is no value. */
function partOf(value: FieldValue | null, type: TableField["type"] | undefined): string {
	return value === null || isEmpty(value) ? "" : keyText(value, type);
}

/** Not a text, so that no value that was read gives the same. */
function capturedFor(columnId: string, fields: Fields, { mapping }: MatchRule): unknown[] {
	return mapping
		.filter(({ to }) => to === columnId)
		.map(({ from }) => (Object.hasOwn(fields, from) ? fields[from] : null));
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
