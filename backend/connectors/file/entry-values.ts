import type { FieldValue } from "../../contract/fields.ts";
import { fieldOf } from "../source-values.ts";
import { fieldFrom, fieldTypes, kindOf, type ValueKind } from "./value-kinds.ts";

/** An entry's values by column: those of an entry inside of it stand under both names, `address.city`. */
export type Entry = ReadonlyMap<string, unknown>;

const maxName = 200;

/**
 * The entry that stands in a piece of a file; null: none does. What lies deeper than one level comes as it is written there, as a text. Pure.
 */
export function entryOf(text: string): Entry | null {
	let parsed: unknown;
	try {
		parsed = JSON.parse(withLongNumbersAsText(text));
	} catch {
		return null;
	}
	if (!isObject(parsed)) return null;
	const entry = new Map<string, unknown>();
	for (const [name, value] of Object.entries(parsed)) {
		if (!isObject(value)) entry.set(nameOf(name), value);
		else for (const [inner, one] of Object.entries(value)) entry.set(nameOf(`${name}.${inner}`), flat(one));
	}
	return entry;
}

function nameOf(name: string): string {
	return name.slice(0, maxName) || "Column";
}

/** Objects, and lists of objects, are written out; a list of plain values stays one. */
function flat(value: unknown): unknown {
	return isObject(value) ? JSON.stringify(value) : value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

const longNumber = /\d{16}/;
const textOrLongNumber = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/** A number of more figures than a number keeps is an id, and the last figures of an id matter. */
function withLongNumbersAsText(text: string): string {
	if (!longNumber.test(text)) return text;
	return text.replaceAll(textOrLongNumber, (found) => (found.startsWith('"') ? found : `"${found}"`));
}

/** What the values of a column were, over all entries; null: only empty ones so far. */
export type SeenKind = ValueKind | null;

export function seenKind(before: SeenKind, value: unknown): SeenKind {
	const kind = entryKind(value);
	return before === null || kind === null || before === kind ? (before ?? kind) : "text";
}

function entryKind(value: unknown): SeenKind {
	if (value === null || value === undefined || value === "") return null;
	if (typeof value === "number") return "number";
	if (typeof value === "boolean") return "yes or no";
	if (Array.isArray(value)) return value.some(isObject) ? "text" : "list";
	if (typeof value !== "string") return "text";
	// Only what a text alone can be: a file that has numbers writes them as numbers.
	const kind = kindOf([value]);
	return kind === "date" || kind === "address" ? kind : "text";
}

/** A value as a field of its column; one of another kind is a text. Undefined: it is empty. Pure. */
export function entryField(value: unknown, kind: ValueKind): FieldValue | undefined {
	if (typeof value === "string") return fieldFrom(value, kind === "date" || kind === "address" ? kind : "text");
	if (Array.isArray(value) && kind !== "list") return fieldOf(JSON.stringify(value), "text");
	return fieldOf(value, fieldTypes[kind]);
}
