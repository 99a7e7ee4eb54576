import { type Static, Type } from "@sinclair/typebox";

/**
 * One captured value with its type. `text`, `url`, `image` (an address), `markdown` and `date` (RFC 3339 instant or a
 * plain `YYYY-MM-DD`) carry a string; `currency` an amount with its ISO 4217 code; `list` short texts.
 */
export const FieldValue = Type.Union([
	Type.Object({ type: Type.Literal("text"), value: Type.String({ maxLength: 100_000 }) }),
	Type.Object({ type: Type.Literal("markdown"), value: Type.String({ maxLength: 400_000 }) }),
	Type.Object({ type: Type.Literal("url"), value: Type.String({ maxLength: 8_192 }) }),
	Type.Object({ type: Type.Literal("image"), value: Type.String({ maxLength: 8_192 }) }),
	Type.Object({ type: Type.Literal("date"), value: Type.String({ maxLength: 40 }) }),
	Type.Object({ type: Type.Literal("number"), value: Type.Number() }),
	Type.Object({ type: Type.Literal("boolean"), value: Type.Boolean() }),
	Type.Object({
		type: Type.Literal("currency"),
		value: Type.Object({ amount: Type.Number(), currency: Type.String({ pattern: "^[A-Z]{3}$" }) }),
	}),
	Type.Object({
		type: Type.Literal("list"),
		value: Type.Array(Type.String({ maxLength: 2_000 }), { maxItems: 500 }),
	}),
]);
export type FieldValue = Static<typeof FieldValue>;

/** The types alone, where a value is not there yet. */
export const FieldType = Type.Union([
	Type.Literal("text"),
	Type.Literal("markdown"),
	Type.Literal("url"),
	Type.Literal("image"),
	Type.Literal("date"),
	Type.Literal("number"),
	Type.Literal("boolean"),
	Type.Literal("currency"),
	Type.Literal("list"),
]);
export type FieldType = FieldValue["type"];

/** The fields of a record by name. At most 100, names at most 128 characters. */
export const Fields = Type.Record(Type.String({ minLength: 1, maxLength: 128 }), FieldValue, { maxProperties: 100 });
export type Fields = Static<typeof Fields>;
