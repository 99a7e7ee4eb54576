import type { TableField } from "../../contract/connections.ts";
import type { ConnectorCall, PushTarget } from "../connector.ts";
import { type Answer, ask, type SheetsAddresses } from "./api.ts";
import { readCell } from "./cells.ts";
import { type Heading, headingsOf, typedTableOf } from "./columns.ts";
import { BatchReply, type CellValue, type SheetEntry, SpreadsheetReply, ValuesReply } from "./replies.ts";

/** A tab as it is at this moment, found by its number: its name and its columns' places are the person's to change. */
export type OpenSheet = {
	spreadsheetUrl: string;
	sheetId: number;
	/** The file's time zone, in which its cells show a time. */
	zone: string;
	entry: SheetEntry;
	headings: readonly Heading[];
	/** The first column after the last heading, counted from 0. */
	endOfHeadings: number;
	rowCount: number;
	columnCount: number;
};

export const sheetFields = "spreadsheetId,properties(title,timeZone),sheets(properties,tables)";

/** Two requests: what the tab is, and its first row. */
export async function openSheet(
	at: SheetsAddresses,
	call: ConnectorCall,
	{ containerId, tableId }: Pick<PushTarget, "containerId" | "tableId">,
): Promise<Answer<OpenSheet>> {
	const spreadsheetUrl = `${at.apiUrl}/v4/spreadsheets/${encodeURIComponent(containerId)}`;
	const url = `${spreadsheetUrl}?fields=${encodeURIComponent(sheetFields)}`;
	const found = await ask(call, { method: "GET", url, reply: SpreadsheetReply });
	if (!found.ok) return found;
	const sheetId = Number(tableId);
	const entry = found.value.sheets?.find(({ properties }) => (properties.sheetId ?? 0) === sheetId);
	if (entry === undefined) return { ok: false, trouble: { kind: "table_missing" } };
	const header = await ask(call, {
		method: "POST",
		url: `${spreadsheetUrl}/values:batchGetByDataFilter`,
		json: valuesRequest([{ sheetId, startRowIndex: 0, endRowIndex: 1 }]),
		reply: ValuesReply,
	});
	if (!header.ok) return header;
	const head = header.value.valueRanges?.[0]?.valueRange.values?.[0] ?? [];
	const { rowCount = 0, columnCount = 0 } = entry.properties.gridProperties ?? {};
	return {
		ok: true,
		value: {
			spreadsheetUrl,
			sheetId,
			zone: found.value.properties.timeZone ?? "Etc/GMT",
			entry,
			headings: headingsOf(head),
			endOfHeadings: head.length,
			rowCount,
			columnCount,
		},
	};
}

export type GridRange = {
	sheetId: number;
	startRowIndex: number;
	endRowIndex?: number;
	startColumnIndex?: number;
	endColumnIndex?: number;
};

/** By tab number, so that a tab that is renamed in between is still the same. Values as they are kept, dates as numbers. */
export function valuesRequest(ranges: readonly GridRange[], majorDimension = "ROWS") {
	return {
		dataFilters: ranges.map((gridRange) => ({ gridRange })),
		majorDimension,
		valueRenderOption: "UNFORMATTED_VALUE",
		dateTimeRenderOption: "SERIAL_NUMBER",
	};
}

/** The places of these columns, or which of them has no single heading any more. */
export function placesOf(sheet: OpenSheet, columnIds: readonly string[]): Answer<ReadonlyMap<string, number>> {
	const places = new Map<string, number>();
	for (const id of columnIds) {
		const heading = sheet.headings.find(({ name }) => name === id);
		if (heading === undefined || heading.isTwice) return { ok: false, trouble: { kind: "column_missing", name: id } };
		places.set(id, heading.index);
	}
	return { ok: true, value: places };
}

/** Rows as they are there: `row` as the sheet counts them, cells by column id in the form that `coerce` gives. */
export type SheetRow = { row: number; cells: Record<string, CellValue> };

/** These columns of the rows `from` to `to` (counted as the sheet shows them); to the end when `to` is left out. */
export async function readRows(
	call: ConnectorCall,
	sheet: OpenSheet,
	{ columns, from = 2, to }: { columns: readonly TableField[]; from?: number; to?: number },
): Promise<Answer<SheetRow[]>> {
	const found = placesOf(
		sheet,
		columns.map(({ id }) => id),
	);
	if (!found.ok) return found;
	// A tab that has nothing below its headings has no such range either.
	if (columns.length === 0 || sheet.rowCount < from) return { ok: true, value: [] };
	const places = new Map(columns.map((column) => [found.value.get(column.id) ?? 0, column]));
	const end = Math.min(to ?? sheet.rowCount, sheet.rowCount);
	const ranges = [...places.keys()].map((index) => ({
		sheetId: sheet.sheetId,
		startRowIndex: from - 1,
		endRowIndex: end,
		startColumnIndex: index,
		endColumnIndex: index + 1,
	}));
	const answer = await ask(call, {
		method: "POST",
		url: `${sheet.spreadsheetUrl}/values:batchGetByDataFilter`,
		json: valuesRequest(ranges, "COLUMNS"),
		reply: ValuesReply,
	});
	if (!answer.ok) return answer;
	const rows = new Map<number, SheetRow>();
	for (const { valueRange, dataFilters } of answer.value.valueRanges ?? []) {
		const column = places.get(dataFilters[0]?.gridRange.startColumnIndex ?? 0);
		if (column === undefined) continue;
		for (const [offset, value] of (valueRange.values?.[0] ?? []).entries()) {
			const cell = readCell(value, column, sheet.zone);
			if (cell === null) continue;
			const row = rows.get(from + offset) ?? { row: from + offset, cells: {} };
			row.cells[column.id] = cell;
			rows.set(row.row, row);
		}
	}
	return { ok: true, value: [...rows.values()].toSorted((one, other) => one.row - other.row) };
}

/** Changes the file, whole or not at all and in this order. */
export async function change(
	call: ConnectorCall,
	sheet: OpenSheet,
	requests: readonly unknown[],
): Promise<Answer<null>> {
	if (requests.length === 0) return { ok: true, value: null };
	const url = `${sheet.spreadsheetUrl}:batchUpdate`;
	const answer = await ask(call, { method: "POST", url, json: { requests }, reply: BatchReply });
	return answer.ok ? { ok: true, value: null } : answer;
}

/** The typed table that new rows of these columns belong to; null where they would reach beyond it. */
export function tableFor(
	sheet: OpenSheet,
	indexes: readonly number[],
): { tableId: string; firstColumn: number } | null {
	const table = typedTableOf(sheet.entry);
	if (table === null) return null;
	const { startColumnIndex = 0, endColumnIndex = 0 } = table.range;
	const isInside = indexes.every((index) => index >= startColumnIndex && index < endColumnIndex);
	return isInside ? { tableId: table.tableId, firstColumn: startColumnIndex } : null;
}
