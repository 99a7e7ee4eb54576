import { type Static, Type } from "@sinclair/typebox";

/** The parts of Baserow's replies that are used; anything more is let through, anything less is not believed. */
export const CheckReply = Type.Object({ token: Type.Literal("OK") });

export const TablesReply = Type.Array(
	Type.Object({ id: Type.Integer(), name: Type.String(), database_id: Type.Integer() }),
);

const FieldEntry = Type.Object({
	id: Type.Integer(),
	name: Type.String(),
	type: Type.String(),
	primary: Type.Optional(Type.Boolean()),
	read_only: Type.Optional(Type.Boolean()),
	date_include_time: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
	max_value: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
	/** The table that the column links to. */
	link_row_table_id: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
	select_options: Type.Optional(Type.Array(Type.Object({ id: Type.Integer(), value: Type.String() }))),
});
export type FieldEntry = Static<typeof FieldEntry>;

export const FieldsReply = Type.Array(FieldEntry);

export const RowEntry = Type.Intersect([
	Type.Object({ id: Type.Integer() }),
	Type.Record(Type.String(), Type.Unknown()),
]);
export type RowEntry = Static<typeof RowEntry>;

export const RowsReply = Type.Object({
	results: Type.Array(RowEntry),
	next: Type.Union([Type.String(), Type.Null()]),
});

/** By table, then by the row's number. */
export const NamesReply = Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()));

export const WrittenReply = Type.Object({ items: Type.Array(RowEntry) });

/** `name` is what a file cell refers to. */
export const UserFileReply = Type.Object({ name: Type.String({ minLength: 1 }) });

/** `detail` is words, or by column what is wrong with it. */
export const ErrorReply = Type.Object({ error: Type.Optional(Type.String()), detail: Type.Optional(Type.Unknown()) });
