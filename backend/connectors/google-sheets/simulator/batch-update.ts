import { type Static, Type } from "@sinclair/typebox";
import { type Call, parsed } from "./call.ts";
import { cellOf, Rows } from "./cell-data.ts";
import { sheetOf } from "./ranges.ts";
import { refuse } from "./refusal.ts";
import { deleteRows, grow, growRows, growSheet, type Spreadsheet, usedRows, writeCell } from "./state.ts";

const UpdateCells = Type.Object({
	start: Type.Object({
		sheetId: Type.Optional(Type.Integer()),
		rowIndex: Type.Optional(Type.Integer({ minimum: 0 })),
		columnIndex: Type.Optional(Type.Integer({ minimum: 0 })),
	}),
	rows: Rows,
	fields: Type.String(),
});
const AppendCells = Type.Object({
	sheetId: Type.Optional(Type.Integer()),
	tableId: Type.Optional(Type.String()),
	rows: Rows,
	fields: Type.String(),
});
const DimensionRange = Type.Object({
	sheetId: Type.Optional(Type.Integer()),
	dimension: Type.Union([Type.Literal("ROWS"), Type.Literal("COLUMNS")]),
	startIndex: Type.Integer({ minimum: 0 }),
	endIndex: Type.Integer({ minimum: 1 }),
});
const AppendDimension = Type.Object({
	sheetId: Type.Optional(Type.Integer()),
	dimension: Type.Union([Type.Literal("ROWS"), Type.Literal("COLUMNS")]),
	length: Type.Integer({ minimum: 1 }),
});
const AddSheet = Type.Object({
	properties: Type.Optional(Type.Object({ title: Type.Optional(Type.String()) })),
});

const kinds: Readonly<Record<string, (file: Spreadsheet, body: unknown) => unknown>> = {
	updateCells: (file, body) => updateCells(file, parsed(UpdateCells, body)),
	appendCells: (file, body) => appendCells(file, parsed(AppendCells, body)),
	deleteDimension: (file, body) => deleteDimension(file, parsed(Type.Object({ range: DimensionRange }), body).range),
	appendDimension: (file, body) => appendDimension(file, parsed(AppendDimension, body)),
	addSheet: (file, body) => addSheet(file, parsed(AddSheet, body)),
};

const BatchUpdate = Type.Object({ requests: Type.Array(Type.Record(Type.String(), Type.Unknown()), { minItems: 1 }) });

/** In order, and whole or not at all: it works on a copy (`answer.ts`). */
export function batchUpdate({ file, body }: Call): unknown {
	const { requests } = parsed(BatchUpdate, body);
	const replies = requests.map((request, index) => {
		const [entry, ...more] = Object.entries(request);
		const carryOut = entry === undefined ? undefined : kinds[entry[0]];
		if (entry === undefined || carryOut === undefined || more.length > 0) {
			return refuse(400, `Invalid requests[${index}]: exactly one known request has to be set.`);
		}
		return carryOut(file, entry[1]);
	});
	return { spreadsheetId: file.id, replies };
}

function needFields(fields: string): void {
	if (fields === "") refuse(400, "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
}

function updateCells(file: Spreadsheet, { start, rows, fields }: Static<typeof UpdateCells>): unknown {
	needFields(fields);
	const sheet = sheetOf(file, start.sheetId ?? 0);
	for (const [down, { values = [] }] of rows.entries()) {
		for (const [across, { userEnteredValue }] of values.entries()) {
			const [row, column] = [(start.rowIndex ?? 0) + down, (start.columnIndex ?? 0) + across];
			writeCell(sheet, { row, column, cell: cellOf(userEnteredValue) });
		}
	}
	return {};
}

/** After the last row that holds anything, in whichever column. */
function appendCells(file: Spreadsheet, { sheetId = 0, tableId, rows, fields }: Static<typeof AppendCells>): unknown {
	needFields(fields);
	const sheet = sheetOf(file, sheetId);
	if (tableId !== undefined && (sheet.table === undefined || tableId !== `table${sheetId}`)) {
		refuse(400, `No table with id: ${tableId}`);
	}
	const first = usedRows(sheet);
	growRows(file, sheet, first + rows.length);
	for (const [down, { values = [] }] of rows.entries()) {
		for (const [column, { userEnteredValue }] of values.entries()) {
			writeCell(sheet, { row: first + down, column, cell: cellOf(userEnteredValue) });
		}
	}
	return {};
}

function deleteDimension(file: Spreadsheet, range: Static<typeof DimensionRange>): unknown {
	const sheet = sheetOf(file, range.sheetId ?? 0);
	const { dimension, startIndex, endIndex } = range;
	if (dimension !== "ROWS") return refuse(400, "The simulator deletes rows only.");
	if (endIndex <= startIndex || endIndex > sheet.rowCount) return refuse(400, "Invalid dimension range.");
	if (endIndex - startIndex >= sheet.rowCount) return refuse(400, "You can't delete all the rows on the sheet.");
	deleteRows(sheet, startIndex, endIndex);
	return {};
}

function appendDimension(
	file: Spreadsheet,
	{ sheetId = 0, dimension, length }: Static<typeof AppendDimension>,
): unknown {
	const sheet = sheetOf(file, sheetId);
	const { rowCount, columnCount } = sheet;
	grow(file, sheet, {
		rowCount: dimension === "ROWS" ? rowCount + length : rowCount,
		columnCount: dimension === "COLUMNS" ? columnCount + length : columnCount,
	});
	return {};
}

function addSheet(file: Spreadsheet, { properties }: Static<typeof AddSheet>): unknown {
	const sheetId = Math.max(-1, ...file.sheets.map((sheet) => sheet.sheetId)) + 1;
	const title = properties?.title ?? `Sheet${sheetId + 1}`;
	if (file.sheets.some((sheet) => sheet.title === title)) {
		return refuse(400, `A sheet with the name "${title}" already exists. Please enter another name.`);
	}
	file.sheets.push(growSheet({ sheetId, title }));
	return { addSheet: { properties: { sheetId, title } } };
}
