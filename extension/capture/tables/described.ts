import type { FieldValue } from "../../../backend/contract/fields.ts";
import { offerParts } from "../extractors/offers.ts";
import { peopleLine, postalLine, ratingParts } from "../extractors/schema-parts.ts";
import { Findings } from "../findings.ts";
import { readJsonLd } from "../sources/json-ld.ts";
import { type Thing, thingsOf } from "../sources/thing.ts";
import { ThingReader } from "../sources/thing-reader.ts";
import type { FieldName } from "../vocabulary.ts";
import { bounds } from "./bounds.ts";

/** One of several things of a kind that the page describes for machines. */
export type Described = { name: string; url: string | null; fields: Partial<Record<FieldName, FieldValue>> };

const describe = (thing: ThingReader, here: string): Described => {
	const { price, availability } = offerParts(thing.inner("offers"), here);
	const found = new Findings();
	found.offerAll(
		{
			image: thing.address("image", "thumbnailUrl"),
			description: thing.text("description"),
			author: peopleLine(thing, "author", "creator"),
			published: thing.date("datePublished", "datePosted", "uploadDate"),
			brand: thing.text("brand", "manufacturer"),
			sku: thing.text("sku"),
			company: thing.text("hiringOrganization"),
			location: thing.first(["jobLocation", "location"], (value) => postalLine(value) || null),
			starts: thing.date("startDate"),
			price,
			availability,
			...ratingParts(thing),
		},
		"json-ld",
	);
	const url = thing.address("url", "@id", "mainEntityOfPage");
	const name = thing.text("name", "headline", "title");
	return { name: name?.value ?? "", url: url?.value ?? null, fields: found.result().fields };
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
	const described = found.map((thing) => describe(new ThingReader(thing, { place: { language }, base }), base));
	return described.length < 3 ? [] : described.filter(({ name, url }) => name !== "" || url !== null);
};
