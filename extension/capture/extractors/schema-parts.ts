import type { Located } from "../findings.ts";
import { limits } from "../limits.ts";
import { isThing, lineOf, pathOf, type Thing, type ThingValue, textOf, thingsOf, valuesOf } from "../sources/thing.ts";
import type { ThingReader } from "../sources/thing-reader.ts";
import { ratingOfFive } from "../values/rating.ts";

/** What every schema.org object may say: the fields all kinds share. */
export const commonParts = (thing: ThingReader) => ({
	title: thing.text("name", "headline"),
	description: thing.paragraphs("description", "abstract"),
	image: thing.address("image", "thumbnailUrl", "photo", "logo"),
	tags: thing.lines(["keywords"], { splitCommas: true }),
	language: thing.text("inLanguage"),
});

/** A postal address on one line, from an object or as it was written. */
export const postalLine = (value: ThingValue | undefined): string => {
	if (!isThing(value)) return lineOf(value).replace(/\s*\n\s*/g, ", ");
	const inner = thingsOf(value, "address")[0];
	if (inner !== undefined && inner !== value) return postalParts(inner);
	return postalParts(value) || lineOf(valuesOf(value, "address")[0]) || lineOf(value);
};

const postalParts = (address: Thing): string => {
	const city = [textOf(address, "postalCode"), textOf(address, "addressLocality")].filter(Boolean).join(" ");
	const parts = [
		textOf(address, "streetAddress"),
		city,
		textOf(address, "addressRegion"),
		textOf(address, "addressCountry"),
	];
	return [...new Set(parts.filter(Boolean))].join(", ");
};

export const addressParts = (thing: ThingReader): Located<string> | null =>
	thing.first(["address", "location"], (value) => postalLine(value) || null);

/** A rating in the scale of five, whatever the thing's own scale is, and how many gave one. */
export const ratingParts = (thing: ThingReader) => {
	const rating = thing.inner("aggregateRating")[0];
	if (rating === undefined) return {};
	const value = rating.number("ratingValue");
	const best = rating.number("bestRating")?.value ?? 5;
	const ofFive =
		value === null ? null : ratingOfFive(value.value, Math.max(best, value.value > 5 && best === 5 ? 10 : best));
	return {
		rating: value === null || ofFive === null ? null : { ...value, value: ofFive },
		ratingCount: rating.count("ratingCount", "reviewCount"),
	};
};

/** A bare address is no name. */
const isName = (line: string): boolean => line !== "" && !/^https?:\/\/|^www\./i.test(line);

/** The people of a property, by name. An object known only by its `url` has none. */
export const people = (thing: ThingReader, ...names: string[]): Located<string[]> | null => {
	for (const name of names) {
		const lines = valuesOf(thing.thing, name).map(lineOf).filter(isName);
		const each = [...new Set(lines)].slice(0, limits.listItems);
		if (each.length > 0) return { value: each, path: pathOf(thing.thing, name, { at: 0, of: 1 }) };
	}
	return null;
};

/** Several people on one line, as a text column wants them. */
export const peopleLine = (thing: ThingReader, ...names: string[]): Located<string> | null => {
	const found = people(thing, ...names);
	return found && { value: found.value.slice(0, 20).join(", "), path: found.path };
};

/** Contact of a person, a body or a place. */
export const contactParts = (thing: ThingReader) => {
	const points = [thing, ...thing.inner("contactPoint", "contactPoints")];
	const of = (...names: string[]): Located<string> | null =>
		points.map((point) => point.text(...names)).find((one) => one !== null) ?? null;
	const [email, phone] = [of("email"), of("telephone")];
	return {
		email: email && { ...email, value: email.value.replace(/^mailto:/i, "") },
		phone: phone && { ...phone, value: phone.value.replace(/^tel:/i, "") },
		website: thing.address("url"),
		address: addressParts(thing),
		profiles: profiles(thing),
	};
};

const profiles = (thing: ThingReader): Located<string[]> | null => {
	const found = thing.all(["sameAs"], (value) => thing.addressIn(value));
	return found && { value: [...new Set(found.values)], path: found.path };
};
