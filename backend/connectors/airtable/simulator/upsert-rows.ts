import type { Call } from "./call.ts";
import { isMergeable } from "./cells.ts";
import { properties, textOf } from "./json-values.ts";
import { fieldId } from "./read-rows.ts";
import { type Reply, refuse, refuseShape } from "./replies.ts";
import { type Field, findField, type Row } from "./state.ts";
import {
	applyNew,
	applyTo,
	batchOf,
	type CheckedRow,
	checkRow,
	committed,
	existingRow,
	view,
	type WriteScene,
	writeScene,
} from "./write-rows.ts";

/**
 * `performUpsert`: no match creates, one updates, more than one fails the request. All rows are matched before any is
 * applied, so two items with one key make two rows: Airtable does not say what it does then, and this is the worst.
 */
export function upsertRows(call: Call): Reply {
	const scene = writeScene(call);
	const body = properties(call.body);
	const mergeOn = mergeFields(scene, properties(body.performUpsert).fieldsToMergeOn);
	const checked = batchOf(body.records).map((item) => checkRow(scene, item));
	const matches = checked.map((one) =>
		one.id === null ? matchOf(scene, one, mergeOn) : existingRow(scene.table, one.id),
	);
	const applied = checked.map((one, index) => {
		const match = matches[index] ?? null;
		if (match !== null) applyTo(scene, match, one);
		return { row: match ?? applyNew(scene, one), created: match === null };
	});
	call.world.journal.upsert({
		baseId: scene.base.id,
		tableId: scene.table.id,
		mergeOn: mergeOn.map((field) => field.id),
		rows: applied.map(({ row, created }) => ({
			rowId: row.id,
			created,
			key: mergeOn.map((field) => row.cells[field.id] ?? null),
		})),
	});
	return committed(scene, {
		records: applied.map(({ row }) => view(scene, row)),
		createdRecords: applied.filter(({ created }) => created).map(({ row }) => row.id),
		updatedRecords: applied.filter(({ created }) => !created).map(({ row }) => row.id),
	});
}

function mergeFields(scene: WriteScene, fieldsToMergeOn: unknown): Field[] {
	if (!Array.isArray(fieldsToMergeOn) || fieldsToMergeOn.length < 1 || fieldsToMergeOn.length > 3) return refuseShape();
	return fieldsToMergeOn.map((name) => {
		const field = findField(scene.table, fieldId(scene.table, textOf(name)));
		if (field !== null && isMergeable(field)) return field;
		return refuseShape(`Field "${textOf(name)}" cannot be used in fieldsToMergeOn`);
	});
}

function matchOf(scene: WriteScene, checked: CheckedRow, mergeOn: readonly Field[]): Row | null {
	const wanted = mergeOn.map((field) => {
		if (checked.cells.get(field.id) !== undefined) return keyOf(checked.cells.get(field.id));
		return refuse(
			422,
			"INVALID_REQUEST_MISSING_FIELDS",
			`Record is missing a value for the merge field "${field.name}"`,
		);
	});
	const found = scene.table.rows.filter((row) =>
		mergeOn.every((field, index) => keyOf(row.cells[field.id]) === wanted[index]),
	);
	if (found.length <= 1) return found[0] ?? null;
	return refuse(422, "INVALID_RECORDS", "Cannot upsert: more than one record matches the fields to merge on");
}

function keyOf(cell: unknown): string {
	return JSON.stringify(Array.isArray(cell) ? cell.map(textOf).sort() : (cell ?? null));
}
