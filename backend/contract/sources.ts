import { type Static, Type } from "@sinclair/typebox";
import { Fields, FieldType } from "./fields.ts";
import { Instant } from "./ids.ts";

/** Conditions on a column. `empty` and `not_empty` take no value; `gt` and `lt` compare numbers and dates. */
export const SourceOperator = Type.Union([
	Type.Literal("is"),
	Type.Literal("is_not"),
	Type.Literal("contains"),
	Type.Literal("gt"),
	Type.Literal("lt"),
	Type.Literal("empty"),
	Type.Literal("not_empty"),
]);
export type SourceOperator = Static<typeof SourceOperator>;

/** A column of a source. `type` is what its values are as fields of a record; `providerType` is the provider's own word. */
export const SourceColumn = Type.Object({
	/** The provider's id of it: names change, ids do not. */
	id: Type.String({ minLength: 1, maxLength: 200 }),
	name: Type.String(),
	type: FieldType,
	providerType: Type.String(),
	/** Its values, alone or with the other key columns', tell rows apart. */
	key: Type.Boolean(),
	/** `search` looks into it. */
	searchable: Type.Boolean(),
	/** The conditions that can be asked of it, checked where the rows are; none: it cannot be filtered by. */
	operators: Type.Array(SourceOperator),
	/** The values of a choice, where the provider lists them. */
	options: Type.Optional(Type.Array(Type.String())),
});
export type SourceColumn = Static<typeof SourceColumn>;

export const SourceSchema = Type.Object({
	columns: Type.Array(SourceColumn),
	/** Nothing tells its rows apart by itself (a view): `place.keyColumn` has to name a column before rows can be listed. */
	needsKey: Type.Boolean(),
});
export type SourceSchema = Static<typeof SourceSchema>;

/** Where rows are. `profileId` where an account has several (Amazon Ads); `keyColumn` where the schema `needsKey`. */
export const SourcePlace = Type.Object({
	containerId: Type.String({ maxLength: 200 }),
	tableId: Type.String({ minLength: 1, maxLength: 200 }),
	profileId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
	keyColumn: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
});
export type SourcePlace = Static<typeof SourcePlace>;

/** One condition; several are all to hold. Dates are RFC 3339 instants or plain days. */
export const SourceCondition = Type.Object({
	/** The column's id. */
	column: Type.String({ minLength: 1, maxLength: 200 }),
	op: SourceOperator,
	value: Type.Optional(Type.Union([Type.String({ maxLength: 2_000 }), Type.Number(), Type.Boolean()])),
});
export type SourceCondition = Static<typeof SourceCondition>;

export const SourceFilter = Type.Array(SourceCondition, { maxItems: 20 });
export type SourceFilter = Static<typeof SourceFilter>;

/** A row as its source has it. `fields` by column id; empty cells are absent. */
export const SourceRow = Type.Object({
	/** Stable: the same row has the same one at every listing. */
	externalId: Type.String({ minLength: 1, maxLength: 1_000 }),
	fields: Fields,
	/** When it was last changed there, where the provider says so. */
	changedAt: Type.Union([Instant, Type.Null()]),
});
export type SourceRow = Static<typeof SourceRow>;

/** How many rows there are; not `exact`: an estimate of the provider's. */
export const SourceTotal = Type.Object({ count: Type.Integer({ minimum: 0 }), exact: Type.Boolean() });
export type SourceTotal = Static<typeof SourceTotal>;
