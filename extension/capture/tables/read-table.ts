import { cleanLine } from "../values/text.ts";
import { emptyValue, type RawValue, readCell, textOf } from "./cell.ts";
import { isHidden, tagOf } from "./element-facts.ts";
import type { RawColumn, RawRow, Sheet } from "./sheet.ts";
import { findHeader, type Headed, isAcross } from "./table-header.ts";
import { type Cell, layOut, type Matrix, type MatrixRow } from "./table-matrix.ts";

/** Every element that may be a table; most of the old web's are not. */
export const tableSelector = 'table,[role="table"],[role="grid"],[role="treegrid"]';

/** `total`: how many rows it has; the sheet may have fewer. */
export type ReadTable = { sheet: Sheet; title: string; total: number };

/** A table that its page says is none, or that holds the page: a cell with headings, a form or another table of data. */
const isLayout = (table: Element, { rows, columns }: Matrix): boolean => {
	const role = table.getAttribute("role") ?? "";
	if (role === "presentation" || role === "none" || columns < 2 || rows.length < 2) return true;
	if (tagOf(table) !== "TABLE" || table.querySelector("th,caption") !== null) return false;
	const cells = rows.slice(0, 50).flatMap(({ cells }) => cells.filter((cell) => cell?.from === "own"));
	const holdsPage = (cell: Cell | null): boolean =>
		cell !== null &&
		(cell.element.querySelector("h1,h2,h3,form,table,nav,article") !== null ||
			(cell.element.textContent ?? "").length > 1_500);
	return cells.some(holdsPage);
};

/** Rows named at their left and nothing at the top: the things are the columns. */
const isVertical = ({ names }: Headed, { rows, columns }: Matrix): boolean => {
	const body = rows.filter(({ part }) => part === "body");
	const named = body.filter(({ cells }) => cells[0]?.heads === true && cells.slice(1).every((cell) => !cell?.heads));
	return names.every((name) => name === "") && columns >= 3 && body.length >= 2 && named.length === body.length;
};

const valueOf = (cell: Cell | null, base: string): RawValue | null =>
	// What spans several columns is said once; what spans rows is said of each.
	cell === null || cell.from === "left" || isHidden(cell.element) ? null : readCell(cell.element, base);

const turned = ({ rows: all, columns: width }: Matrix, base: string): Sheet => {
	const body = all.filter(({ part }) => part === "body");
	const columns = body.map(({ cells }, at): RawColumn => {
		const name = cells[0] ? cleanLine(textOf(cells[0].element), 80) : "";
		return { path: String(at + 1), name, field: null };
	});
	const rows = Array.from({ length: width - 1 }, (_, at): RawRow[] => {
		const cells = body.map(({ cells: own }) => own[at + 1] ?? null);
		return cells.every((cell) => cell === null) ? [] : [{ values: cells.map((cell) => valueOf(cell, base)), mark: "" }];
	}).flat();
	return { columns, rows };
};

/** Rows that carry one name over the whole width give it to those below: a column of its own, if it says anything. */
const withSections = (rows: readonly MatrixRow[]): { rows: MatrixRow[]; sections: string[] } => {
	let section = "";
	const kept: MatrixRow[] = [];
	const sections: string[] = [];
	for (const row of rows) {
		if (isAcross(row)) {
			section = textOf(row.cells[0]?.element ?? row.element);
			continue;
		}
		kept.push(row);
		sections.push(section);
	}
	return { rows: kept, sections };
};

const said = (text: string): RawValue => ({ ...emptyValue, text });

/** The name that a responsive table gives its cells for narrow screens. */
const labelOf = (rows: readonly MatrixRow[], column: number): string => {
	const cell = rows.flatMap(({ cells }) => cells[column] ?? [])[0]?.element;
	const label = ["data-label", "data-title", "data-th", "data-column"].map((name) => cell?.getAttribute(name) ?? "");
	return cleanLine(label.find((name) => name !== "") ?? "", 80);
};

type Upright = { headed: Headed; base: string; limit: number };

const upright = ({ headed: { names, rows: body }, base, limit }: Upright): { sheet: Sheet; total: number } => {
	const { rows, sections } = withSections(body);
	const columns = names.map(
		(name, at): RawColumn => ({ path: String(at + 1), name: name || labelOf(rows, at), field: null }),
	);
	const hasSections = new Set(sections).size > 1;
	const sheet: Sheet = {
		columns: hasSections ? [...columns, { path: "section", name: "", field: "section" }] : columns,
		rows: rows.slice(0, limit).map(({ cells, mark }, at) => ({
			values: [...cells.map((cell) => valueOf(cell, base)), ...(hasSections ? [said(sections[at] ?? "")] : [])],
			mark,
		})),
	};
	return { sheet, total: rows.length };
};

const captionOf = (table: Element): string => {
	const caption = Array.from(table.children).find((child) => tagOf(child) === "CAPTION");
	if (caption !== undefined) return cleanLine(textOf(caption), 200);
	const labelled = table.getAttribute("aria-labelledby")?.split(/\s+/)[0] ?? "";
	const label = labelled === "" ? null : table.ownerDocument.getElementById(labelled);
	return cleanLine(table.getAttribute("aria-label") ?? label?.textContent ?? "", 200);
};

/**
 * The table in an element with its own words for a title, or null when it is none: a layout, a single row or column.
 * @param limit how many rows are read.
 */
export const readTable = (table: Element, base: string, limit: number): ReadTable | null => {
	const matrix = layOut(table);
	if (isLayout(table, matrix)) return null;
	const headed = findHeader(matrix);
	const vertical = isVertical(headed, matrix) ? turned(matrix, base) : null;
	const { sheet, total } =
		vertical === null ? upright({ headed, base, limit }) : { sheet: vertical, total: vertical.rows.length };
	return total === 0 ? null : { sheet, title: captionOf(table) || headed.title, total };
};
