import { plainText } from "../../plain-text.ts";
import { failure, Refusal, told } from "./replies.ts";
import type { Column } from "./state.ts";

/**
 * The value as the database keeps it, or undefined for an empty cell. As 0.265 on PostgreSQL: addresses and mail are not looked at, a
 * text is whatever can be written, a number may be a text of one.
 *
 * @throws Refusal
 */
export function checkCell(column: Column, value: unknown): unknown {
	if (value === null || value === undefined) return undefined;
	switch (column.uidt) {
		case "Number":
		case "Year":
		case "Rating":
		case "Duration":
			return wholeNumber(value);
		case "Decimal":
		case "Currency":
		case "Percent":
			return decimal(value);
		case "Checkbox":
			return value === true || value === "true" || value === 1;
		case "Date":
			return isDay(value) ? value : refuseDate();
		case "DateTime":
			return instant(value);
		case "SingleSelect":
			return value === "" ? undefined : choices(column, [plainText(value)])[0];
		case "MultiSelect":
			return choices(column, Array.isArray(value) ? value.map(String) : plainText(value).split(","));
		case "Attachment":
			return attachments(value);
		case "SingleLineText":
		case "LongText":
		case "Email":
		case "URL":
		case "PhoneNumber":
			return plainText(value);
		default:
			throw new Refusal(told(400, `Column "${column.title}" is readonly`));
	}
}

function refuseNumber(value: unknown, type: string): never {
	throw new Refusal({
		status: 400,
		body: { error: "DATABASE_ERROR", message: `Invalid value '${String(value)}' for type '${type}'`, code: "22P02" },
	});
}

function decimal(value: unknown): number {
	const isNumber = typeof value === "number" || (typeof value === "string" && /^[+-]?\d+(\.\d+)?$/.test(value));
	return isNumber ? Number(value) : refuseNumber(value, "numeric");
}

function wholeNumber(value: unknown): number {
	const number = Number(value);
	return Number.isInteger(number) && value !== "" ? number : refuseNumber(value, "bigint");
}

function refuseDate(): never {
	throw new Refusal({
		status: 400,
		body: { error: "DATABASE_ERROR", message: "The date / time value is invalid.", code: "22007" },
	});
}

function isDay(value: unknown): boolean {
	if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
	const midnight = new Date(`${value}T00:00:00Z`);
	return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(value);
}

/** Kept to the second, and answered with a space and its zone: `2026-01-03 04:30:00+00:00`. */
function instant(value: unknown): string {
	const moment = new Date(typeof value === "string" ? value : Number.NaN);
	if (Number.isNaN(moment.getTime())) return refuseDate();
	return `${moment.toISOString().slice(0, 19).replace("T", " ")}+00:00`;
}

function choices(column: Column, names: string[]): string[] {
	const known = column.choices ?? [];
	const strange = names.filter((name) => !known.includes(name));
	if (strange.length === 0) return names;
	const quoted = strange.map((name) => `"${name}"`).join(", ");
	throw new Refusal(
		told(
			400,
			`Invalid option(s) ${quoted} provided for column "${column.title}". Valid options are "${known.join(", ")}"`,
		),
	);
}

function attachments(value: unknown): unknown[] {
	const files: unknown[] = Array.isArray(value) ? value : [];
	const hasPlace = (file: unknown) => typeof file === "object" && file !== null && ("url" in file || "path" in file);
	if (!Array.isArray(value) || !files.every(hasPlace)) {
		throw new Refusal(failure(422, "INVALID_ATTACHMENT_JSON", "Invalid attachment JSON"));
	}
	return files;
}
