import type { TableField } from "../contract/connections.ts";
import type { FieldType } from "../contract/fields.ts";
import type { TargetSuggestion } from "../contract/targets.ts";
import { words } from "./words.ts";

export type CapturedField = { name: string; type: FieldType };

/** How well a column's type takes a field's, from 0 (not at all) to 3 (made for it). What is not listed is 0. */
const typeFit: Readonly<Record<FieldType, Partial<Record<TableField["type"], number>>>> = {
	text: { text: 3, long_text: 2, rich_text: 1, select: 1, email: 1, phone: 1 },
	markdown: { rich_text: 3, long_text: 2 },
	url: { url: 3, text: 1, long_text: 1 },
	image: { attachment: 3, url: 2 },
	date: { date: 3, datetime: 3, text: 1 },
	number: { number: 3, rating: 2, duration: 1, percent: 1, currency: 1, text: 1 },
	boolean: { boolean: 3 },
	currency: { currency: 3, number: 2 },
	list: { multi_select: 3, long_text: 2, text: 1 },
};

/** Words that people give columns for what Sheaf calls otherwise; both sides folded (`words`). */
const otherNames: Readonly<Record<string, readonly string[]>> = {
	title: ["name", "headline", "heading", "subject", "page", "product", "article", "position", "role"],
	url: ["link", "address", "website", "web site", "page url", "source", "href", "web address"],
	description: ["summary", "notes", "note", "excerpt", "abstract", "about", "details", "comment"],
	image: ["picture", "photo", "cover", "thumbnail", "screenshot", "attachments", "images"],
	sitename: ["site", "source", "publisher", "website name", "shop"],
	author: ["by", "writer", "creator", "byline"],
	authors: ["author", "by", "writers"],
	published: ["date", "published on", "publication date", "published at", "publish date", "posted"],
	tags: ["labels", "keywords", "topics", "categories", "category"],
	body: ["content", "text", "full text", "article text"],
	price: ["cost", "amount", "list price"],
	brand: ["manufacturer", "maker", "vendor"],
	company: ["employer", "organisation", "organization"],
	location: ["place", "city", "where"],
	jobtitle: ["job", "position", "role"],
	rating: ["stars", "score", "review score"],
	starts: ["start", "start date", "begins", "date"],
	ends: ["end", "end date"],
	email: ["e mail", "mail", "email address"],
	phone: ["telephone", "tel", "mobile", "phone number"],
};

/** Which of these tells rows apart best, if mapped. */
const keyFields = ["url", "doi", "gtin", "sku", "email", "title"];

const minScore = 4;

/**
 * Fits captured fields to columns by name and type, each column and each field once, the best pairs first. A name that is the
 * same counts most; a type alone never makes a pair, because a wrong column filled is worse than one left empty. Pure.
 */
export function suggestMapping(fields: readonly CapturedField[], columns: readonly TableField[]): TargetSuggestion {
	const pairs = fields.flatMap((field) =>
		columns.map((column, place) => ({ field, column, place, score: scoreOf(field, column) })),
	);
	const ranked = pairs
		.filter(({ score }) => score >= minScore)
		.toSorted((a, b) => b.score - a.score || a.place - b.place);
	const chosen = new Map<string, CapturedField>();
	const used = new Set<string>();
	for (const { field, column } of ranked) {
		if (chosen.has(column.id) || used.has(field.name)) continue;
		chosen.set(column.id, field);
		used.add(field.name);
	}
	const mapping = columns.flatMap(({ id }) => {
		const field = chosen.get(id);
		return field === undefined ? [] : [{ from: field.name, to: id }];
	});
	return { mapping, matchKey: keyOf(chosen, columns) };
}

function scoreOf(field: CapturedField, column: TableField): number {
	const fit = typeFit[field.type][column.type] ?? 0;
	if (!column.writable || fit === 0) return 0;
	const [wanted, given] = [words(field.name), words(column.name)];
	if (wanted === given) return 10 + fit;
	const others = otherNames[wanted.replaceAll(" ", "")] ?? [];
	const place = others.indexOf(given);
	if (place >= 0) return 8 - place / others.length + fit;
	const near = given.split(" ").includes(wanted) || wanted.split(" ").includes(given);
	return near ? 2 + fit : 0;
}

function keyOf(chosen: ReadonlyMap<string, CapturedField>, columns: readonly TableField[]): string[] {
	for (const name of keyFields) {
		const column = columns.find(({ id, matchable }) => matchable && chosen.get(id)?.name === name);
		if (column !== undefined) return [column.id];
	}
	return [];
}
