import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { TableField } from "../../contract/connections.ts";
import { compactId } from "./api.ts";
import type { PropertyValue } from "./replies.ts";
import { plainRuns } from "./text-runs.ts";

/**
 * Cells are kept plain, so that ours and theirs can be compared: a text, a number, a yes or no, the names of options, addresses of
 * files, ids of rows. What Notion wraps around them hangs on the property's type and is put on here and taken off here.
 *
 * A date is a day or an instant in UTC; one with an end is `start/end`, which only reading gives.
 */
export function propertyValue(column: TableField, cell: unknown): Record<string, unknown> {
	const type = column.providerType;
	return { [type]: wrap(type, cell) };
}

function wrap(type: string, cell: unknown): unknown {
	switch (type) {
		case "title":
		case "rich_text":
			return typeof cell === "string" ? plainRuns(cell) : (cell ?? []);
		case "select":
		case "status":
			return typeof cell === "string" ? { name: cell } : (cell ?? null);
		case "multi_select":
			return textsOf(cell).map((name) => ({ name }));
		case "relation":
			return textsOf(cell).map((id) => ({ id }));
		case "files":
			return textsOf(cell).map((url) => ({ type: "external", name: fileName(url), external: { url } }));
		case "date":
			return typeof cell === "string" ? dateOf(cell) : (cell ?? null);
		case "checkbox":
			return cell ?? false;
		default:
			return cell ?? null;
	}
}

function textsOf(cell: unknown): string[] {
	return Array.isArray(cell) ? cell.filter((entry) => typeof entry === "string") : [];
}

function dateOf(cell: string): { start: string; end?: string } {
	const [start = cell, end] = cell.split("/");
	return end === undefined ? { start } : { start, end };
}

/** What a file is called there: the last part of its address, at most 100 characters. */
function fileName(url: string): string {
	const last = URL.canParse(url) ? new URL(url).pathname.split("/").findLast((part) => part !== "") : undefined;
	return (last ?? "file").slice(-100);
}

const Texts = Type.Array(Type.Object({ plain_text: Type.String() }));
const Named = Type.Object({ name: Type.String() });
const DateValue = Type.Object({
	start: Type.String(),
	end: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});
const FileValue = Type.Object({
	external: Type.Optional(Type.Object({ url: Type.String() })),
	file: Type.Optional(Type.Object({ url: Type.String() })),
});

/** The cell of a property as Notion gives it; undefined when it is empty or of a kind that Sheaf does not read. */
export function cellOf(value: PropertyValue): unknown {
	const inner: unknown = Object.entries(value).find(([key]) => key === value.type)?.[1];
	switch (value.type) {
		case "title":
		case "rich_text":
			return filled(Value.Check(Texts, inner) ? inner.map((run) => run.plain_text).join("") : "");
		case "select":
		case "status":
			return Value.Check(Named, inner) ? inner.name : undefined;
		case "multi_select":
			return filledList(Value.Check(Type.Array(Named), inner) ? inner.map((option) => option.name) : []);
		case "relation": {
			const Ids = Type.Array(Type.Object({ id: Type.String() }));
			return filledList(Value.Check(Ids, inner) ? inner.map((row) => compactId(row.id)) : []);
		}
		case "files":
			return filledList(Value.Check(Type.Array(FileValue), inner) ? inner.flatMap(addressOf) : []);
		case "date":
			return Value.Check(DateValue, inner) ? readDate(inner) : undefined;
		case "checkbox":
			return inner === true ? true : undefined;
		case "number":
			return typeof inner === "number" ? inner : undefined;
		case "url":
		case "email":
		case "phone_number":
			return typeof inner === "string" ? filled(inner) : undefined;
		default:
			return undefined;
	}
}

function filled(text: string): string | undefined {
	return text === "" ? undefined : text;
}

function filledList(entries: string[]): string[] | undefined {
	return entries.length === 0 ? undefined : entries;
}

function addressOf(file: Static<typeof FileValue>): string[] {
	const url = file.external?.url ?? file.file?.url;
	return url === undefined ? [] : [url];
}

function readDate({ start, end }: Static<typeof DateValue>): string {
	return typeof end === "string" ? `${readMoment(start)}/${readMoment(end)}` : readMoment(start);
}

/** Notion writes an instant with its zone's offset; a day stays a day. */
function readMoment(text: string): string {
	if (!text.includes("T")) return text;
	const moment = new Date(text);
	return Number.isNaN(moment.getTime()) ? text : moment.toISOString();
}
