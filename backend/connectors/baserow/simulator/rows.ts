import type { SimulatedReply, SimulatedRequest } from "../../simulator-server.ts";
import { checkCell } from "./cells.ts";
import { filterRows } from "./filters.ts";
import { failure, Refusal } from "./replies.ts";
import type { Right, Row, Table, World } from "./state.ts";

type Given = Readonly<Record<string, unknown>>;

/** Its own limit, of a page and of a batch. */
const maxRows = 200;

/** `/api/database/rows/table/{id}/…`. A batch is one transaction: one bad item fails all. */
export function answerRows(
	world: World,
	table: Table,
	{ method, segments, query, body }: SimulatedRequest,
): SimulatedReply {
	const part = segments[5];
	if (part === undefined && method === "GET") return need(table, "read", () => listRows(table, query));
	if (part === "batch" && method === "POST")
		return need(table, "create", () => createRows(world, table, itemsOf(body)));
	if (part === "batch" && method === "PATCH")
		return need(table, "update", () => updateRows(world, table, itemsOf(body)));
	if (part === "batch-delete" && method === "POST")
		return need(table, "delete", () => deleteRows(table, itemsOf(body)));
	if (method === "GET")
		return need(table, "read", () => ({ status: 200, body: answered(table, rowOf(table, Number(part))) }));
	return failure(404, "URL_NOT_FOUND", "URL not found.");
}

/** What rows are called, by number; one that is not there is left out. */
export function nameRows(table: Table, ids: string): SimulatedReply {
	const primary = table.fields.find((field) => field.primary)?.id;
	const wanted = new Set(ids.split(",").map(Number));
	const names = table.rows.filter(({ id }) => wanted.has(id)).map((row) => [row.id, row[`field_${primary}`] ?? ""]);
	return need(table, "read", () => ({ status: 200, body: { [table.id]: Object.fromEntries(names) } }));
}

function need(table: Table, right: Right, act: () => SimulatedReply): SimulatedReply {
	const words = "The token does not have permissions to the table.";
	return table.rights.has(right) ? act() : failure(401, "ERROR_NO_PERMISSION_TO_TABLE", words);
}

function itemsOf(body: unknown): unknown[] {
	const items = typeof body === "object" && body !== null && "items" in body ? body.items : null;
	if (!Array.isArray(items) || items.length === 0 || items.length > maxRows) {
		const error = `Ensure this field has no more than ${maxRows} elements.`;
		throw new Refusal(failure(400, "ERROR_REQUEST_BODY_VALIDATION", { items: [{ error, code: "max_length" }] }));
	}
	return items;
}

function listRows(table: Table, query: URLSearchParams): SimulatedReply {
	const size = Number(query.get("size") ?? 100);
	const page = Number(query.get("page") ?? 1);
	if (size > maxRows) return failure(400, "ERROR_PAGE_SIZE_LIMIT", `The page size is limited to ${maxRows}.`);
	const search = (query.get("search") ?? "").toLowerCase();
	const rows = filterRows(table, query.get("filters")).filter(
		(row) => search === "" || JSON.stringify(row).toLowerCase().includes(search),
	);
	if (page > 1 && (page - 1) * size >= rows.length) return failure(400, "ERROR_INVALID_PAGE", "Invalid page.");
	const results = rows.slice((page - 1) * size, page * size).map((row) => answered(table, row));
	const next = page * size < rows.length ? `http://baserow.invalid/?page=${page + 1}` : null;
	return { status: 200, body: { count: rows.length, next, previous: null, results } };
}

/** Every field is in an answer, empty ones too. */
function answered(table: Table, row: Row): Given {
	const empty = Object.fromEntries(table.fields.map(({ id, type }) => [`field_${id}`, type === "file" ? [] : null]));
	return { order: `${row.id}.00000000000000000000`, ...empty, ...row };
}

function rowOf(table: Table, id: number): Row {
	const row = table.rows.find((candidate) => candidate.id === id);
	if (row !== undefined) return row;
	throw new Refusal(failure(404, "ERROR_ROW_DOES_NOT_EXIST", `The rows [${id}] do not exist.`));
}

/** Names that no field has are left out without a word; what is refused is told by item, then by field. */
function cellsOf(world: World, table: Table, items: readonly unknown[]): Given[] {
	const problems: Record<number, unknown> = {};
	const rows = items.map((item, index) => {
		const given = item as Given;
		const cells: Record<string, unknown> = {};
		for (const field of table.fields.filter(({ id }) => `field_${id}` in given)) {
			const name = `field_${field.id}`;
			const checked = checkCell(field, given[name], world);
			if (checked.ok) cells[name] = checked.cell;
			else problems[index] = { [name]: [{ error: checked.error, code: "invalid" }] };
		}
		return cells;
	});
	if (Object.keys(problems).length === 0) return rows;
	throw new Refusal(failure(400, "ERROR_REQUEST_BODY_VALIDATION", { items: problems }));
}

function createRows(world: World, table: Table, items: readonly unknown[]): SimulatedReply {
	const made = cellsOf(world, table, items).map((cells): Row => {
		table.lastId += 1;
		return { ...cells, id: table.lastId };
	});
	table.rows.push(...made);
	return { status: 200, body: { items: made.map((row) => answered(table, row)) } };
}

function updateRows(world: World, table: Table, items: readonly unknown[]): SimulatedReply {
	const ids = items.map((item) => Number((item as Given).id));
	if (new Set(ids).size < ids.length) return failure(400, "ERROR_ROW_IDS_NOT_UNIQUE", "The row ids are not unique.");
	const cells = cellsOf(world, table, items);
	const rows = ids.map((id) => rowOf(table, id));
	for (const [index, row] of rows.entries()) Object.assign(row, cells[index]);
	return { status: 200, body: { items: rows.map((row) => answered(table, row)) } };
}

function deleteRows(table: Table, items: readonly unknown[]): SimulatedReply {
	const gone = new Set(items.map((item) => rowOf(table, Number(item))));
	table.rows = table.rows.filter((row) => !gone.has(row));
	return { status: 204 };
}
