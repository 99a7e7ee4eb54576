import { type Static, Type } from "@sinclair/typebox";
import { type Base, type Field, makeId, PermissionLevel, type Table } from "./state.ts";

/** A base in short: ids are made up where none are given, choices are names, rows are cells by field name. */
export const FieldSeed = Type.Object({
	id: Type.Optional(Type.String()),
	name: Type.String(),
	type: Type.String(),
	choices: Type.Optional(Type.Array(Type.String())),
	options: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});
export type FieldSeed = Static<typeof FieldSeed>;

export const TableSeed = Type.Object({
	id: Type.Optional(Type.String()),
	name: Type.String(),
	fields: Type.Array(FieldSeed, { minItems: 1 }),
	rows: Type.Optional(Type.Array(Type.Record(Type.String(), Type.Unknown()))),
});
export type TableSeed = Static<typeof TableSeed>;

export const BaseSeed = Type.Object({
	id: Type.Optional(Type.String()),
	name: Type.String(),
	permissionLevel: Type.Optional(PermissionLevel),
	tables: Type.Array(TableSeed),
});
export type BaseSeed = Static<typeof BaseSeed>;

export function growBase(seed: BaseSeed): Base {
	return {
		id: seed.id ?? makeId("app"),
		name: seed.name,
		permissionLevel: seed.permissionLevel ?? "create",
		tables: seed.tables.map(growTable),
	};
}

export function growTable(seed: TableSeed): Table {
	const fields = seed.fields.map(growField);
	const idOf = new Map(fields.map((field) => [field.name, field.id]));
	return {
		id: seed.id ?? makeId("tbl"),
		name: seed.name,
		primaryFieldId: fields[0]?.id ?? "",
		fields,
		rows: (seed.rows ?? []).map((cells) => ({
			id: makeId("rec"),
			createdTime: new Date().toISOString(),
			cells: Object.fromEntries(Object.entries(cells).map(([name, cell]) => [idOf.get(name) ?? name, cell])),
		})),
	};
}

export function growField(seed: FieldSeed): Field {
	const options =
		seed.choices === undefined ? seed.options : { ...seed.options, choices: seed.choices.map(growChoice) };
	return {
		id: seed.id ?? makeId("fld"),
		name: seed.name,
		type: seed.type,
		...(options === undefined ? {} : { options }),
	};
}

export function growChoice(name: string): { id: string; name: string; color: string } {
	return { id: makeId("sel"), name, color: "blueLight2" };
}
