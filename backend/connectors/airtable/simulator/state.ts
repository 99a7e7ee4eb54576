import { randomBytes } from "node:crypto";
import { type Static, Type } from "@sinclair/typebox";

/** What the simulator remembers, as it is written to its state file. Names and shapes are the API's own. */
const Choice = Type.Object({ id: Type.String(), name: Type.String(), color: Type.Optional(Type.String()) });

const FieldOptions = Type.Object(
	{
		choices: Type.Optional(Type.Array(Choice)),
		max: Type.Optional(Type.Integer()),
		precision: Type.Optional(Type.Integer()),
		linkedTableId: Type.Optional(Type.String()),
	},
	{ additionalProperties: true },
);

export const Field = Type.Object({
	id: Type.String(),
	name: Type.String(),
	type: Type.String(),
	description: Type.Optional(Type.String()),
	options: Type.Optional(FieldOptions),
});
export type Field = Static<typeof Field>;

/** `cells` holds filled cells only, by field id: an empty cell is an absent one, as in the API's replies. */
export const Row = Type.Object({
	id: Type.String(),
	createdTime: Type.String(),
	cells: Type.Record(Type.String(), Type.Unknown()),
});
export type Row = Static<typeof Row>;

export const Table = Type.Object({
	id: Type.String(),
	name: Type.String(),
	primaryFieldId: Type.String(),
	fields: Type.Array(Field),
	rows: Type.Array(Row),
});
export type Table = Static<typeof Table>;

export const PermissionLevel = Type.Union([
	Type.Literal("none"),
	Type.Literal("read"),
	Type.Literal("comment"),
	Type.Literal("edit"),
	Type.Literal("create"),
]);
export type PermissionLevel = Static<typeof PermissionLevel>;

export const Base = Type.Object({
	id: Type.String(),
	name: Type.String(),
	permissionLevel: PermissionLevel,
	tables: Type.Array(Table),
});
export type Base = Static<typeof Base>;

export const State = Type.Object({ bases: Type.Array(Base) });
export type State = Static<typeof State>;

export type IdPrefix = "app" | "tbl" | "fld" | "rec" | "usr" | "sel" | "att" | "itr" | "viw" | "ach";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** An id as Airtable makes them: three letters of kind and fourteen more. */
export function makeId(prefix: IdPrefix): string {
	let id: string = prefix;
	for (const byte of randomBytes(14)) id += alphabet[byte % alphabet.length] ?? "A";
	return id;
}

export function findTable(base: Base, idOrName: string): Table | null {
	return base.tables.find((table) => table.id === idOrName || table.name === idOrName) ?? null;
}

export function findField(table: Table, idOrName: string): Field | null {
	return table.fields.find((field) => field.id === idOrName || field.name === idOrName) ?? null;
}
