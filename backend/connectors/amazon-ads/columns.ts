import type { FieldValue } from "../../contract/fields.ts";
import type { SourceColumn } from "../../contract/sources.ts";
import { operatorsFor } from "../source-values.ts";
import type { Entity } from "./replies.ts";

/** `day` and `instant` are dates as Amazon writes them: `2026-01-31`, `20260131`, or with a time. */
type Kind = "id" | "text" | "number" | "day" | "instant";

/** A column: where in an entry its value is (members joined by dots), what it is called, what it holds. */
export type ColumnOf = { path: string; name: string; kind: Kind; key?: true; searched?: true; options?: string[] };

const fieldTypes = { id: "text", text: "text", number: "number", day: "date", instant: "date" } as const;

export function sourceColumn({ path, name, kind, key, searched, options }: ColumnOf): SourceColumn {
	const type = fieldTypes[kind];
	return {
		id: path,
		name,
		type,
		providerType: kind,
		key: key === true,
		searchable: searched === true,
		operators: operatorsFor(type),
		...(options === undefined ? {} : { options }),
	};
}

/** The value of a column in an entry, or null where it is empty or not of its kind. */
export function valueIn(entry: Entity, { path, kind }: ColumnOf): FieldValue | null {
	const value = path.split(".").reduce<unknown>((inner, member) => memberOf(inner, member), entry);
	switch (kind) {
		case "number":
			return numberOf(value);
		case "day":
		case "instant": {
			const text = textOf(value);
			return text === null ? null : { type: "date", value: dateText(text) };
		}
		case "id":
		case "text": {
			const text = textOf(value);
			return text === null ? null : { type: "text", value: text };
		}
	}
}

function memberOf(value: unknown, name: string): unknown {
	return typeof value === "object" && value !== null && name in value
		? (value as Record<string, unknown>)[name]
		: undefined;
}

function numberOf(value: unknown): FieldValue | null {
	const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
	return typeof number === "number" && Number.isFinite(number) ? { type: "number", value: number } : null;
}

function textOf(value: unknown): string | null {
	if (typeof value === "number" || typeof value === "boolean") return String(value);
	return typeof value === "string" && value !== "" ? value : null;
}

/** Sponsored Display writes days without hyphens. */
function dateText(text: string): string {
	return text.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
}
