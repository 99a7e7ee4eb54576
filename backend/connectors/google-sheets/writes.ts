import type { TableField } from "../../contract/connections.ts";
import type { PushRow } from "../connector.ts";
import type { Answer } from "./api.ts";
import { type SheetCell, sheetCell } from "./cells.ts";
import { type OpenSheet, tableFor } from "./sheet.ts";

/** One row's change. `row` null: it is appended. `key` as it is afterwards. */
export type RowWrite = { row: number | null; key: string; refs: string[]; cells: PushRow["cells"] };

type Place = { sheet: OpenSheet; places: ReadonlyMap<string, number>; columns: readonly TableField[] };

/**
 * The requests of one change: cells of rows that are there, then the new rows. Only what was typed is written (`fields`), so a person's
 * colours and formats stay, and a cell that is not named is not touched.
 */
export function sheetWrites(place: Place, writes: readonly RowWrite[]): Answer<unknown[]> {
	const requests: unknown[] = [];
	const added: { values: SheetCell[] }[] = [];
	const table = tableFor(place.sheet, [...place.places.values()]);
	for (const write of writes) {
		const cells = placedCells(place, write);
		if (!cells.ok) return cells;
		if (write.row === null) added.push({ values: wholeRow(cells.value, table?.firstColumn ?? 0) });
		else requests.push(...updates(place.sheet.sheetId, write.row, cells.value));
	}
	if (added.length > 0) {
		const { sheetId } = place.sheet;
		const where = table === null ? { sheetId } : { sheetId, tableId: table.tableId };
		requests.push({ appendCells: { ...where, rows: added, fields: "userEnteredValue" } });
	}
	return { ok: true, value: requests };
}

type PlacedCell = { index: number; cell: SheetCell };

function placedCells({ sheet, places, columns }: Place, write: RowWrite): Answer<PlacedCell[]> {
	const placed: PlacedCell[] = [];
	for (const [id, value] of Object.entries(write.cells)) {
		const column = columns.find((candidate) => candidate.id === id);
		const index = places.get(id);
		if (column === undefined || index === undefined)
			return { ok: false, trouble: { kind: "column_missing", name: id } };
		const cell = sheetCell(value, column, sheet.zone);
		if (cell === null) return { ok: false, trouble: { kind: "value", name: column.name } };
		placed.push({ index, cell });
	}
	return { ok: true, value: placed.toSorted((one, other) => one.index - other.index) };
}

/** Cells side by side go together; a gap is a cell that is the person's own. */
function updates(sheetId: number, row: number, cells: readonly PlacedCell[]): unknown[] {
	const runs: { from: number; values: SheetCell[] }[] = [];
	for (const { index, cell } of cells) {
		const run = runs.at(-1);
		if (run !== undefined && run.from + run.values.length === index) run.values.push(cell);
		else runs.push({ from: index, values: [cell] });
	}
	return runs.map(({ from, values }) => ({
		updateCells: {
			start: { sheetId, rowIndex: row - 1, columnIndex: from },
			rows: [{ values }],
			fields: "userEnteredValue",
		},
	}));
}

function wholeRow(cells: readonly PlacedCell[], firstColumn: number): SheetCell[] {
	const values: SheetCell[] = [];
	for (const { index, cell } of cells) values[index - firstColumn] = cell;
	return Array.from(values, (cell) => cell ?? {});
}
