import type { Table, TableField } from "../contract/connections.ts";
import type { ConnectorResult, NewColumn } from "./connector.ts";

/**
 * What a message carries has no columns of its own: whoever receives it takes any name. So these connectors offer the names that
 * captures use, each with its type, as one table; a further name is added with `createColumns`.
 */
const types: Readonly<Record<string, TableField["type"]>> = {
	title: "text",
	url: "url",
	description: "long_text",
	image: "url",
	siteName: "text",
	author: "text",
	authors: "multi_select",
	published: "datetime",
	modified: "datetime",
	language: "text",
	tags: "multi_select",
	body: "long_text",
	foundOn: "url",
	quote: "long_text",
	section: "text",
	journal: "text",
	doi: "text",
	pdf: "url",
	price: "number",
	currency: "text",
	originalPrice: "number",
	brand: "text",
	sku: "text",
	gtin: "text",
	availability: "text",
	condition: "text",
	seller: "text",
	category: "text",
	rating: "number",
	ratingCount: "number",
	company: "text",
	location: "text",
	remote: "boolean",
	employmentType: "text",
	salaryMin: "number",
	salaryMax: "number",
	salaryPeriod: "text",
	deadline: "date",
	ingredients: "multi_select",
	instructions: "multi_select",
	servings: "text",
	prepMinutes: "number",
	cookMinutes: "number",
	totalMinutes: "number",
	cuisine: "text",
	calories: "text",
	owner: "text",
	programmingLanguage: "text",
	license: "text",
	stars: "number",
	forks: "number",
	durationMinutes: "number",
	views: "number",
	starts: "datetime",
	ends: "datetime",
	organiser: "text",
	jobTitle: "text",
	email: "text",
	phone: "text",
	website: "url",
	profiles: "multi_select",
	address: "text",
	latitude: "number",
	longitude: "number",
	openingHours: "multi_select",
	priceRange: "text",
	notes: "long_text",
};

const longestName = 100;

/** The one table: everything goes to the same address. `container` is named after that address. */
export function messageTable(tableName: string, container: Table["container"]): Table {
	return {
		id: "requests",
		name: tableName,
		container,
		fields: Object.entries(types).map(([name, type]) => messageColumn(name, type)),
		takesAnyColumn: true,
	};
}

/**
 * Pure: a column of a message is there as soon as a mapping names it (`takesAnyColumn`), so nothing is asked for. It has no type of
 * its own: numbers go as numbers, lists as lists.
 */
export function addMessageColumns(columns: readonly NewColumn[]): ConnectorResult<TableField[]> {
	const odd = columns.find(({ name }) => name.trim() === "" || name.length > longestName);
	if (odd === undefined) return { kind: "ok", value: columns.map(({ name }) => untypedColumn(name.trim())) };
	return {
		kind: "refused",
		reason: "targets/column-refused",
		message: `A field of a message has a name of 1 to ${longestName} characters. Choose a shorter one.`,
	};
}

function messageColumn(name: string, type: TableField["type"]): TableField {
	// A list or a yes tells no record from another.
	const matchable = type !== "multi_select" && type !== "boolean" && type !== "long_text";
	return { id: name, name, type, providerType: type, writable: true, matchable };
}

function untypedColumn(name: string): TableField {
	return { id: name, name, type: "text", providerType: "any", writable: true, matchable: true };
}
