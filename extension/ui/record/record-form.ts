import type { Fields, FieldValue } from "../../../backend/contract/fields.ts";
import type { FieldProvenance, Provenance } from "../../../backend/contract/provenance.ts";
import type { MappingEntry, TargetColumn, TargetView } from "../../../backend/contract/targets.ts";
import { isFieldName, vocabulary } from "../../capture/vocabulary.ts";
import { fieldName } from "../words/capture.ts";
import { inputWords } from "../words/inputs.ts";
import { toFormValue } from "./form-values.ts";
import type { FormValue } from "./input-kinds.ts";
import type { RowPlace } from "./inputs/input-props.ts";
import { fromFormValue } from "./read-form-value.ts";

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
	/** The column as its input is drawn; null: there is none, or a step of the mapping stands between the value and its column. */
	column: TargetColumn | null;
	/** Where rows of a linked table are found. */
	place: RowPlace | null;
	/** Why it cannot stay empty, as the sentence that says so; null: it may. */
	needed: string | null;
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
 * The lines in the order of the first target's columns, then what only others have a column for, then what was captured besides.
 * Without a target: as captured. A column that nothing was captured for gets an empty line, so that it can be filled by hand.
 */
export function toRecordForm(source: RecordSource, targets: readonly TargetView[], locale?: string): RecordForm {
	const rows = new Map<string, FormRow>();
	const add = (name: string, filled: Filled | null) => {
		if (!rows.has(name))
			rows.set(name, rowOf(name, { source, filled, mapped: filled !== null || targets.length === 0, locale }));
	};
	for (const target of targets) {
		for (const column of columnsInOrder(target)) {
			// Several fields may fill one column, for different kinds of record: the first that was captured does.
			const entries = target.mapping.filter((entry) => entry.to === column.id);
			const entry = entries.find(({ from }) => from in source.fields) ?? entries[0];
			if (entry !== undefined) add(entry.from, { target, column, entry });
		}
	}
	if (targets.length === 0) add(titleField, null);
	for (const name of inUsualOrder(Object.keys(source.fields))) add(name, null);
	return { rows: [...rows.values()] };
}

/** A field with the column that it fills. */
type Filled = { target: TargetView; column: TargetColumn; entry: MappingEntry };

type Row = { source: RecordSource; filled: Filled | null; mapped: boolean; locale: string | undefined };

function rowOf(name: string, { source, filled, mapped, locale }: Row): FormRow {
	const original = source.fields[name];
	// What stands in the form is the captured value; the column is of what the steps make of it.
	const direct = (filled?.entry.transform ?? "none") === "none";
	const column = filled !== null && direct ? filled.column : null;
	return {
		name,
		label: filled?.column.name ?? fieldName(name),
		original,
		provenance: source.provenance[name] ?? null,
		form: toFormValue(original, column, { locale, type: isFieldName(name) ? vocabulary[name].type : "text" }),
		mapped,
		column,
		place: filled && { connectionId: filled.target.connectionId, containerId: filled.target.containerId },
		needed: filled && neededFor(filled),
	};
}

function neededFor({ target, column }: Filled): string | null {
	const stoodIn = target.constants?.some(({ to }) => to === column.id) ?? false;
	if (!column.required || stoodIn) return null;
	const isKey = target.matchKey.includes(column.id);
	return isKey ? inputWords.requiredKey(column.name, target.name) : inputWords.required(target.name);
}

/** The mapped columns in the table's order; last what is mapped to a column that the table was not seen to have. */
function columnsInOrder({ mapping, columns }: TargetView): TargetColumn[] {
	const mapped = new Set(mapping.map((entry) => entry.to));
	const known = columns.filter(({ id }) => mapped.has(id));
	const unknown = [...mapped].filter((id) => !known.some((column) => column.id === id));
	return [...known, ...unknown.map((id) => ({ id, name: id, type: "text" }))];
}

/** Sheaf's own fields in the order of the vocabulary, then those that were named by hand. */
function inUsualOrder(names: readonly string[]): string[] {
	const known = Object.keys(vocabulary).filter((name) => names.includes(name));
	return [...known, ...names.filter((name) => !known.includes(name))];
}

/** A currency that no column takes is said by the price beside it: it is kept with the record and not drawn a second time. */
export function isSaidByPrice({ name, place }: FormRow, { rows }: RecordForm): boolean {
	return (
		name === "currency" && place === null && rows.some((row) => row.name === "price" && row.form.input === "currency")
	);
}

/** The same form with one line changed. */
export function withRow(form: RecordForm, name: string, value: FormValue): RecordForm {
	return { rows: form.rows.map((row) => (row.name === name ? { ...row, form: value } : row)) };
}

/** The picture of the record: its address in the row that has it, which is made when there is none. Empty: no picture. */
export function withPicture(form: RecordForm, url: string): RecordForm {
	const own = form.rows.find(({ name }) => name === imageField);
	if (own && "items" in own.form) return withRow(form, imageField, { ...own.form, items: url === "" ? [] : [url] });
	if (own) return withRow(form, imageField, { input: "url", text: url });
	return {
		rows: [...form.rows, besides({ name: imageField, original: undefined, form: { input: "url", text: url } })],
	};
}

/** The address of the record's picture, or nothing. */
export function pictureOf({ rows }: RecordForm): string {
	const form = rows.find(({ name }) => name === imageField)?.form;
	if (!form) return "";
	return "items" in form ? (form.items[0] ?? "") : "text" in form ? form.text : "";
}

/** A row that no column has. */
function besides({ name, original, form }: Pick<FormRow, "name" | "original" | "form">): FormRow {
	const label = fieldName(name);
	return { name, label, original, form, provenance: null, mapped: false, column: null, place: null, needed: null };
}

/**
 * The form drawn for other targets: what was typed stays with its field, in the input that its column has now; where no column has it any
 * more it stays with the record.
 */
export function retarget(form: RecordForm, source: RecordSource, targets: readonly TargetView[]): RecordForm {
	return withTyped(toRecordForm(source, targets), form.rows.filter(isTouched));
}

/** What a person wrote into a form before, in another one. */
export function withTyped(
	{ rows }: RecordForm,
	typed: readonly Pick<FormRow, "name" | "original" | "form">[],
): RecordForm {
	const kept = new Map(typed.map((row) => [row.name, row]));
	const without = typed.filter(({ name }) => !rows.some((row) => row.name === name));
	return {
		rows: [
			...rows.map((row) => {
				const own = kept.get(row.name);
				return own ? { ...row, form: refitted(own, row) } : row;
			}),
			...without.map(besides),
		],
	};
}

function refitted(kept: Pick<FormRow, "original" | "form">, row: FormRow): FormValue {
	if (kept.form.input === row.form.input) return kept.form;
	const read = fromFormValue(kept.form, kept.original);
	return read.ok && read.value ? toFormValue(read.value, row.column) : kept.form;
}

/** Whether it says something else than what was captured. */
export function isTouched({ form, original }: FormRow): boolean {
	const read = fromFormValue(form, original);
	return !read.ok || (read.value !== original && (read.value !== null || original !== undefined));
}

export type ReadForm =
	| { ok: true; fields: Fields; provenance: Provenance }
	| { ok: false; problems: Record<string, string> };

/**
 * The fields to save, with `typed` as the origin of whatever the person changed; or a sentence per line that cannot be read or
 * cannot stay empty.
 */
export function readRecordForm(form: RecordForm, locale?: string): ReadForm {
	const fields: Fields = {};
	const provenance: Provenance = {};
	const problems: Record<string, string> = {};
	for (const row of form.rows) {
		if (isSaidByPrice(row, form)) continue;
		const read = fromFormValue(row.form, row.original, locale);
		if (!read.ok) problems[row.name] = read.message;
		else if (read.value !== null) {
			fields[row.name] = read.value;
			provenance[row.name] = read.value === row.original && row.provenance ? row.provenance : typedByHand;
		} else if (row.needed !== null) problems[row.name] = row.needed;
	}
	const { price } = fields;
	if (price?.type === "currency" && form.rows.some((row) => isSaidByPrice(row, form))) {
		fields["currency"] = { type: "text", value: price.value.currency };
		provenance["currency"] = provenance["price"] ?? typedByHand;
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
