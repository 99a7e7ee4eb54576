import type { FieldType, FieldValue } from "../../../backend/contract/fields.ts";

/** A column as the page names it. */
export type TableColumn = {
	/**
	 * The name of the record's field: one of the vocabulary's where it fits (`title`, `url`, `price`), else the column's own words.
	 * Unique in its table, at most 128 characters, the same on the next page of the same list.
	 */
	id: string;
	/** What the page calls it, or empty: then the vocabulary's label for `id` says what it is, or `id` itself. */
	name: string;
	/** The type of its values. One that does not fit is carried as text. */
	type: FieldType;
	/** The share of rows that have a value here, 0 to 1. */
	filled: number;
	/** Where in a row its values stand, as a path of elements or a column's number. Kept with a record as its provenance. */
	path: string;
};

export type TableRow = {
	/** A hash of what it says; equal rows of one reading are told apart by their number (`…#2`). */
	id: string;
	/** By column id; an empty cell is left out. */
	cells: Record<string, FieldValue>;
	/** The address the row leads to, or null. */
	url: string | null;
};

/** How to get to more rows: by another document's address, by pressing something, by scrolling; null: these are all. */
export type NextPage = "link" | "button" | "scroll" | null;

/** A table, or a list of things of one shape. Plain data: it crosses `executeScript`. */
export type FoundTable = {
	/** The same for the same table when the page is read again, and on its next page where that is built alike. */
	id: string;
	kind: "table" | "list";
	/** The caption, or the heading over it; empty when it has none. */
	title: string;
	columns: TableColumn[];
	/** The first 50. */
	rows: TableRow[];
	/** How many rows the document holds now. */
	total: number;
	next: NextPage;
};

/** Which table to go on with, so that it is found again in a document that is built alike. */
export type TableShape = Pick<FoundTable, "id" | "kind" | "columns">;

/** What is asked of the injected script (`capture-tables.ts`). */
export type TablesRequest =
	/** What there is, the most useful first. */
	| { do: "find" }
	/** Every row of one table, up to `limit`. Waits for a table that its page is still drawing. */
	| { do: "read"; table: TableShape; limit: number }
	/**
	 * Presses or scrolls, waits for rows that were not read before, and hands them over. Where rows come and go as it scrolls, it
	 * goes no further than to `limit` of them.
	 */
	| { do: "advance"; table: TableShape; limit: number };

/** Why the script has no answer. `no-table`: it is not, or no longer, in this document. Others are names of errors. */
export type TablesFailure = { ok: false; reason: string };

/** Some rows of one table, in the page's order. `next` says how to go on; `nextUrl` the address when that is a link. */
export type RowsRead = {
	ok: true;
	/** The document's address, which may change as it is pressed. */
	url: string;
	columns: TableColumn[];
	rows: TableRow[];
	next: NextPage;
	nextUrl: string | null;
};

export type TablesFound = { ok: true; url: string; tables: FoundTable[] };

export type TablesReply = TablesFound | RowsRead | TablesFailure;
