import { cleanLine, plainText } from "../values/text.ts";

/**
 * One described object, out of JSON-LD, microdata or RDFa, or (`content`) out of the class names of microformats. Properties live in a Map, so that a page's `__proto__` is a key like
 * any other. After linking, things may refer to each other in circles: whoever walks them counts the steps.
 */
export type Thing = {
	/** Type names without vocabulary address: `Product`. */
	types: string[];
	/** The `@id`, `itemid` or `resource` as written, or null. */
	id: string | null;
	properties: Map<string, ThingValue[]>;
	from: "json-ld" | "microdata" | "rdfa" | "content";
	/** Where it stands among the page's things: `Product`, `Product.offers[0]`. */
	path: string;
};
export type ThingValue = string | number | boolean | Thing;

export const isThing = (value: ThingValue | undefined): value is Thing => typeof value === "object";

/** The local name of a vocabulary term: `https://schema.org/Product`, `schema:Product` and `Product` are one. */
export const termName = (raw: string): string =>
	raw.trim().replace(/^(?:https?:\/\/(?:www\.)?(?:schema\.org|data-vocabulary\.org)\/#?|schema:)/i, "");

/** What a thing is called in paths: its first type, or what it is without one. */
export const rootPath = (types: readonly string[]): string => (types[0] ?? "Thing").slice(0, 40);

/** The path of a property's value, counted where there are several (`of`): `Product.offers[0].price`. */
export const pathOf = (thing: Thing, name: string, { at, of }: { at: number; of: number }): string =>
	`${thing.path}.${name.slice(0, 40)}${of > 1 ? `[${at}]` : ""}`;

export const valuesOf = (thing: Thing, ...names: string[]): ThingValue[] => {
	for (const name of names) {
		const values = thing.properties.get(name);
		if (values !== undefined && values.length > 0) return values;
	}
	return [];
};

export const thingsOf = (thing: Thing, ...names: string[]): Thing[] => valuesOf(thing, ...names).filter(isThing);

const nameProperties = ["name", "headline", "title", "@value", "text"];

/** A value as one line of text; for an object its name. */
export const lineOf = (value: ThingValue | undefined): string => {
	if (value === undefined) return "";
	if (!isThing(value)) return cleanLine(plainText(String(value)));
	for (const inner of valuesOf(value, ...nameProperties))
		if (!isThing(inner)) return cleanLine(plainText(String(inner)));
	const parts = [...valuesOf(value, "givenName"), ...valuesOf(value, "familyName")];
	return cleanLine(plainText(parts.map((part) => (isThing(part) ? "" : String(part))).join(" ")));
};

/** The first of the named properties that says something, as one line. */
export const textOf = (thing: Thing, ...names: string[]): string => {
	for (const name of names) {
		for (const value of thing.properties.get(name) ?? []) {
			const line = lineOf(value);
			if (line !== "") return line;
		}
	}
	return "";
};

export const hasType = (thing: Thing, types: ReadonlySet<string>): boolean =>
	thing.types.some((type) => types.has(type));
