import type { TableField } from "../../contract/connections.ts";
import type { FieldValue } from "../../contract/fields.ts";
import type { CoerceResult } from "../connector.ts";
import { accept, refuse, singleText } from "./coerce-values.ts";

/** Plain decimals only: with thousands marks nobody can tell `1.234` from `1,234` without knowing who wrote it. */
const decimal = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** An amount in any currency is written as its number: the column has one currency for all its rows. */
export function toNumber(value: FieldValue, column: TableField): CoerceResult {
	const number = numberOf(value);
	return number === null ? refuse(column, "number", value) : accept(number);
}

/** Percent cells hold fractions: a number is taken as one (0.5 is 50 %), a text with a percent sign is divided. */
export function toPercent(value: FieldValue, column: TableField): CoerceResult {
	const written = /^(.+?)\s*%$/.exec(singleText(value) ?? "")?.[1];
	const fraction = written === undefined ? numberOf(value) : exactNumber(hundredth(written));
	return fraction === null ? refuse(column, "percentage", value) : accept(fraction);
}

function numberOf(value: FieldValue): number | null {
	const number = value.type === "number" ? value.value : value.type === "currency" ? value.value.amount : null;
	if (number !== null) return Number.isFinite(number) ? number : null;
	return exactNumber(singleText(value) ?? "");
}

/** The number a text writes, or null when it writes none or one that a double cannot hold to the last digit. */
function exactNumber(text: string): number | null {
	const [, sign, whole, fraction = ""] = decimal.exec(text) ?? [];
	if (whole === undefined) return null;
	const places = fraction.replace(/0+$/, "");
	const number = Number(text);
	const digits = `${whole.replace(/^0+(?=\d)/, "")}${places === "" ? "" : `.${places}`}`;
	const written = `${sign === "-" && number !== 0 ? "-" : ""}${digits}`;
	// Small numbers print with an exponent; that they hold is told by the digits alone.
	const held = String(number).includes("e-") ? number.toFixed(places.length) : String(number);
	return held === written ? (number === 0 ? 0 : number) : null;
}

/** Moves the point two places left by moving it: dividing 45.5 by 100 leaves a trace in the last digit for some. */
function hundredth(text: string): string {
	const [, sign = "", whole, fraction = ""] = decimal.exec(text) ?? [];
	if (whole === undefined) return text;
	const digits = whole.padStart(3, "0");
	return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`;
}
