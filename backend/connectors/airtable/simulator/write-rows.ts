import { baseOf, type Call, levelIn, needScope, tableOf } from "./call.ts";
import { type CellContext, checkCell } from "./cells.ts";
import { addMissingChoices } from "./choice-cells.ts";
import { properties, textOf } from "./json-values.ts";
import { fieldId, rowOf, rowView } from "./read-rows.ts";
import { ok, type Reply, refuse, refuseShape } from "./replies.ts";
import { type Base, findField, makeId, type Row, type Table } from "./state.ts";
import type { ChangeType } from "./webhooks.ts";

export const maxRowsPerRequest = 10;

/** Where a write goes and how, read from the call once. */
export type WriteScene = {
	call: Call;
	base: Base;
	table: Table;
	context: CellContext;
	byFieldId: boolean;
	/** PUT clears the cells it does not name, PATCH leaves them. */
	clears: boolean;
};

/** One checked row: nothing is applied before all rows of the request are checked, so a batch succeeds or fails whole. */
export type CheckedRow = { id: string | null; cells: ReadonlyMap<string, unknown> };

export function writeScene(call: Call): WriteScene {
	needScope(call, "data.records:write");
	const base = baseOf(call, call.segments[0], "edit");
	const body = properties(call.body);
	return {
		call,
		base,
		table: tableOf(base, call.segments[1]),
		context: { base, typecast: body.typecast === true, mayCreateChoices: levelIn(call, base) === "create" },
		byFieldId: body.returnFieldsByFieldId === true,
		clears: call.method === "PUT",
	};
}

export function createRows(call: Call): Reply {
	const scene = writeScene(call);
	const body = properties(call.body);
	if (body.records === undefined) {
		const row = applyNew(scene, checkRow(scene, { fields: body.fields ?? {} }));
		return committed(scene, view(scene, row));
	}
	const checked = batchOf(body.records).map((item) => checkRow(scene, item));
	const rows = checked.map((one) => applyNew(scene, one));
	return committed(scene, { records: rows.map((row) => view(scene, row)) });
}

export function updateRow(call: Call): Reply {
	const scene = writeScene(call);
	const row = rowOf(scene.table, call.segments[2] ?? "");
	applyTo(scene, row, checkRow(scene, call.body));
	return committed(scene, view(scene, row));
}

export function updateRows(call: Call): Reply {
	const scene = writeScene(call);
	const checked = batchOf(properties(call.body).records).map((item) => checkRow(scene, item));
	const rows = checked.map((one) => existingRow(scene.table, one.id));
	for (const [index, row] of rows.entries()) {
		const change = checked[index];
		if (change !== undefined) applyTo(scene, row, change);
	}
	return committed(scene, { records: rows.map((row) => view(scene, row)) });
}

export function deleteRow(call: Call): Reply {
	const scene = writeScene(call);
	return committed(scene, removed(scene, rowOf(scene.table, call.segments[2] ?? "")));
}

export function deleteRows(call: Call): Reply {
	const scene = writeScene(call);
	const ids = [...call.query.getAll("records[]"), ...call.query.getAll("records")];
	const rows = batchOf(ids).map((id) => rowOf(scene.table, textOf(id)));
	return committed(scene, { records: rows.map((row) => removed(scene, row)) });
}

export function batchOf(records: unknown): unknown[] {
	if (!Array.isArray(records) || records.length === 0) return refuseShape();
	if (records.length <= maxRowsPerRequest) return records;
	return refuse(
		422,
		"INVALID_RECORDS",
		`You can only create, update or delete up to ${maxRowsPerRequest} records per request.`,
	);
}

export function checkRow(scene: WriteScene, item: unknown): CheckedRow {
	const { id, fields } = properties(item);
	if (typeof fields !== "object" || fields === null) {
		return refuse(422, "INVALID_REQUEST_MISSING_FIELDS", 'Could not find field "fields" in the request body');
	}
	const cells = new Map<string, unknown>();
	for (const [name, value] of Object.entries(fields)) {
		const field = findField(scene.table, fieldId(scene.table, name));
		if (field !== null) cells.set(field.id, checkCell(field, value, scene.context));
	}
	return { id: typeof id === "string" ? id : null, cells };
}

export function existingRow(table: Table, id: string | null): Row {
	if (id === null) return refuseShape();
	return (
		table.rows.find((row) => row.id === id) ??
		refuse(422, "ROW_DOES_NOT_EXIST", `Record ID ${id} does not exist in this table`)
	);
}

export function applyNew(scene: WriteScene, checked: CheckedRow): Row {
	const row: Row = { id: makeId("rec"), createdTime: new Date().toISOString(), cells: {} };
	scene.table.rows.push(row);
	fill(scene, row, checked);
	noteChange(scene, row, "add");
	return row;
}

export function applyTo(scene: WriteScene, row: Row, checked: CheckedRow): void {
	fill(scene, row, checked);
	noteChange(scene, row, "update");
}

function fill(scene: WriteScene, row: Row, { cells }: CheckedRow): void {
	if (scene.clears) row.cells = {};
	for (const [id, cell] of cells) {
		const field = findField(scene.table, id);
		if (cell === undefined) delete row.cells[id];
		else row.cells[id] = cell;
		if (field !== null && cell !== undefined) addMissingChoices(field, cell);
	}
}

export function view(scene: WriteScene, row: Row): unknown {
	return rowView(scene.table, row, { byFieldId: scene.byFieldId });
}

function noteChange({ call, base, table }: WriteScene, row: Row, type: ChangeType): void {
	call.world.webhooks.note({ baseId: base.id, tableId: table.id, rowId: row.id, type, source: "publicApi" });
}

/** The change stands (and is on disk, where a state file is kept) before anything is answered. */
export function committed(scene: WriteScene, json: unknown): Reply {
	scene.call.world.journal.write(scene.base.id);
	scene.call.world.changed();
	return ok(json);
}

function removed(scene: WriteScene, row: Row): unknown {
	const { table } = scene;
	noteChange(scene, row, "remove");
	table.rows = table.rows.filter((candidate) => candidate.id !== row.id);
	return { id: row.id, deleted: true };
}
