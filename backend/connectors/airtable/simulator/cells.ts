import { choiceCell, choicesCell } from "./choice-cells.ts";
import { properties } from "./json-values.ts";
import { refuse } from "./replies.ts";
import { type Base, type Field, makeId } from "./state.ts";
import { typecast } from "./typecast.ts";

/** What a cell's check may look at. */
export type CellContext = { base: Base; typecast: boolean; mayCreateChoices: boolean };

const maxTextLength = 100_000;

type Check = (field: Field, value: unknown, context: CellContext) => unknown;

/** The writable types. What is not here is computed, or newer than this simulator, and takes no value. */
const checks: Readonly<Record<string, Check>> = {
	singleLineText: text,
	multilineText: text,
	richText: text,
	email: text,
	url: text,
	phoneNumber: text,
	number,
	currency: number,
	percent: number,
	duration: number,
	rating,
	checkbox,
	singleSelect: choiceCell,
	multipleSelects: choicesCell,
	date,
	dateTime,
	multipleAttachments: attachments,
	multipleRecordLinks: links,
	singleCollaborator: (field, value) => collaborator(field, value),
	multipleCollaborators: (field, value) => list(field, value).map((one) => collaborator(field, one)),
	barcode,
};

/** The types a row can be matched on (`fieldsToMergeOn`): text, long text, numbers, selects and dates. */
const mergeableTypes = new Set([
	"singleLineText",
	"email",
	"url",
	"multilineText",
	"number",
	"currency",
	"percent",
	"singleSelect",
	"multipleSelects",
	"date",
	"dateTime",
]);

export function isMergeable(field: Field): boolean {
	return mergeableTypes.has(field.type);
}

/**
 * The value as the base keeps it, or undefined for an empty cell.
 * @throws Refusal with the documented error type when the column does not take it
 */
export function checkCell(field: Field, value: unknown, context: CellContext): unknown {
	const check = checks[field.type];
	if (check === undefined) {
		return refuse(
			422,
			"INVALID_VALUE_FOR_COLUMN",
			`Field "${field.name}" cannot accept a value because the field is computed`,
		);
	}
	const given = context.typecast ? typecast(field, value) : value;
	if (isEmpty(given)) return undefined;
	const cell = check(field, given, context);
	return isEmpty(cell) ? undefined : cell;
}

/** Empty cells are left out of every reply; `false` cannot be told from empty. */
function isEmpty(value: unknown): boolean {
	return (
		value === null ||
		value === undefined ||
		value === "" ||
		value === false ||
		(Array.isArray(value) && value.length === 0)
	);
}

function refuseValue(field: Field): never {
	return refuse(422, "INVALID_VALUE_FOR_COLUMN", `Field "${field.name}" cannot accept the provided value`);
}

function text(field: Field, value: unknown): string {
	return typeof value === "string" && value.length <= maxTextLength ? value : refuseValue(field);
}

function number(field: Field, value: unknown): number {
	return typeof value === "number" && Number.isFinite(value) ? value : refuseValue(field);
}

function rating(field: Field, value: unknown): number {
	const stars = number(field, value);
	return Number.isInteger(stars) && stars >= 1 && stars <= (field.options?.max ?? 5) ? stars : refuseValue(field);
}

function checkbox(field: Field, value: unknown): boolean {
	return typeof value === "boolean" ? value : refuseValue(field);
}

function date(field: Field, value: unknown): string {
	if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return refuseValue(field);
	const instant = new Date(`${value}T00:00:00Z`);
	return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value) ? value : refuseValue(field);
}

function dateTime(field: Field, value: unknown): string {
	const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;
	if (typeof value !== "string" || !iso.test(value)) return refuseValue(field);
	const instant = new Date(value);
	return Number.isNaN(instant.getTime()) ? refuseValue(field) : instant.toISOString();
}

function attachments(field: Field, value: unknown): unknown[] {
	return list(field, value).map((one) => {
		const { id, url, filename } = properties(one);
		if (typeof id === "string" && /^att\w{14}$/.test(id)) return one;
		if (typeof url === "string" && /^https?:\/\//.test(url) && URL.canParse(url)) {
			const name = typeof filename === "string" ? filename : (new URL(url).pathname.split("/").pop() ?? "");
			return { id: makeId("att"), url, filename: name === "" ? "attachment" : name };
		}
		return refuse(
			422,
			"INVALID_ATTACHMENT_OBJECT",
			`Invalid attachment object for field ${field.name}: ${JSON.stringify(one)}`,
		);
	});
}

function links(field: Field, value: unknown, { base }: CellContext): string[] {
	const linked = base.tables.find((table) => table.id === field.options?.linkedTableId);
	return list(field, value).map((id) => {
		if (typeof id !== "string" || !/^rec\w{14}$/.test(id)) {
			return refuse(422, "INVALID_RECORD_ID", `Value "${JSON.stringify(id)}" is not a valid record ID.`);
		}
		if (linked?.rows.some((row) => row.id === id) === true) return id;
		return refuse(422, "ROW_DOES_NOT_EXIST", `Record ID ${id} does not exist in this table`);
	});
}

function collaborator(field: Field, value: unknown): unknown {
	const { id, email } = properties(value);
	return typeof id === "string" || typeof email === "string" ? value : refuseValue(field);
}

function barcode(field: Field, value: unknown): unknown {
	return typeof properties(value).text === "string" ? value : refuseValue(field);
}

function list(field: Field, value: unknown): unknown[] {
	return Array.isArray(value) ? value : refuseValue(field);
}
