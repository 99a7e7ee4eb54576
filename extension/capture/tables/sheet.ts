import type { FieldType, FieldValue } from "../../../backend/contract/fields.ts";
import { cleanLine } from "../values/text.ts";
import type { FieldName } from "../vocabulary.ts";
import { bounds } from "./bounds.ts";
import { emptyValue, type RawValue } from "./cell.ts";
import { fieldOfHeading, fitting } from "./column-names.ts";
import { isNothing, type TypeHint, textTypeOf, typedTexts } from "./column-type.ts";
import { hashOf } from "./hash.ts";
import type { TableColumn, TableRow } from "./types.ts";

export type RawColumn = {
	/** Where it stands in a row; the same in every reading. */
	path: string;
	/** The page's own words, or empty. */
	name: string;
	/** The field that its place in the markup means, before its name is asked. */
	field: FieldName | null;
};

export type RawRow = {
	/** One for each column, in their order; null: nothing there. */
	values: (RawValue | null)[];
	/** A number that the page gives its rows, which tells equal ones apart; or empty. */
	mark: string;
};

/** A table or list as it was read, before its columns have types. */
export type Sheet = { columns: RawColumn[]; rows: RawRow[] };

export type SheetOptions = {
	language: string;
	/** Columns as they were found before: what is the same column now keeps its name and type. */
	known: readonly TableColumn[];
};

/** One column to be: a raw one has up to three of them, its text, its link and its picture. */
type Facet = {
	path: string;
	name: string;
	field: FieldName | null;
	type: FieldType;
	values: (FieldValue | null)[];
	/** Of links that are the same: 0 beside the title, 1 beside other words, 2 around a picture or nothing. */
	rank: 0 | 1 | 2;
};

const shareOf = (values: readonly unknown[]): number =>
	values.length === 0 ? 0 : values.filter((value) => value !== null).length / values.length;

/** Enough of a column has a link or a picture that it is one of links or pictures, too. */
const enough = 0.3;

const addresses = (raw: (RawValue | null)[], kind: "link" | "image"): (FieldValue | null)[] =>
	raw.map((value) => {
		const address = value?.[kind] ?? null;
		return address === null ? null : { type: kind === "link" ? "url" : "image", value: address };
	});

const textFacet = (column: RawColumn, raw: (RawValue | null)[], options: SheetOptions): Facet | null => {
	const texts = raw.map((value) => value ?? emptyValue);
	if (texts.every(({ text, checked }) => isNothing(text) && checked === null)) return null;
	const hint: TypeHint = { language: options.language, name: column.name };
	const known = options.known.find(({ path }) => path === column.path);
	const type = known?.type ?? textTypeOf(texts, hint);
	return { ...column, type, values: typedTexts(texts, type, hint), rank: 0 };
};

const facetsOf = (column: RawColumn, raw: (RawValue | null)[], options: SheetOptions): Facet[] => {
	const text = textFacet(column, raw, options);
	const isKnown = (path: string): boolean => options.known.some((known) => known.path === path);
	const beside = (kind: "link" | "image"): Facet[] => {
		// A tick or a cross has been read as what it means.
		if (kind === "image" && text?.type === "boolean") return [];
		const values = addresses(raw, kind);
		const path = `${column.path}@${kind}`;
		// The address that is written out is the link itself.
		const same = kind === "link" && text?.type === "url";
		if (same || (shareOf(values) < enough && !isKnown(path))) return [];
		const type = kind === "link" ? "url" : "image";
		const name = text === null ? column.name : "";
		const isTitle = column.field === "title" || fieldOfHeading(column.name) === "title";
		return [{ path, name, field: null, type, values, rank: text === null ? 2 : isTitle ? 0 : 1 }];
	};
	return [...beside("image"), ...(text === null ? [] : [text]), ...beside("link")];
};

/** The link that is the row's own: beside the title, else beside the first text, else the first. */
const ownLink = (facets: readonly Facet[]): Facet | undefined => {
	const links = facets.filter(({ type, path }) => type === "url" && path.endsWith("@link"));
	const titles = facets.filter(({ field, name }) => field === "title" || fieldOfHeading(name) === "title");
	const beside = (facet: Facet): Facet | undefined => links.find(({ path }) => path === `${facet.path}@link`);
	return titles.map(beside).find((link) => link !== undefined) ?? links.find((link) => shareOf(link.values) >= 0.5);
};

/** What a column without a name is when its type says it. */
const byType: Partial<Record<FieldType, FieldName>> = { currency: "price", image: "image" };

/** The field's name of a column: ours where it fits, else the page's words, else what it holds. */
const idOf = (facet: Facet, facets: readonly Facet[]): string => {
	if (facet === ownLink(facets)) return "url";
	const field = fitting(facet.field, facet.type) ?? fitting(fieldOfHeading(facet.name), facet.type);
	if (field !== null) return field;
	if (facet.name !== "") return cleanLine(facet.name, bounds.nameChars);
	const source = facets.find(({ path }) => facet.path === `${path}@link`);
	if (source !== undefined) return `${cleanLine(idOf(source, facets), bounds.nameChars)} URL`;
	return byType[facet.type] ?? facet.type;
};

/** Names that mean something in the language, and would not be kept as keys. */
const reserved = new Set(["__proto__", "constructor", "prototype"]);

/** With a number behind every further one of a name. */
const unique = (name: string, taken: Set<string>): string => {
	const safe = reserved.has(name) ? `${name}_` : name;
	let free = safe;
	for (let number = 2; taken.has(free); number += 1) free = `${safe} ${number}`;
	taken.add(free);
	return free;
};

const nameColumns = (facets: Facet[], known: readonly TableColumn[]): TableColumn[] => {
	const taken = new Set(known.map(({ id }) => id));
	return facets.map((facet) => {
		const { path, type, values } = facet;
		const held = known.find((column) => column.path === path);
		const name = cleanLine(facet.name, bounds.nameChars);
		const id = held?.id ?? unique(idOf(facet, facets), taken);
		return { id, name: held?.name ?? name, type, filled: shareOf(values), path };
	});
};

const readRows = (sheet: Sheet, facets: Facet[], columns: TableColumn[]): TableRow[] => {
	const times = new Map<string, number>();
	return sheet.rows.flatMap(({ mark }, at) => {
		const cells: Record<string, FieldValue> = {};
		for (const [number, facet] of facets.entries()) {
			const value = facet.values[at] ?? null;
			const id = columns[number]?.id;
			if (value !== null && id !== undefined) cells[id] = value;
		}
		if (Object.keys(cells).length === 0) return [];
		const hash = hashOf(`${mark}${JSON.stringify(cells)}`);
		const before = times.get(hash) ?? 0;
		times.set(hash, before + 1);
		const own = cells["url"]?.type === "url" ? cells["url"].value : null;
		return [{ id: before === 0 ? hash : `${hash}#${before + 1}`, cells, url: own }];
	});
};

/** Without columns that say what another one says; of links the one that stands best stays, and what was known before does. */
const withoutEchoes = (facets: readonly Facet[], known: readonly TableColumn[]): Facet[] => {
	const keys = facets.map(({ type, values }) => `${type}${JSON.stringify(values)}`);
	const best = new Map<string, Facet>();
	for (const [at, facet] of facets.entries()) {
		const key = keys[at] ?? "";
		if (facet.rank < (best.get(key)?.rank ?? 3)) best.set(key, facet);
	}
	const isKnown = (facet: Facet): boolean => known.some(({ path }) => path === facet.path);
	return facets.filter((facet, at) => best.get(keys[at] ?? "") === facet || isKnown(facet));
};

/** A column for the page's own use: boxes to choose rows by, or the same linked word in every row. */
const isForControl = ({ name, field }: RawColumn, raw: (RawValue | null)[]): boolean => {
	if (name !== "" || field !== null) return false;
	const values = raw.filter((value) => value !== null);
	const texts = new Set(values.map(({ text }) => text));
	if (values.some(({ checked }) => checked !== null)) return texts.size === 1 && texts.has("");
	return values.length > 1 && texts.size === 1 && !texts.has("") && values.every(({ link }) => link !== null);
};

/** The row's own link right behind the words it belongs to, wherever it was found. */
const inOrder = (facets: Facet[]): Facet[] => {
	const own = ownLink(facets);
	if (own?.rank !== 2) return facets;
	const rest = facets.filter((facet) => facet !== own);
	const titled = rest.findIndex(({ field }) => field === "title");
	return titled < 0 ? facets : [...rest.slice(0, titled + 1), own, ...rest.slice(titled + 1)];
};

/** Columns with names and types, and the rows in them. Empty columns and rows, and columns that say the same, are left out. */
export const finishSheet = (sheet: Sheet, options: SheetOptions): { columns: TableColumn[]; rows: TableRow[] } => {
	const all = sheet.columns.flatMap((column, at) => {
		const raw = sheet.rows.map(({ values }) => values[at] ?? null);
		const isKnown = options.known.some(({ path }) => path === column.path);
		return !isKnown && isForControl(column, raw) ? [] : facetsOf(column, raw, options);
	});
	const facets = inOrder(withoutEchoes(all, options.known)).slice(0, bounds.columns);
	const columns = nameColumns(facets, options.known);
	return { columns, rows: readRows(sheet, facets, columns) };
};
