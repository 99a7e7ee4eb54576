import { type Static, Type } from "@sinclair/typebox";
import { FieldValue } from "./fields.ts";

/** One simple step on a value; a chain of up to ten is applied in order. What a step cannot read it refuses, and the record says so. */
export const TransformStep = Type.Union([
	Type.Object({ kind: Type.Literal("trim") }),
	/** `pattern` in RE2's syntax (no back-references), so that no text can make it slow; `replace` may name groups as `$1`. */
	Type.Object({
		kind: Type.Literal("regex"),
		pattern: Type.String({ minLength: 1, maxLength: 500 }),
		flags: Type.Optional(Type.String({ pattern: "^[ims]*$" })),
		replace: Type.String({ maxLength: 500 }),
	}),
	/** A text to a number or an amount, as written in a locale: `1.234,56 €`. */
	Type.Object({
		kind: Type.Literal("number"),
		decimal: Type.Union([Type.Literal("."), Type.Literal(","), Type.Literal("auto")]),
	}),
	/** A text to a date by a pattern of `YYYY MM DD HH mm ss` and literals; without one, as ISO 8601 writes it. */
	Type.Object({
		kind: Type.Literal("date"),
		pattern: Type.Optional(Type.String({ maxLength: 60 })),
		timeZone: Type.Optional(Type.String({ maxLength: 60 })),
	}),
	Type.Object({
		kind: Type.Literal("split"),
		separator: Type.String({ minLength: 1, maxLength: 20 }),
		take: Type.Optional(Type.Integer({ minimum: -100, maximum: 100 })),
	}),
	Type.Object({ kind: Type.Literal("join"), separator: Type.String({ maxLength: 20 }) }),
	/** Exact texts to others; one that is not listed stays as it is. */
	Type.Object({
		kind: Type.Literal("map"),
		values: Type.Record(Type.String({ maxLength: 500 }), Type.String({ maxLength: 500 }), { maxProperties: 200 }),
	}),
	/** Stands in when there is no value. */
	Type.Object({ kind: Type.Literal("default"), value: FieldValue }),
]);
export type TransformStep = Static<typeof TransformStep>;

export const Transform = Type.Array(TransformStep, { minItems: 1, maxItems: 10 });
export type Transform = Static<typeof Transform>;
