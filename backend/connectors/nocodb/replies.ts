import { type Static, Type } from "@sinclair/typebox";

const Nullable = <Schema extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Boolean>>(schema: Schema) =>
	Type.Optional(Type.Union([schema, Type.Null()]));

/** The parts of NocoDB's replies that are used; anything more is let through, anything less is not believed. */
export const MeReply = Type.Object({ id: Type.Optional(Type.String()), email: Nullable(Type.String()) });

export const BasesReply = Type.Object({ list: Type.Array(Type.Object({ id: Type.String(), title: Type.String() })) });
export type BaseEntry = Static<typeof BasesReply>["list"][number];

export const TablesReply = Type.Object({
	list: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), type: Nullable(Type.String()) })),
});

const ColumnEntry = Type.Object({
	id: Type.String(),
	title: Type.String(),
	column_name: Nullable(Type.String()),
	uidt: Type.String(),
	pk: Type.Optional(Type.Unknown()),
	pv: Type.Optional(Type.Unknown()),
	system: Type.Optional(Type.Unknown()),
	readonly: Type.Optional(Type.Unknown()),
	/** Takes no row without it, unless `cdf` has something to put there. */
	rqd: Type.Optional(Type.Unknown()),
	cdf: Type.Optional(Type.Unknown()),
	meta: Type.Optional(Type.Unknown()),
	colOptions: Type.Optional(Type.Unknown()),
});
export type ColumnEntry = Static<typeof ColumnEntry>;

export const TableReply = Type.Object({ id: Type.String(), title: Type.String(), columns: Type.Array(ColumnEntry) });
export type TableEntry = Static<typeof TableReply>;

export const ColumnOptions = Type.Object({ options: Type.Array(Type.Object({ title: Type.String() })) });

export const RowEntry = Type.Record(Type.String(), Type.Unknown());
export type RowEntry = Static<typeof RowEntry>;

export const RowsReply = Type.Object({
	list: Type.Array(RowEntry),
	pageInfo: Type.Object({ isLastPage: Type.Optional(Type.Boolean()) }),
});

/** What was written: the keys of the rows, in their order. */
export const WrittenReply = Type.Array(RowEntry);

export const UploadReply = Type.Object({ fields: RowEntry });

/** Both envelopes: the newer one with a code, the older one with words alone. */
export const ErrorReply = Type.Object({
	error: Type.Optional(Type.String()),
	message: Type.Optional(Type.String()),
	msg: Type.Optional(Type.String()),
});
