import { type Static, Type } from "@sinclair/typebox";
import { FieldValue } from "./fields.ts";

export const TrimStep = Type.Object({ kind: Type.Literal("trim") });

/**
 * A text to a number or an amount, as written in a locale: `1.234,56 €`. `decimal` is the sign before the fraction; with `auto` a text
 * that can be read in two ways (`1.234`) is refused.
 */
export const NumberStep = Type.Object({
	kind: Type.Literal("number"),
	decimal: Type.Union([Type.Literal("."), Type.Literal(","), Type.Literal("auto")]),
});

/** A text to its parts, trimmed; without `take` a list of those that are not empty. `take` counts from 0, or from the end with -1. */
export const SplitStep = Type.Object({
	kind: Type.Literal("split"),
	separator: Type.String({ minLength: 1, maxLength: 20 }),
	take: Type.Optional(Type.Integer({ minimum: -100, maximum: 100 })),
});

/**
 * A web address in the form that tells pages apart: what only tells who sent the visitor is taken away (utm_*, fbclid, gclid and others),
 * and so are the fragment and a default port; the host is in small letters. Other addresses (mailto:, ftp:) stay as they are.
 */
export const UrlStep = Type.Object({ kind: Type.Literal("url") });

/**
 * One simple step on a value; a chain of up to ten is applied in order. What a step cannot read it refuses, and the record says so.
 * A value that is missing or empty passes through all of them but `default`.
 */
export const TransformStep = Type.Union([
	TrimStep,
	/**
	 * Everywhere `pattern` matches, `replace` is put; a text it does not match stays as it is. In RE2's syntax (no back-references), so
	 * that no text can make it slow. `replace` may name groups as `$1` or `${name}`, all of the match as `$0` and a dollar as `$$`.
	 */
	Type.Object({
		kind: Type.Literal("regex"),
		pattern: Type.String({ minLength: 1, maxLength: 500 }),
		flags: Type.Optional(Type.String({ pattern: "^[ims]*$" })),
		replace: Type.String({ maxLength: 500 }),
	}),
	NumberStep,
	/**
	 * A text to a date by a pattern; without one, as ISO 8601 writes it. The pattern's parts: `YYYY`, `MMMM` and `MMM` (a month's name in
	 * English), `MM` `M`, `DD` `D`, `HH` `H`, `hh` `h` with `A` (AM or PM), `mm`, `ss`; everything else stands for itself, as does what is in
	 * `[…]`. `timeZone` (IANA) is where a time of day without an offset was; without one it has none, which a column of moments refuses. A day has no zone.
	 */
	Type.Object({
		kind: Type.Literal("date"),
		pattern: Type.Optional(Type.String({ maxLength: 60 })),
		timeZone: Type.Optional(Type.String({ maxLength: 60 })),
	}),
	SplitStep,
	/** A list to one text. */
	Type.Object({ kind: Type.Literal("join"), separator: Type.String({ maxLength: 20 }) }),
	/** Exact texts to others; one that is not listed stays as it is. */
	Type.Object({
		kind: Type.Literal("map"),
		values: Type.Record(Type.String({ maxLength: 500 }), Type.String({ maxLength: 500 }), { maxProperties: 200 }),
	}),
	/** Stands in when there is no value. */
	Type.Object({ kind: Type.Literal("default"), value: FieldValue }),
	UrlStep,
]);
export type TransformStep = Static<typeof TransformStep>;

export const Transform = Type.Array(TransformStep, { minItems: 1, maxItems: 10 });
export type Transform = Static<typeof Transform>;
