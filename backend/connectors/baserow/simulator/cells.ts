import type { Field, World } from "./state.ts";

/** The value as the server answers it, or why it does not take it. */
export type CheckedCell = { ok: true; cell: unknown } | { ok: false; error: string };

const accept = (cell: unknown): CheckedCell => ({ ok: true, cell });
const refuse = (error: string): CheckedCell => ({ ok: false, error });

export function checkCell(field: Field, value: unknown, world: Pick<World, "files">): CheckedCell {
	switch (field.type) {
		case "text":
		case "long_text":
			return value === null || typeof value === "string" ? accept(value) : refuse("Not a valid string.");
		case "url":
			return checkText(value, /^https?:\/\/\S+$/, "Enter a valid URL.");
		case "email":
			return checkText(value, /^[^\s@]+@[^\s@]+\.[^\s@]+$/, "Enter a valid email address.");
		case "phone_number":
			return checkText(value, /^[0-9Nx,+._*()#=;/ -]{1,100}$/, "Enter a valid phone number.");
		case "number":
			return checkNumber(field, value);
		case "rating": {
			const max = field.max_value ?? 5;
			const isRating = typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max;
			return isRating ? accept(value) : refuse(`Ensure this value is less than or equal to ${max}.`);
		}
		case "boolean":
			return typeof value === "boolean" ? accept(value) : refuse("Must be a valid boolean.");
		case "date":
			return checkDate(field, value);
		case "single_select":
			return value === null ? accept(null) : checkChoice(field, value);
		case "multiple_select":
			return checkList(value, (entry) => checkChoice(field, entry));
		case "file":
			return checkList(value, (entry) => checkFile(entry, world));
		default:
			return refuse("This field is read only.");
	}
}

function checkText(value: unknown, shape: RegExp, error: string): CheckedCell {
	return value === "" || (typeof value === "string" && shape.test(value)) ? accept(value) : refuse(error);
}

/** Numbers come back as texts with all their places. */
function checkNumber(field: Field, value: unknown): CheckedCell {
	if (value === null) return accept(null);
	const text = typeof value === "number" ? String(value) : value;
	if (typeof text !== "string" || !/^-?\d+(\.\d+)?$/.test(text)) return refuse("A valid number is required.");
	const places = field.number_decimal_places ?? 0;
	const given = text.split(".")[1]?.length ?? 0;
	return given > places
		? refuse(`Ensure that there are no more than ${places} decimal places.`)
		: accept(Number(text).toFixed(places));
}

function checkDate({ date_include_time }: Field, value: unknown): CheckedCell {
	if (value === null) return accept(null);
	const shape = date_include_time === true ? /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/ : /^\d{4}-\d{2}-\d{2}$/;
	const moment = new Date(typeof value === "string" && shape.test(value) ? value : Number.NaN);
	if (Number.isNaN(moment.getTime())) return refuse("Date has wrong format.");
	return accept(date_include_time === true ? moment.toISOString().replace(".000Z", "Z") : value);
}

/** By its number or its exact text. */
function checkChoice({ select_options = [] }: Field, value: unknown): CheckedCell {
	const option = select_options.find((one) => one.id === value || one.value === value);
	return option === undefined
		? refuse(`The provided select option value '${String(value)}' is not valid.`)
		: accept(option);
}

function checkFile(value: unknown, { files }: Pick<World, "files">): CheckedCell {
	const { name, visible_name } = (value ?? {}) as { name?: string; visible_name?: string };
	const file = files.get(name ?? "");
	if (file === undefined) return refuse(`The user file ${String(name)} does not exist.`);
	return accept({ name, visible_name: visible_name ?? file.original, size: file.size });
}

function checkList(value: unknown, check: (entry: unknown) => CheckedCell): CheckedCell {
	if (!Array.isArray(value)) return refuse("This value must be a list.");
	const cells: unknown[] = [];
	for (const entry of value) {
		const checked = check(entry);
		if (!checked.ok) return checked;
		cells.push(checked.cell);
	}
	return accept(cells);
}
