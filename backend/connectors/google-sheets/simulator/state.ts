import { type Static, Type } from "@sinclair/typebox";
import { refuse } from "./refusal.ts";

/** What a cell holds; a formula is kept as its text and never computed. */
export const Cell = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Object({ formula: Type.String() })]);
export type Cell = Static<typeof Cell>;

const ColumnType = Type.Object({
	type: Type.String(),
	options: Type.Optional(Type.Array(Type.String())),
});

export const SheetSeed = Type.Object({
	sheetId: Type.Integer(),
	title: Type.String(),
	/** 1,000 and 26 when left out, as in a new tab. */
	rowCount: Type.Optional(Type.Integer()),
	columnCount: Type.Optional(Type.Integer()),
	hidden: Type.Optional(Type.Boolean()),
	/** From the first row on; null is an empty cell. */
	cells: Type.Optional(Type.Array(Type.Array(Type.Union([Cell, Type.Null()])))),
	/** A table over the tab's first columns from its first row on, a type for each. */
	table: Type.Optional(Type.Array(ColumnType)),
	/** Rows, counted from 0, that nobody may change. */
	protectedRows: Type.Optional(Type.Array(Type.Integer())),
});
export type SheetSeed = Static<typeof SheetSeed>;

export const SpreadsheetSeed = Type.Object({
	id: Type.String(),
	title: Type.String(),
	timeZone: Type.Optional(Type.String()),
	/** Whether accounts may change it; true when left out. */
	canEdit: Type.Optional(Type.Boolean()),
	/** Whether the client made it or was handed it, so that it is reached file by file; true when left out. */
	handed: Type.Optional(Type.Boolean()),
	sheets: Type.Array(SheetSeed),
});
export type SpreadsheetSeed = Static<typeof SpreadsheetSeed>;

export type Sheet = Omit<SheetSeed, "cells"> & {
	rowCount: number;
	columnCount: number;
	rows: Map<number, Map<number, Cell>>;
};
export type Spreadsheet = {
	id: string;
	title: string;
	timeZone: string;
	canEdit: boolean;
	handed: boolean;
	sheets: Sheet[];
};

/** As documented (help text and error texts of the service). */
const maxCellLength = 50_000;
const maxCells = 10_000_000;

export function growSpreadsheet({
	id,
	title,
	timeZone = "Etc/GMT",
	canEdit = true,
	handed = true,
	sheets,
}: SpreadsheetSeed): Spreadsheet {
	return { id, title, timeZone, canEdit, handed, sheets: sheets.map(growSheet) };
}

export function growSheet({ cells = [], rowCount = 1_000, columnCount = 26, ...seed }: SheetSeed): Sheet {
	const sheet: Sheet = { ...seed, rowCount, columnCount, rows: new Map() };
	for (const [row, values] of cells.entries()) {
		for (const [column, cell] of values.entries()) setCell(sheet, { row, column, cell });
	}
	return sheet;
}

export function cellAt(sheet: Sheet, row: number, column: number): Cell | null {
	return sheet.rows.get(row)?.get(column) ?? null;
}

/** Empty text and null both leave nothing. */
export function setCell(sheet: Sheet, { row, column, cell }: { row: number; column: number; cell: Cell | null }): void {
	const cells = sheet.rows.get(row) ?? new Map<number, Cell>();
	if (cell === null || cell === "") cells.delete(column);
	else cells.set(column, cell);
	if (cells.size === 0) sheet.rows.delete(row);
	else sheet.rows.set(row, cells);
}

/** The number of rows up to the last one that holds something. */
export function usedRows(sheet: Sheet): number {
	let last = -1;
	for (const row of sheet.rows.keys()) last = Math.max(last, row);
	return last + 1;
}

/** What every way of writing goes through: size, protection, and the tab's edges. */
export function writeCell(sheet: Sheet, place: { row: number; column: number; cell: Cell | null }): void {
	const { row, column, cell } = place;
	if (row >= sheet.rowCount || column >= sheet.columnCount) {
		refuse(
			400,
			`Range (${sheet.title}) exceeds grid limits. Max rows: ${sheet.rowCount}, max columns: ${sheet.columnCount}`,
		);
	}
	if (sheet.protectedRows?.includes(row) === true) {
		refuse(
			403,
			"You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.",
		);
	}
	if (typeof cell === "string" && cell.length > maxCellLength) {
		refuse(400, `Your input contains more than the maximum of ${maxCellLength} characters in a single cell.`);
	}
	setCell(sheet, place);
}

/** Makes room at the end, if the whole file has room left. */
export function growRows(file: Spreadsheet, sheet: Sheet, rowCount: number): void {
	if (rowCount <= sheet.rowCount) return;
	grow(file, sheet, { rowCount, columnCount: sheet.columnCount });
}

export function grow(file: Spreadsheet, sheet: Sheet, size: { rowCount: number; columnCount: number }): void {
	const others = file.sheets.reduce((sum, one) => (one === sheet ? sum : sum + one.rowCount * one.columnCount), 0);
	if (others + size.rowCount * size.columnCount > maxCells) {
		refuse(400, `This action would increase the number of cells in the workbook above the limit of ${maxCells} cells.`);
	}
	sheet.rowCount = size.rowCount;
	sheet.columnCount = size.columnCount;
}

/** Closes the gap that these rows leave. */
export function deleteRows(sheet: Sheet, from: number, to: number): void {
	const kept = [...sheet.rows].filter(([row]) => row < from || row >= to);
	sheet.rows = new Map(kept.map(([row, cells]) => [row < from ? row : row - (to - from), cells]));
	sheet.rowCount -= to - from;
}

/** A copy to work on, so that a change that fails half-way leaves nothing. */
export function copyOf(file: Spreadsheet): Spreadsheet {
	return {
		...file,
		sheets: file.sheets.map((sheet) => ({
			...sheet,
			rows: new Map([...sheet.rows].map(([row, cells]) => [row, new Map(cells)])),
		})),
	};
}

/** `SheetProperties` and tables as replies have them: zeroes are left out. */
export function sheetView({ sheetId, title, rowCount, columnCount, hidden, table }: Sheet, index: number): unknown {
	const properties = {
		...(sheetId === 0 ? {} : { sheetId }),
		title,
		...(index === 0 ? {} : { index }),
		sheetType: "GRID",
		gridProperties: { rowCount, columnCount },
		...(hidden === true ? { hidden } : {}),
	};
	if (table === undefined) return { properties };
	const range = { ...(sheetId === 0 ? {} : { sheetId }), endRowIndex: 2, endColumnIndex: table.length };
	const columnProperties = table.map(({ type, options }, columnIndex) => ({
		...(columnIndex === 0 ? {} : { columnIndex }),
		columnType: type,
		...(options === undefined ? {} : { dataValidationRule: validation(options) }),
	}));
	return { properties, tables: [{ tableId: `table${sheetId}`, name: title, range, columnProperties }] };
}

function validation(options: readonly string[]): unknown {
	return {
		condition: { type: "ONE_OF_LIST", values: options.map((userEnteredValue) => ({ userEnteredValue })) },
	};
}
