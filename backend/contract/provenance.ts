import { type Static, Type } from "@sinclair/typebox";

/**
 * What a captured value was read from. `typed`: by the person. `selection`: what the gesture pointed at. `selector`: a recipe's
 * field. `content`: shapes in the page's own markup. `page`: what the browser says of the document. `table`: a table's cell.
 */
export const ProvenanceSource = Type.Union([
	Type.Literal("typed"),
	Type.Literal("selection"),
	Type.Literal("selector"),
	Type.Literal("json-ld"),
	Type.Literal("microdata"),
	Type.Literal("rdfa"),
	Type.Literal("open-graph"),
	Type.Literal("twitter"),
	Type.Literal("meta"),
	Type.Literal("link"),
	Type.Literal("content"),
	Type.Literal("page"),
	Type.Literal("table"),
]);
export type ProvenanceSource = Static<typeof ProvenanceSource>;

/** Where one value comes from, and how sure that is. */
export const FieldProvenance = Type.Object({
	from: ProvenanceSource,
	/** Where in the source: `Product.offers[0].price`, the name of a meta element, a CSS selector. */
	path: Type.Optional(Type.String({ maxLength: 200 })),
	/** 0 (a guess) to 1 (said outright, or typed). */
	confidence: Type.Number({ minimum: 0, maximum: 1 }),
});
export type FieldProvenance = Static<typeof FieldProvenance>;

/** By the name of the field. What names no field of its record is not kept. */
export const Provenance = Type.Record(Type.String({ minLength: 1, maxLength: 128 }), FieldProvenance, {
	maxProperties: 100,
});
export type Provenance = Static<typeof Provenance>;
