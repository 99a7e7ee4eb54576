import type { TableField } from "../../contract/connections.ts";
import type { FieldValue } from "../../contract/fields.ts";
import type { CoerceResult } from "../connector.ts";
import { misfit, optionsText } from "../misfit.ts";
import { coerceForRow } from "../row-cells.ts";
import { decimalPlaces, writtenNumber } from "./exact-number.ts";

/**
 * A captured value as PostgreSQL takes it in a column of this type, exactly or not at all. What all table servers have in common is
 * `row-cells.ts`; here is what PostgreSQL is stricter about: its own types, lengths and closed lists of values.
 */
export function coerce(value: FieldValue, column: TableField): CoerceResult {
	const typed = column.writable && column.type === "number" ? asNumber(value) : asJson(value, column);
	const result = typed ?? coerceForRow(value, column);
	if (!result.ok || result.cell === null) return result;
	return check(withoutNulls(result.cell), column);
}

/** Numbers keep every digit that was captured; a column that would round them refuses. */
function asNumber(value: FieldValue): CoerceResult | null {
	const number = typeof value.value === "string" ? writtenNumber(value.value) : null;
	return number === null || (typeof value.value === "string" && value.value.trim() === "")
		? null
		: { ok: true, cell: number };
}

/** A text that is JSON is taken as it says, any other as one text. */
function asJson(value: FieldValue, column: TableField): CoerceResult | null {
	if (!column.writable || !/^jsonb?$/.test(column.providerType)) return null;
	if (typeof value.value !== "string") return { ok: true, cell: JSON.stringify(value.value) };
	if (value.value.trim() === "") return null;
	try {
		return { ok: true, cell: JSON.stringify(JSON.parse(value.value)) };
	} catch {
		return { ok: true, cell: JSON.stringify(value.value) };
	}
}

/** PostgreSQL keeps no text with a null character in it, and nobody sees one. */
function withoutNulls(cell: unknown): unknown {
	if (typeof cell === "string") return cell.replaceAll("\u0000", "");
	return Array.isArray(cell) ? cell.map(withoutNulls) : cell;
}

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

function check(cell: unknown, column: TableField): CoerceResult {
	const { providerType, options } = column;
	const text = String(cell);
	if (options !== undefined && !options.includes(text))
		return misfit(column, "one-of", { options: optionsText(options), shown: text });
	if (providerType === "uuid")
		return uuid.test(text) ? { ok: true, cell: text.toLowerCase() } : misfit(column, "uuid", { shown: text });
	const length = Number(/^character(?: varying)?\((\d+)\)$/.exec(providerType)?.[1] ?? Number.POSITIVE_INFINITY);
	if (Array.from(text).length > length) return misfit(column, "characters", { max: length, shown: text });
	if (typeof cell !== "number" && column.type !== "number") return { ok: true, cell };
	const number = cell as number | string;
	const scale = /^(?:smallint|integer|bigint)$/.test(providerType)
		? 0
		: Number(/^numeric\(\d+,(\d+)\)$/.exec(providerType)?.[1] ?? Infinity);
	if (decimalPlaces(number) <= scale) return { ok: true, cell };
	return scale === 0
		? misfit(column, "whole-number", { shown: text })
		: misfit(column, "decimals", { max: scale, shown: text });
}
