import { type Static, Type } from "@sinclair/typebox";
import { type Call, parsed } from "./call.ts";
import { type Area, a1Of, GridRange, gridArea, parseA1 } from "./ranges.ts";
import { refuse } from "./refusal.ts";
import { type Cell, cellAt, growRows, usedRows, writeCell } from "./state.ts";

const ReadOptions = Type.Object({
	majorDimension: Type.Optional(Type.Union([Type.Literal("ROWS"), Type.Literal("COLUMNS")])),
	valueRenderOption: Type.Optional(
		Type.Union([Type.Literal("FORMATTED_VALUE"), Type.Literal("UNFORMATTED_VALUE"), Type.Literal("FORMULA")]),
	),
	dateTimeRenderOption: Type.Optional(Type.Union([Type.Literal("SERIAL_NUMBER"), Type.Literal("FORMATTED_STRING")])),
});
type ReadOptions = Static<typeof ReadOptions>;

const ValueRange = Type.Object({
	range: Type.Optional(Type.String()),
	majorDimension: Type.Optional(Type.Union([Type.Literal("ROWS"), Type.Literal("COLUMNS")])),
	values: Type.Array(Type.Array(Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]))),
});
type ValueRange = Static<typeof ValueRange>;

type Value = ValueRange["values"][number][number];

export function getValues(call: Call, range: string): unknown {
	return readArea(parseA1(call.file, range), queried(call));
}

export function batchGet(call: Call): unknown {
	const options = queried(call);
	const valueRanges = call.query.getAll("ranges").map((range) => readArea(parseA1(call.file, range), options));
	return { spreadsheetId: call.file.id, valueRanges };
}

const FilteredRead = Type.Composite([
	ReadOptions,
	Type.Object({ dataFilters: Type.Array(Type.Object({ gridRange: GridRange }), { minItems: 1 }) }),
]);

export function batchGetByDataFilter(call: Call): unknown {
	const { dataFilters, ...options } = parsed(FilteredRead, call.body);
	const valueRanges = dataFilters.map((filter) => ({
		valueRange: readArea(gridArea(call.file, filter.gridRange), options),
		// As the service says it back: zeroes left out.
		dataFilters: [
			{ gridRange: Object.fromEntries(Object.entries(filter.gridRange).filter(([, index]) => index !== 0)) },
		],
	}));
	return { spreadsheetId: call.file.id, valueRanges };
}

function queried({ query }: Call): ReadOptions {
	const names = ["majorDimension", "valueRenderOption", "dateTimeRenderOption"];
	return parsed(ReadOptions, Object.fromEntries([...query].filter(([name]) => names.includes(name))));
}

/** Empty cells and rows at the end are dropped, and `values` with them when nothing is left. */
function readArea(
	area: Area,
	{ majorDimension = "ROWS", valueRenderOption = "FORMATTED_VALUE" }: ReadOptions,
): unknown {
	const range = a1Of(area);
	const rows: Value[][] = [];
	for (let row = area.startRow; row < Math.min(area.endRow, usedRows(area.sheet)); row += 1) {
		const cells: Value[] = [];
		for (let column = area.startColumn; column < area.endColumn; column += 1) {
			cells.push(shown(cellAt(area.sheet, row, column), valueRenderOption));
		}
		rows.push(cells);
	}
	const lines = (majorDimension === "ROWS" ? rows : turned(rows)).map(withoutEnd);
	while (lines.at(-1)?.length === 0) lines.pop();
	return { range, majorDimension, ...(lines.length === 0 ? {} : { values: lines }) };
}

function turned(rows: readonly Value[][]): Value[][] {
	return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? ""));
}

function withoutEnd(cells: readonly Value[]): Value[] {
	const last = cells.findLastIndex((cell) => cell !== "");
	return cells.slice(0, last + 1);
}

function shown(cell: Cell | null, option: ReadOptions["valueRenderOption"]): Value {
	if (cell === null) return "";
	// Nothing is computed here; a formula that slipped in has to be seen.
	if (typeof cell === "object") return option === "FORMULA" ? cell.formula : "#FORMULA";
	if (option !== "FORMATTED_VALUE") return cell;
	return typeof cell === "boolean" ? String(cell).toUpperCase() : String(cell);
}

const inputOptions = ["RAW", "USER_ENTERED"];

function inputOption(option: string | null | undefined): string {
	return inputOptions.includes(option ?? "")
		? (option ?? "")
		: refuse(400, "'valueInputOption' is required but not specified");
}

export function putValues(call: Call, range: string): unknown {
	const option = inputOption(call.query.get("valueInputOption"));
	return writeArea(call, parseA1(call.file, range), { data: parsed(ValueRange, call.body), option });
}

const BatchUpdateValues = Type.Object({
	valueInputOption: Type.Optional(Type.String()),
	data: Type.Array(ValueRange),
});

export function batchUpdateValues(call: Call): unknown {
	const { valueInputOption, data } = parsed(BatchUpdateValues, call.body);
	const option = inputOption(valueInputOption);
	const responses = data.map((one) => writeArea(call, parseA1(call.file, one.range ?? ""), { data: one, option }));
	const total = (name: "updatedRows" | "updatedColumns" | "updatedCells") =>
		responses.reduce((sum, response) => sum + response[name], 0);
	return {
		spreadsheetId: call.file.id,
		totalUpdatedRows: total("updatedRows"),
		totalUpdatedColumns: total("updatedColumns"),
		totalUpdatedCells: total("updatedCells"),
		totalUpdatedSheets: new Set(data.map(({ range }) => parseA1(call.file, range ?? "").sheet)).size,
		responses,
	};
}

/** After the last row of the table that the range lies in: here, after the last filled row from the range's start on. */
export function appendValues(call: Call, range: string): unknown {
	const option = inputOption(call.query.get("valueInputOption"));
	const area = parseA1(call.file, range);
	const data = parsed(ValueRange, call.body);
	const startRow = Math.max(usedRows(area.sheet), area.startRow);
	growRows(call.file, area.sheet, startRow + data.values.length);
	const updates = writeArea(call, { ...area, startRow, endRow: area.sheet.rowCount }, { data, option });
	const hadTable = usedRows(area.sheet) > data.values.length;
	const tableRange = a1Of({ ...area, startRow: 0, endRow: startRow });
	return { spreadsheetId: call.file.id, ...(hadTable ? { tableRange } : {}), updates };
}

export function clearValues(call: Call, range: string): unknown {
	const area = parseA1(call.file, range);
	for (let row = area.startRow; row < Math.min(area.endRow, usedRows(area.sheet)); row += 1) {
		for (let column = area.startColumn; column < area.endColumn; column += 1) {
			writeCell(area.sheet, { row, column, cell: null });
		}
	}
	return { spreadsheetId: call.file.id, clearedRange: a1Of(area) };
}

type Input = { data: ValueRange; option: string };
type Updated = {
	spreadsheetId: string;
	updatedRange: string;
	updatedRows: number;
	updatedColumns: number;
	updatedCells: number;
};

/** `null` leaves a cell, `""` clears it. More than the range holds is refused. */
function writeArea(call: Call, area: Area, { data, option }: Input): Updated {
	const rows = data.majorDimension === "COLUMNS" ? turned(data.values) : data.values;
	const width = Math.max(0, ...rows.map((row) => row.length));
	if (
		area.startRow + rows.length > area.endRow &&
		area.endRow !== area.sheet.rowCount &&
		area.endRow > area.startRow + 1
	) {
		refuse(400, `Requested writing within range [${a1Of(area)}], but tried writing to row [${area.endRow + 1}]`);
	}
	for (const [down, cells] of rows.entries()) {
		for (const [across, value] of cells.entries()) {
			if (value === null) continue;
			const [row, column] = [area.startRow + down, area.startColumn + across];
			writeCell(area.sheet, { row, column, cell: entered(value, option) });
		}
	}
	const endRow = area.startRow + Math.max(1, rows.length);
	const updatedRange = a1Of({ ...area, endRow, endColumn: area.startColumn + Math.max(1, width) });
	const updatedCells = rows.flat().filter((value) => value !== null).length;
	return { spreadsheetId: call.file.id, updatedRange, updatedRows: rows.length, updatedColumns: width, updatedCells };
}

/** `USER_ENTERED` takes text as if it had been typed: what begins like a formula becomes one, what looks like a number too. */
function entered(value: Exclude<Value, null>, option: string): Cell {
	if (option === "RAW" || typeof value !== "string") return value;
	if (/^[=+\-@]/.test(value) && Number.isNaN(Number(value))) return { formula: value };
	return value !== "" && !Number.isNaN(Number(value)) ? Number(value) : value;
}
