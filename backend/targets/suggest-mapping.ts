import type { TableField } from "../contract/connections.ts";
import type { Fields } from "../contract/fields.ts";
import type { MappingEntry, TargetSuggestion } from "../contract/targets.ts";
import { type CapturedField, type Fit, fitOf } from "./column-fit.ts";
import { words } from "./words.ts";

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
 * Fits captured fields to columns by name, type and what was captured last, each column and each field once, the best pairs first. A name that
 * is the same counts most; a type alone never makes a pair, because a wrong column filled is worse than one left empty. A text that reads as
 * what the column takes comes with the step that reads it, and an address that tells rows apart with the one that tidies it. Pure.
 */
export function suggestMapping(
	fields: readonly CapturedField[],
	columns: readonly TableField[],
	samples: Fields = {},
): TargetSuggestion {
	const pairs = fields.flatMap((field) => {
		const sample = Object.hasOwn(samples, field.name) ? (samples[field.name] ?? null) : null;
		return columns.map((column, place): Pair => {
			const fit = column.writable ? fitOf(field, column, sample) : null;
			return { field, column, place, fit, score: fit === null ? 0 : scoreOf(field, column, fit) };
		});
	});
	const ranked = pairs
		.filter(({ score }) => score >= minScore)
		.toSorted((a, b) => b.score - a.score || a.place - b.place);
	const chosen = new Map<string, Pair>();
	const used = new Set<string>();
	for (const pair of ranked) {
		if (chosen.has(pair.column.id) || used.has(pair.field.name)) continue;
		chosen.set(pair.column.id, pair);
		used.add(pair.field.name);
	}
	const matchKey = keyOf(chosen, columns);
	const mapping = columns.flatMap(({ id }) => {
		const pair = chosen.get(id);
		return pair === undefined ? [] : [entryOf(pair, matchKey.includes(id))];
	});
	return { mapping, matchKey };
}

type Pair = { field: CapturedField; column: TableField; place: number; fit: Fit | null; score: number };

function entryOf({ field, column, fit }: Pair, isKey: boolean): MappingEntry {
	const tidied = isKey && fit?.reads === "url" ? [{ kind: "url" as const }] : [];
	const transform = [...(fit?.steps ?? []), ...tidied];
	return { from: field.name, to: column.id, ...(transform.length === 0 ? {} : { transform }) };
}

function scoreOf(field: CapturedField, column: TableField, { fit }: Fit): number {
	const [wanted, given] = [words(field.name), words(column.name)];
	if (wanted === given) return 10 + fit;
	const others = otherNames[wanted.replaceAll(" ", "")] ?? [];
	const place = others.indexOf(given);
	if (place >= 0) return 8 - place / others.length + fit;
	const near = given.split(" ").includes(wanted) || wanted.split(" ").includes(given);
	return near ? 2 + fit : 0;
}

function keyOf(chosen: ReadonlyMap<string, Pair>, columns: readonly TableField[]): string[] {
	for (const name of keyFields) {
		const column = columns.find(({ id, matchable }) => matchable && chosen.get(id)?.field.name === name);
		if (column !== undefined) return [column.id];
	}
	return [];
}
