import { limits } from "../limits.ts";
import { parseDate } from "../values/date.ts";
import { parseMinutes } from "../values/duration.ts";
import { parseAmount } from "../values/number.ts";
import { cleanLine, plainText } from "../values/text.ts";
import { httpUrl } from "../values/url.ts";

/**
 * One described object, out of JSON-LD or microdata. Properties live in a Map, so that a page's `__proto__` is a key like
 * any other. After linking, things may refer to each other in circles: whoever walks them counts the steps.
 */
export type Thing = {
	/** Type names without vocabulary address: `Product`. */
	types: string[];
	/** The `@id` or `itemid` as written, or null. */
	id: string | null;
	properties: Map<string, ThingValue[]>;
	from: "json-ld" | "microdata";
};
export type ThingValue = string | number | boolean | Thing;

export const isThing = (value: ThingValue | undefined): value is Thing => typeof value === "object";

/** The local name of a vocabulary term: `https://schema.org/Product`, `schema:Product` and `Product` are one. */
export const termName = (raw: string): string =>
	raw.trim().replace(/^(?:https?:\/\/(?:www\.)?schema\.org\/|schema:)/i, "");

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
	return "";
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

/** Like `textOf`, with its line breaks kept: for descriptions. */
export const paragraphsOf = (thing: Thing, ...names: string[]): string => {
	const value = valuesOf(thing, ...names)[0];
	return value === undefined ? "" : isThing(value) ? lineOf(value) : plainText(String(value));
};

/** Every value of the first property that has any, as lines; a single comma-separated text is taken apart when asked. */
export const linesOf = (thing: Thing, names: string[], { splitCommas = false } = {}): string[] => {
	const lines = valuesOf(thing, ...names).map(lineOf);
	const parts = splitCommas ? lines.flatMap((line) => line.split(/[,;]/)) : lines;
	return [...new Set(parts.map((line) => line.trim()).filter((line) => line !== ""))].slice(0, limits.listItems);
};

export const numberOf = (thing: Thing, ...names: string[]): number | null => {
	for (const value of valuesOf(thing, ...names)) {
		if (typeof value === "number" && Number.isFinite(value)) return value;
		// Structured data writes machine numbers; another locale's spelling is read as a person would.
		const text = typeof value === "string" ? value.trim() : "";
		if (text !== "") return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : parseAmount(text);
	}
	return null;
};

export const dateOf = (thing: Thing, ...names: string[]): string | null => {
	for (const value of valuesOf(thing, ...names)) {
		const date = isThing(value) ? null : parseDate(String(value));
		if (date !== null) return date;
	}
	return null;
};

export const minutesOf = (thing: Thing, ...names: string[]): number | null => {
	const value = valuesOf(thing, ...names)[0];
	return typeof value === "string" ? parseMinutes(value) : null;
};

/** An address: a plain text, or an object's `url`, `contentUrl` or `@id`. */
export const addressOf = (thing: Thing, base: string, ...names: string[]): string | null => {
	for (const value of valuesOf(thing, ...names)) {
		const raws = isThing(value) ? [...valuesOf(value, "url", "contentUrl"), value.id ?? ""] : [value];
		for (const raw of raws) {
			const address = isThing(raw) ? null : httpUrl(String(raw), base);
			if (address !== null) return address;
		}
	}
	return null;
};

export const hasType = (thing: Thing, types: ReadonlySet<string>): boolean =>
	thing.types.some((type) => types.has(type));
