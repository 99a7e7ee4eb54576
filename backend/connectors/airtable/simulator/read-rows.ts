import { baseOf, type Call, needScope, tableOf } from "./call.ts";
import { rowsMatching } from "./formula/match-rows.ts";
import { properties, textOf } from "./json-values.ts";
import { notFound, ok, Refusal, type Reply, refuse, refuseShape } from "./replies.ts";
import { findField, type Row, type Table } from "./state.ts";

/** Options of a listing, the same in a query string and in the body of `listRecords`. */
type ListOptions = {
	pageSize: number;
	maxRecords: number;
	offset: string | null;
	fields: string[];
	sort: { field: string; direction: string }[];
	formula: string | null;
	byFieldId: boolean;
};

export function listRows(call: Call): Reply {
	needScope(call, "data.records:read");
	const table = tableOf(baseOf(call, call.segments[0], "read"), call.segments[1]);
	const options = call.method === "POST" ? optionsFromBody(call.body) : optionsFromQuery(call.query);
	if (options.pageSize < 1 || options.pageSize > 100) refuseShape();
	const wanted = new Set(options.fields.map((name) => fieldId(table, name)));
	const rows = sorted(table, rowsMatching(table, options.formula), options.sort).slice(0, options.maxRecords);
	const start = startOf(rows, options.offset);
	const page = rows.slice(start, start + options.pageSize);
	const next = rows[start + options.pageSize];
	return ok({
		records: page.map((row) => rowView(table, row, { byFieldId: options.byFieldId, wanted })),
		...(next === undefined ? {} : { offset: `itrSIMULATOR/${next.id}` }),
	});
}

export function getRow(call: Call): Reply {
	needScope(call, "data.records:read");
	const table = tableOf(baseOf(call, call.segments[0], "read"), call.segments[1]);
	const row = rowOf(table, call.segments[2] ?? "");
	return ok(rowView(table, row, { byFieldId: call.query.get("returnFieldsByFieldId") === "true" }));
}

export function rowOf(table: Table, id: string): Row {
	const row = table.rows.find((candidate) => candidate.id === id);
	if (row === undefined) throw new Refusal(notFound());
	return row;
}

/** A row as the API shows it: empty cells are absent, keyed by field name unless ids are asked for. */
export function rowView(
	table: Table,
	row: Row,
	options: { byFieldId: boolean; wanted?: ReadonlySet<string> },
): unknown {
	const fields = table.fields
		.filter((field) => row.cells[field.id] !== undefined)
		.filter((field) => options.wanted === undefined || options.wanted.size === 0 || options.wanted.has(field.id))
		.map((field) => [options.byFieldId ? field.id : field.name, row.cells[field.id]] as const);
	return { id: row.id, createdTime: row.createdTime, fields: Object.fromEntries(fields) };
}

/** @throws Refusal for a name or id the table does not have */
export function fieldId(table: Table, idOrName: string): string {
	return findField(table, idOrName)?.id ?? refuse(422, "UNKNOWN_FIELD_NAME", `Unknown field name: "${idOrName}"`);
}

function startOf(rows: readonly Row[], offset: string | null): number {
	if (offset === null) return 0;
	const start = rows.findIndex((row) => `itrSIMULATOR/${row.id}` === offset);
	if (start !== -1) return start;
	return refuse(
		422,
		"LIST_RECORDS_ITERATOR_NOT_AVAILABLE",
		"The iterator is no longer available. Start from the first page.",
	);
}

function sorted(table: Table, rows: readonly Row[], sort: ListOptions["sort"]): Row[] {
	const result = [...rows];
	for (const { field, direction } of [...sort].reverse()) {
		const id = fieldId(table, field);
		const sign = direction === "desc" ? -1 : 1;
		result.sort((a, b) => sign * compareCells(a.cells[id], b.cells[id]));
	}
	return result;
}

function compareCells(a: unknown, b: unknown): number {
	if (typeof a === "number" && typeof b === "number") return a - b;
	return textOf(a).localeCompare(textOf(b));
}

function optionsFromQuery(query: URLSearchParams): ListOptions {
	const sort: ListOptions["sort"] = [];
	for (let index = 0; query.has(`sort[${index}][field]`); index += 1) {
		sort.push({
			field: query.get(`sort[${index}][field]`) ?? "",
			direction: query.get(`sort[${index}][direction]`) ?? "asc",
		});
	}
	return {
		pageSize: Number(query.get("pageSize") ?? 100),
		maxRecords: Number(query.get("maxRecords") ?? Number.MAX_SAFE_INTEGER),
		offset: query.get("offset"),
		fields: [...query.getAll("fields[]"), ...query.getAll("fields")],
		sort,
		formula: query.get("filterByFormula"),
		byFieldId: query.get("returnFieldsByFieldId") === "true",
	};
}

function optionsFromBody(body: unknown): ListOptions {
	const given = properties(body);
	const sort = Array.isArray(given.sort) ? given.sort.map(properties) : [];
	return {
		pageSize: typeof given.pageSize === "number" ? given.pageSize : 100,
		maxRecords: typeof given.maxRecords === "number" ? given.maxRecords : Number.MAX_SAFE_INTEGER,
		offset: typeof given.offset === "string" ? given.offset : null,
		fields: Array.isArray(given.fields) ? given.fields.map(textOf) : [],
		sort: sort.map(({ field, direction }) => ({ field: textOf(field), direction: textOf(direction ?? "asc") })),
		formula: typeof given.filterByFormula === "string" ? given.filterByFormula : null,
		byFieldId: given.returnFieldsByFieldId === true,
	};
}
