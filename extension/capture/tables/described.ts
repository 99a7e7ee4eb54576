import type { FieldValue } from "../../../backend/contract/fields.ts";
import { peopleLine, postalLine, ratingParts, termWords } from "../extractors/schema-parts.ts";
import { readJsonLd } from "../sources/json-ld.ts";
import { addressOf, dateOf, isThing, type Thing, textOf, thingsOf, valuesOf } from "../sources/thing.ts";
import { currencyCode, parsePrice } from "../values/price.ts";
import type { FieldName } from "../vocabulary.ts";
import { bounds } from "./bounds.ts";

/** One of several things of a kind that the page describes for machines. */
export type Described = { name: string; url: string | null; fields: Partial<Record<FieldName, FieldValue>> };

const text = (value: string): FieldValue | null => (value === "" ? null : { type: "text", value });
const date = (value: string | null): FieldValue | null => (value === null ? null : { type: "date", value });

const priceOf = (thing: Thing, language: string): FieldValue | null => {
	const offer = thingsOf(thing, "offers")[0];
	const raw = offer === undefined ? undefined : valuesOf(offer, "price", "lowPrice")[0];
	if (offer === undefined || raw === undefined || isThing(raw)) return null;
	const known = currencyCode(textOf(offer, "priceCurrency"));
	// Machines write a point for decimals, whatever the page's language.
	const amount = typeof raw === "number" ? raw : /^\d+(?:\.\d+)?$/.test(String(raw)) ? Number(raw) : null;
	if (amount !== null && known !== null) return { type: "currency", value: { amount, currency: known } };
	const price = parsePrice(String(raw), { known, language });
	return price === null ? null : { type: "currency", value: price };
};

const ratingOf = (thing: Thing): Partial<Record<FieldName, FieldValue | null>> => {
	const parts = ratingParts(thing);
	const number = (value: number | null | undefined): FieldValue | null =>
		value === null || value === undefined ? null : { type: "number", value };
	return { rating: number(parts.rating), ratingCount: number(parts.ratingCount) };
};

const describe = (thing: Thing, base: string, language: string): Described => {
	const url = addressOf(thing, base, "url", "@id", "mainEntityOfPage");
	const image = addressOf(thing, base, "image", "thumbnailUrl");
	const offer = thingsOf(thing, "offers")[0];
	const found: Partial<Record<FieldName, FieldValue | null>> = {
		image: image === null ? null : { type: "image", value: image },
		description: text(textOf(thing, "description")),
		author: text(peopleLine(thing, "author", "creator")),
		published: date(dateOf(thing, "datePublished", "datePosted", "uploadDate")),
		brand: text(textOf(thing, "brand", "manufacturer")),
		sku: text(textOf(thing, "sku")),
		company: text(textOf(thing, "hiringOrganization")),
		location: text(postalLine(valuesOf(thing, "jobLocation", "location")[0])),
		starts: date(dateOf(thing, "startDate")),
		availability: text(offer === undefined ? "" : termWords(textOf(offer, "availability"))),
		price: priceOf(thing, language),
		...ratingOf(thing),
	};
	const said = Object.entries(found).filter(([, value]) => value !== null && value !== undefined);
	return { name: textOf(thing, "name", "headline", "title"), url, fields: Object.fromEntries(said) };
};

const fromListItem = (item: Thing): Thing => thingsOf(item, "item")[0] ?? item;

/** The members of the longest list that the page declares, else the objects of the type that it has most of. */
const members = (things: readonly Thing[]): Thing[] => {
	const declared = things
		.filter(({ types }) => types.includes("ItemList") || types.includes("OfferCatalog"))
		.map((list) => thingsOf(list, "itemListElement").map(fromListItem))
		.toSorted((one, other) => other.length - one.length)[0];
	if (declared !== undefined && declared.length >= 3) return declared;
	const byType = new Map<string, Thing[]>();
	for (const thing of things) {
		const type = thing.types[0] ?? "";
		if (!/List|Breadcrumb|WebPage|WebSite|Organization|ImageObject|Person/.test(type))
			byType.set(type, [...(byType.get(type) ?? []), thing]);
	}
	return [...byType.values()].toSorted((one, other) => other.length - one.length)[0] ?? [];
};

/** Several things of one kind that the page describes, or none. */
export const readDescribed = (document: Document, base: string, language: string): Described[] => {
	const found = members(readJsonLd(document)).slice(0, bounds.rows);
	const described = found.map((thing) => describe(thing, base, language));
	return described.length < 3 ? [] : described.filter(({ name, url }) => name !== "" || url !== null);
};
