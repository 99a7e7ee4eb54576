import { cleanLine } from "../values/text.ts";
import { bounds } from "./bounds.ts";
import { emptyValue, type RawValue, textOf } from "./cell.ts";
import { textTypeOf } from "./column-type.ts";
import type { Cell, Matrix, MatrixRow } from "./table-matrix.ts";

/** Columns by their names, and the rows under them. `title`: a row over the header that says what the table is about. */
export type Headed = { names: string[]; rows: MatrixRow[]; title: string };

const nameOf = (cell: Cell | null): string => (cell === null ? "" : cleanLine(textOf(cell.element), bounds.nameChars));

const isSaid = (cell: Cell | null): cell is Cell => cell !== null && textOf(cell.element) !== "";

/** One cell over the whole width: a title, or the name of the rows that follow. */
export const isAcross = ({ cells }: MatrixRow): boolean => {
	const own = cells.filter((cell) => cell?.from === "own");
	return own.length === 1 && (own[0]?.width ?? 0) >= Math.max(2, cells.length) && isSaid(own[0] ?? null);
};

const isHeadRow = ({ cells, part }: MatrixRow): boolean => {
	const said = cells.filter(isSaid);
	if (said.length === 0) return part === "head";
	return part === "head" || said.every(({ heads }) => heads);
};

const rawTexts = (rows: readonly MatrixRow[], column: number): RawValue[] =>
	rows.map(({ cells }) => ({ ...emptyValue, text: nameOf(cells[column] ?? null) }));

const isNamedHead = (element: Element): boolean =>
	/(?:^|[\s_-])(?:head|header|thead|titles?)(?:[\s_-]|$)/i.test(element.getAttribute("class") ?? "");

/** Bold, or marked as a header by its class: what tables without `th` do. */
const looksLikeHead = ({ element, cells }: MatrixRow): boolean => {
	if (isNamedHead(element)) return true;
	const filled = cells.filter(isSaid);
	const isBold = ({ element: cell }: Cell): boolean => cell.querySelector("b,strong") !== null;
	return filled.length > 1 && (filled.every(isBold) || filled.every((cell) => isNamedHead(cell.element)));
};

/** A first row of words over columns of numbers, dates or links is a header, though nothing in the markup says so. */
const differsFromBelow = (first: MatrixRow, below: readonly MatrixRow[]): boolean => {
	const names = first.cells.map(nameOf);
	const words = names.filter((name) => name !== "" && !/^[\p{Nd}\s.,%€$£¥+-]+$/u.test(name));
	const own = first.cells.filter((cell) => cell?.from === "own").map(nameOf);
	if (words.length < names.length || new Set(own).size < own.length || below.length < 2) return false;
	const hint = { language: "", name: "" };
	const types = names.map((_, column) => textTypeOf(rawTexts(below, column), hint));
	return types.some((type) => type !== "text") || below.every((row) => !looksLikeHead(row) && hasMoreLinks(row, first));
};

const hasMoreLinks = (row: MatrixRow, first: MatrixRow): boolean =>
	first.element.querySelector("a[href]") === null && row.element.querySelector("a[href]") !== null;

/** How many rows at the top are a header; at most three, with one at least below them. */
const headRows = (rows: readonly MatrixRow[]): number => {
	let count = 0;
	while (count < Math.min(3, rows.length - 1)) {
		const row = rows[count];
		if (row === undefined || !isHeadRow(row)) break;
		count += 1;
	}
	const first = rows[0];
	if (count > 0 || first === undefined) return count;
	const below = rows.slice(1, 40);
	return below.length > 0 && (looksLikeHead(first) || differsFromBelow(first, below)) ? 1 : 0;
};

/** The names of a column from its header rows, top down, without one that is repeated: `Population 2020`. */
const joinNames = (head: readonly MatrixRow[], column: number): string => {
	const names = head.map(({ cells }) => nameOf(cells[column] ?? null)).filter((name) => name !== "");
	return cleanLine(names.filter((name, at) => name !== names[at - 1]).join(" "), bounds.nameChars);
};

/** `(1)`, `(2)`, `a`: a row that numbers the columns, as statistics offices print it. */
const isNumbering = ({ cells }: MatrixRow): boolean => {
	// Of a long table nearly every row ends here, after one look.
	if (!/^\W?[1a]\W?$/.test(nameOf(cells[0] ?? null))) return false;
	const texts = cells.filter(isSaid).map(({ element }) => textOf(element));
	return texts.length > 1 && texts.every((text, at) => text.replace(/[()[\]]/g, "") === String(at + 1));
};

const isRepeated = (row: MatrixRow, names: readonly string[]): boolean =>
	names.some((name) => name !== "") && row.cells.every((cell, at) => nameOf(cell) === (names[at] ?? ""));

/** Takes the table apart into its header and its body. Feet, numberings, empty rows and headers that are repeated are left out. */
export const findHeader = ({ rows, columns }: Matrix): Headed => {
	const said = rows.filter((row) => row.part !== "foot" && row.cells.some((cell) => isSaid(cell) || hasValue(cell)));
	const top = said[0];
	const title = top !== undefined && said.length > 2 && isAcross(top) ? nameOf(top.cells[0] ?? null) : "";
	const table = title === "" ? said : said.slice(1);
	const count = headRows(table);
	const head = table.slice(0, count).filter((row) => !isAcross(row) && !isNumbering(row));
	const names = Array.from({ length: columns }, (_, column) => joinNames(head, column));
	const body = table.slice(count).filter((row) => !isNumbering(row) && !isRepeated(row, names));
	return { names, rows: body, title };
};

const hasValue = (cell: Cell | null): boolean =>
	cell !== null && cell.element.querySelector("img,input,[role='checkbox']") !== null;
