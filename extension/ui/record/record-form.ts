import type { Fields, FieldValue } from "../../../backend/contract/fields.ts";
import type { FieldProvenance, Provenance } from "../../../backend/contract/provenance.ts";
import type { TargetView } from "../../../backend/contract/targets.ts";
import { vocabulary } from "../../capture/vocabulary.ts";
import { fieldName } from "../words/capture.ts";
import { type FormValue, fromFormValue, sameForm, toFormValue } from "./form-values.ts";

/** One line of the record as the popup shows it. */
export type FormRow = {
	/** The captured field's name: what is saved. */
	name: string;
	/** The column's name, or the field's own in plain words. */
	label: string;
	original: FieldValue | undefined;
	provenance: FieldProvenance | null;
	form: FormValue;
	/** Whether the target has a column for it. Fields without one are kept with the record but not sent on to the table. */
	mapped: boolean;
};

/** A record being looked at before it is sent. */
export type RecordForm = { rows: FormRow[] };

export type RecordSource = { fields: Fields; provenance: Provenance };

/** Nobody is surer of a value than who typed it. */
export const typedByHand: FieldProvenance = { from: "typed", confidence: 1 };

/** The two fields drawn at the head of the record, not as lines. */
export const titleField = "title";
export const imageField = "image";

/**
 * The lines in the order of the first target's mapping, then what only others have a column for, then what was captured besides.
 * Without a target: as captured. A column that nothing was captured for gets an empty line, so that it can be filled by hand.
 */
export function toRecordForm(source: RecordSource, targets: readonly TargetView[], locale?: string): RecordForm {
	const rows: FormRow[] = [];
	const seen = new Set<string>();
	const add = (name: string, column: { name: string; type: string } | undefined, mapped: boolean) => {
		if (seen.has(name)) return;
		seen.add(name);
		const original = source.fields[name];
		rows.push({
			name,
			label: column?.name ?? fieldName(name),
			original,
			provenance: source.provenance[name] ?? null,
			form: toFormValue(original, column?.type ?? "text", locale),
			mapped,
		});
	};
	for (const target of targets) {
		for (const column of columnsInOrder(target)) {
			// Several fields may fill one column, for different kinds of record: the first that was captured does.
			const names = target.mapping.filter((entry) => entry.to === column.id).map((entry) => entry.from);
			const name = names.find((one) => one in source.fields) ?? names[0];
			if (name !== undefined) add(name, column, true);
		}
	}
	if (targets.length === 0) add(titleField, undefined, true);
	for (const name of inUsualOrder(Object.keys(source.fields))) add(name, undefined, targets.length === 0);
	return { rows };
}

/** The mapped columns, in the order in which the mapping names them first. */
function columnsInOrder({ mapping, columns }: TargetView): TargetView["columns"] {
	const ids = new Set(mapping.map((entry) => entry.to));
	return [...ids].map((id) => columns.find((column) => column.id === id) ?? { id, name: id, type: "text" });
}

/** Sheaf's own fields in the order of the vocabulary, then those that were named by hand. */
function inUsualOrder(names: readonly string[]): string[] {
	const known = Object.keys(vocabulary).filter((name) => names.includes(name));
	return [...known, ...names.filter((name) => !known.includes(name))];
}

/** The same form with one line changed. */
export function withRow(form: RecordForm, name: string, value: FormValue): RecordForm {
	return { rows: form.rows.map((row) => (row.name === name ? { ...row, form: value } : row)) };
}

/** The form drawn for other targets: what was typed stays with its field. */
export function retarget(form: RecordForm, source: RecordSource, targets: readonly TargetView[]): RecordForm {
	const typed = new Map(form.rows.filter((row) => isTouched(row)).map((row) => [row.name, row.form]));
	return {
		rows: toRecordForm(source, targets).rows.map((row) => {
			const kept = typed.get(row.name);
			return kept ? { ...row, form: kept } : row;
		}),
	};
}

function isTouched(row: FormRow): boolean {
	return !sameForm(row.form, toFormValue(row.original, "text"));
}

export type ReadForm =
	| { ok: true; fields: Fields; provenance: Provenance }
	| { ok: false; problems: Record<string, string> };

/** The fields to save, with `typed` as the origin of whatever the person changed; or a sentence per line that cannot be read. */
export function readRecordForm(form: RecordForm, locale?: string): ReadForm {
	const fields: Fields = {};
	const provenance: Provenance = {};
	const problems: Record<string, string> = {};
	for (const row of form.rows) {
		const read = fromFormValue(row.form, row.original, locale);
		if (!read.ok) {
			problems[row.name] = read.message;
			continue;
		}
		if (read.value === null) continue;
		fields[row.name] = read.value;
		provenance[row.name] = read.value === row.original && row.provenance ? row.provenance : typedByHand;
	}
	return Object.keys(problems).length > 0 ? { ok: false, problems } : { ok: true, fields, provenance };
}

/**
 * What an update starts from: the page as it is now, but with what the person once typed into the saved record kept. Otherwise
 * "Update" would quietly undo their own edits.
 */
export function mergeForUpdate(draft: RecordSource, saved: RecordSource): RecordSource {
	const fields: Fields = { ...draft.fields };
	const provenance: Provenance = { ...draft.provenance };
	for (const [name, value] of Object.entries(saved.fields)) {
		if (saved.provenance[name]?.from !== "typed" && name in draft.fields) continue;
		fields[name] = value;
		provenance[name] = saved.provenance[name] ?? { from: "page", confidence: 0.5 };
	}
	return { fields, provenance };
}
