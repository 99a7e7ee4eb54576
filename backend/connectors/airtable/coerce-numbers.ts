import type { TableField } from "../../contract/connections.ts";
import type { FieldValue } from "../../contract/fields.ts";
import type { CoerceResult } from "../connector.ts";
import { misfit } from "../misfit.ts";
import { accept, linesOf, refuse, singleText } from "./coerce-values.ts";

/** Plain decimals only: with thousands marks nobody can tell `1.234` from `1,234` without knowing who wrote it. */
const decimal = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** A currency column has one currency for all its rows, so an amount in any currency is written as its number. */
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

/** Stars are whole, so 4.6 becomes 5; nought is no star at all; above the column's maximum there is nothing. */
export function toRating(value: FieldValue, column: TableField): CoerceResult {
	const max = column.max ?? 5;
	const number = value.type === "currency" ? null : numberOf(value);
	if (number === null || number < 0 || number > max)
		return misfit(column, "rating", { max, shown: linesOf(value).join(", ") });
	const stars = Math.round(number);
	return accept(stars === 0 ? null : stars);
}

const isoDuration = /^P(?=.)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;
const clockDuration = /^(\d+):([0-5]\d):([0-5]\d)$/;

/** Seconds; a number counts as them. `1:30` is left alone: it is minutes to one page and hours to the next. */
export function toDuration(value: FieldValue, column: TableField): CoerceResult {
	const text = singleText(value) ?? "";
	const [, days, ...clock] = isoDuration.exec(text) ?? [];
	const parts = days !== undefined || clock.some((part) => part !== undefined) ? [days, ...clock] : null;
	const written = parts ?? ["0", ...(clockDuration.exec(text)?.slice(1) ?? [])];
	if (written.length === 4) {
		const [day = 0, hour = 0, minute = 0, second = 0] = written.map((part) => Number(part ?? 0));
		return accept(day * 86_400 + hour * 3_600 + minute * 60 + second);
	}
	const seconds = value.type === "currency" ? null : numberOf(value);
	return seconds === null || seconds < 0 ? refuse(column, "duration", value) : accept(seconds);
}

function numberOf(value: FieldValue): number | null {
	if (value.type === "number") return Number.isFinite(value.value) ? value.value : null;
	if (value.type === "currency") return Number.isFinite(value.value.amount) ? value.value.amount : null;
	return exactNumber(singleText(value) ?? "");
}

/** The number a text writes, or null when it writes none or one that a double cannot hold to the last digit. */
function exactNumber(text: string): number | null {
	const [, sign, whole, fraction = ""] = decimal.exec(text) ?? [];
	if (whole === undefined) return null;
	const digits = whole.replace(/^0+(?=\d)/, "");
	const places = fraction.replace(/0+$/, "");
	const number = Number(text);
	const written = `${sign === "-" && number !== 0 ? "-" : ""}${digits}${places === "" ? "" : `.${places}`}`;
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
