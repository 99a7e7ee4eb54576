import { type Static, Type } from "@sinclair/typebox";
import { refuse } from "./refusal.ts";
import type { Sheet, Spreadsheet } from "./state.ts";

/** Half open, counted from 0; an end that is left out is the tab's own. */
export type Area = { sheet: Sheet; startRow: number; endRow: number; startColumn: number; endColumn: number };

export const GridRange = Type.Object({
	sheetId: Type.Optional(Type.Integer()),
	startRowIndex: Type.Optional(Type.Integer({ minimum: 0 })),
	endRowIndex: Type.Optional(Type.Integer({ minimum: 0 })),
	startColumnIndex: Type.Optional(Type.Integer({ minimum: 0 })),
	endColumnIndex: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type GridRange = Static<typeof GridRange>;

const corner = "(?<letters>[A-Za-z]{1,3})?(?<digits>[1-9]\\d{0,7})?";
const cornerShape = new RegExp(`^${corner}$`);

/** `'My tab'!A1:D`, `Tab`, `A1`, `2:2`: quotes around a name with anything but letters, a quote inside doubled. */
export function parseA1(file: Spreadsheet, text: string): Area {
	const [, quoted, plain, rest] = /^(?:'((?:[^']|'')+)'|([^'!:]+?))(?:!(.+))?$/.exec(text) ?? [];
	const name = quoted?.replaceAll("''", "'") ?? plain;
	const named = file.sheets.find(({ title }) => title === name);
	if (named !== undefined) return areaOf(named, rest, text);
	// Without a name it is the first visible tab.
	const first = file.sheets.find(({ hidden }) => hidden !== true);
	if (first === undefined || quoted !== undefined || text.includes("!")) return unparsable(text);
	return areaOf(first, text, text);
}

function areaOf(sheet: Sheet, cells: string | undefined, text: string): Area {
	if (cells === undefined) {
		return { sheet, startRow: 0, endRow: sheet.rowCount, startColumn: 0, endColumn: sheet.columnCount };
	}
	const [from = "", to = from, ...more] = cells.split(":");
	const [start, end] = [parseCorner(from), parseCorner(to)];
	if (start === null || end === null || more.length > 0) return unparsable(text);
	return withinGrid({
		sheet,
		startRow: start.row ?? 0,
		endRow: end.row === null ? sheet.rowCount : end.row + 1,
		startColumn: start.column ?? 0,
		endColumn: end.column === null ? sheet.columnCount : end.column + 1,
	});
}

function parseCorner(text: string): { row: number | null; column: number | null } | null {
	const groups = text === "" ? undefined : cornerShape.exec(text)?.groups;
	if (groups === undefined) return null;
	const { letters, digits } = groups;
	return {
		row: digits === undefined ? null : Number(digits) - 1,
		column: letters === undefined ? null : columnOf(letters),
	};
}

function columnOf(letters: string): number {
	return Array.from(letters.toUpperCase()).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

export function lettersOf(column: number): string {
	const rest = column % 26;
	const letter = String.fromCharCode(65 + rest);
	return column < 26 ? letter : `${lettersOf((column - rest) / 26 - 1)}${letter}`;
}

function unparsable(text: string): never {
	return refuse(400, `Unable to parse range: ${text}`);
}

function withinGrid(area: Area): Area {
	const { sheet } = area;
	if (area.startRow >= sheet.rowCount || area.startColumn >= sheet.columnCount) {
		refuse(
			400,
			`Range (${a1Of(area)}) exceeds grid limits. Max rows: ${sheet.rowCount}, max columns: ${sheet.columnCount}`,
		);
	}
	return area;
}

export function gridArea(file: Spreadsheet, range: GridRange): Area {
	const sheet = sheetOf(file, range.sheetId ?? 0);
	return withinGrid({
		sheet,
		startRow: range.startRowIndex ?? 0,
		endRow: range.endRowIndex ?? sheet.rowCount,
		startColumn: range.startColumnIndex ?? 0,
		endColumn: range.endColumnIndex ?? sheet.columnCount,
	});
}

export function sheetOf(file: Spreadsheet, sheetId: number): Sheet {
	return file.sheets.find((sheet) => sheet.sheetId === sheetId) ?? refuse(400, `No grid with id: ${sheetId}`);
}

export function a1Of({ sheet, startRow, endRow, startColumn, endColumn }: Area): string {
	const name = /^\w+$/.test(sheet.title) ? sheet.title : `'${sheet.title.replaceAll("'", "''")}'`;
	const from = `${lettersOf(startColumn)}${startRow + 1}`;
	const to = `${lettersOf(endColumn - 1)}${endRow}`;
	return `${name}!${from === to ? from : `${from}:${to}`}`;
}
