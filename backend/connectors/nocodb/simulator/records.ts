import type { SimulatedReply, SimulatedRequest } from "../../simulator-server.ts";
import { checkCell } from "./cells.ts";
import { filterRows } from "./filters.ts";
import { failure, Refusal } from "./replies.ts";
import { rowByTitles, type Table, type World } from "./state.ts";

type Given = Readonly<Record<string, unknown>>;

/** Rows of one table, by version 2 of the interface. What is refused is refused whole. */
export function answerRecords(world: World, table: Table, request: SimulatedRequest): SimulatedReply {
	if (request.method === "GET") return listRows(table, request.query);
	const rows = (Array.isArray(request.body) ? request.body : [request.body]) as Given[];
	if (rows.length > world.maxRowsPerRequest) {
		return failure(422, "MAX_PAYLOAD_LIMIT_EXCEEDED", `Maximum ${world.maxRowsPerRequest} records are allowed`);
	}
	switch (request.method) {
		case "POST":
			return createRows(table, rows);
		case "PATCH":
			return updateRows(table, rows);
		case "DELETE":
			return deleteRows(table, rows);
		default:
			return failure(404, "NOT_FOUND", "Not found");
	}
}

function listRows(table: Table, query: URLSearchParams): SimulatedReply {
	const rows = filterRows(table, query.get("filterArrJson"));
	const limit = Math.min(Number(query.get("limit") ?? 25), 1_000);
	const offset = Number(query.get("offset") ?? 0);
	if (offset > 0 && offset > rows.length) {
		return failure(422, "INVALID_OFFSET_VALUE", `Offset value '${offset}' is invalid`);
	}
	const list = rows.slice(offset, offset + limit).map((row) => rowByTitles(table, row));
	const isLastPage = offset + limit >= rows.length;
	return { status: 200, body: { list, pageInfo: { totalRows: rows.length, pageSize: limit, isLastPage } } };
}

/** Cells by column id. A name that no column has is left out without a word, as the server does. */
function cellsOf(table: Table, given: Given): Record<string, unknown> {
	const cells: Record<string, unknown> = {};
	for (const column of table.columns) {
		if (column.pk !== true && column.title in given) cells[column.id] = checkCell(column, given[column.title]);
	}
	return cells;
}

function createRows(table: Table, rows: readonly Given[]): SimulatedReply {
	const checked = rows.map((given) => cellsOf(table, given));
	const key = table.columns.find(({ pk }) => pk);
	const made = checked.map((cells) => {
		table.lastId += 1;
		const row = { ...cells, ...(key === undefined ? {} : { [key.id]: table.lastId }) };
		table.rows.push(row);
		return row;
	});
	return { status: 200, body: made.map((row) => nameOf(table, row)) };
}

function updateRows(table: Table, rows: readonly Given[]): SimulatedReply {
	const changes = rows.map((given) => ({ cells: cellsOf(table, given), found: namedRows(table, given) }));
	for (const { cells, found } of changes) for (const row of found) Object.assign(row, cells);
	return { status: 200, body: rows.map((given) => nameOf(table, namedRows(table, given)[0] ?? {})) };
}

function deleteRows(table: Table, rows: readonly Given[]): SimulatedReply {
	const gone = new Set(rows.flatMap((given) => namedRows(table, given)));
	const body = [...gone].map((row) => nameOf(table, row));
	table.rows = table.rows.filter((row) => !gone.has(row));
	return { status: 200, body };
}

/** The row that is named by its key; in a table without one all rows are, which is why such a table is never written to. */
function namedRows(table: Table, given: Given): Record<string, unknown>[] {
	const key = table.columns.find(({ pk }) => pk);
	if (key === undefined) return table.rows;
	const row = table.rows.find((candidate) => String(candidate[key.id]) === String(given[key.title]));
	if (row !== undefined) return [row];
	throw new Refusal(failure(404, "RECORD_NOT_FOUND", `Record '${String(given[key.title])}' not found`));
}

function nameOf(table: Table, row: Given): Given {
	const key = table.columns.find(({ pk }) => pk);
	return key === undefined ? {} : { [key.title]: row[key.id] };
}
