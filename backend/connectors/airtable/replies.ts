import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

/** The parts of Airtable's replies that are used; anything more is let through, anything less is not believed. */
export const WhoAmIReply = Type.Object({
	id: Type.String({ minLength: 1 }),
	email: Type.Optional(Type.String()),
	scopes: Type.Optional(Type.Array(Type.String())),
});

export const BasesReply = Type.Object({
	bases: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), permissionLevel: Type.String() })),
	offset: Type.Optional(Type.String()),
});
export type BaseEntry = Static<typeof BasesReply>["bases"][number];

export const FieldEntry = Type.Object({
	id: Type.String(),
	name: Type.String(),
	type: Type.String(),
	options: Type.Optional(
		Type.Object({
			choices: Type.Optional(Type.Array(Type.Object({ name: Type.String() }))),
			max: Type.Optional(Type.Integer()),
			linkedTableId: Type.Optional(Type.String()),
		}),
	),
});
export type FieldEntry = Static<typeof FieldEntry>;

export const TablesReply = Type.Object({
	tables: Type.Array(
		Type.Object({
			id: Type.String(),
			name: Type.String(),
			primaryFieldId: Type.Optional(Type.String()),
			fields: Type.Array(FieldEntry),
		}),
	),
});
export type TableEntry = Static<typeof TablesReply>["tables"][number];

/** Rows with their cells by column id; empty cells are absent. */
export const RowsReply = Type.Object({
	records: Type.Array(
		Type.Object({ id: Type.String({ minLength: 1 }), fields: Type.Record(Type.String(), Type.Unknown()) }),
	),
	offset: Type.Optional(Type.String()),
});
export type RowEntry = Static<typeof RowsReply>["records"][number];

export const RowReply = Type.Object({
	id: Type.String(),
	fields: Type.Record(Type.String(), Type.Unknown()),
});

export const RemovedReply = Type.Object({ records: Type.Array(Type.Object({ id: Type.String() })) });

export const UpsertReply = Type.Object({
	records: Type.Array(Type.Object({ id: Type.String({ minLength: 1 }) })),
	createdRecords: Type.Array(Type.String()),
});

/** The usual envelope, the short one, and an older one that may still occur. */
const ErrorReply = Type.Object({
	error: Type.Union([Type.String(), Type.Object({ type: Type.String(), message: Type.Optional(Type.String()) })]),
});
const OlderErrorReply = Type.Object({
	errors: Type.Array(Type.Object({ error: Type.String(), message: Type.Optional(Type.String()) }), { minItems: 1 }),
});

/** The text as this shape, or null when it is not JSON or not of this shape. */
export function parseReply<Schema extends TSchema>(schema: Schema, text: string): Static<Schema> | null {
	const value = parseJson(text);
	return Value.Check(schema, value) ? value : null;
}

/** Airtable's own type and words of an error; empty when the body is something else, such as a gateway's page. */
export function parseError(text: string): { type: string; said: string } {
	const value = parseJson(text);
	if (Value.Check(ErrorReply, value)) {
		if (typeof value.error === "string") return { type: value.error, said: "" };
		return { type: value.error.type, said: value.error.message ?? "" };
	}
	if (Value.Check(OlderErrorReply, value)) {
		return { type: value.errors[0]?.error ?? "", said: value.errors[0]?.message ?? "" };
	}
	return { type: "", said: "" };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
