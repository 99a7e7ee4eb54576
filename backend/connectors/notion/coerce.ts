import type { TableField } from "../../contract/connections.ts";
import type { FieldValue } from "../../contract/fields.ts";
import type { CoerceResult } from "../connector.ts";
import { misfit, optionsText, unfillable, within } from "../misfit.ts";
import { compactId, isNotionId } from "./api.ts";
import { toMoment } from "./coerce-moments.ts";
import { toNumber, toPercent } from "./coerce-numbers.ts";
import { accept, entriesOf, isWebAddress, refuse, singleText, textOf } from "./coerce-values.ts";
import { maxTextLength } from "./text-runs.ts";

type Coercion = (value: FieldValue, column: TableField) => CoerceResult;

/** Notion's limits (request limits): characters of an address, of an e-mail or phone number, of an option; entries of an array. */
const maxAddressLength = 2_000;
const maxShortLength = 200;
const maxOptionLength = 100;
const maxEntries = 100;
/** What a capture may hold at most; blocks are appended until all of it is there. */
const maxBodyLength = 400_000;

const coercions: Readonly<Record<string, Coercion>> = {
	title: toLine,
	rich_text: (value, column) => within(textOf(value, "\n"), column, maxTextLength),
	page_body: (value, column) => within(textOf(value, "\n\n"), column, maxBodyLength),
	url: toAddress,
	email: toEmail,
	phone_number: toPhone,
	number: (value, column) => (column.type === "percent" ? toPercent : toNumber)(value, column),
	checkbox: toCheck,
	date: toMoment,
	select: toChoice,
	status: toStatus,
	multi_select: toChoices,
	files: toFiles,
	relation: toRelation,
};

/**
 * A captured value as Notion takes it in this column, exactly or not at all: nothing is cut, rounded or guessed. An empty value
 * empties the cell; a field that was not captured is no value and never comes here.
 */
export function coerce(value: FieldValue, column: TableField): CoerceResult {
	const coercion = coercions[column.providerType];
	if (!column.writable || coercion === undefined) {
		return unfillable(column);
	}
	return isEmpty(value) ? accept(null) : coercion(value, column);
}

function isEmpty(value: FieldValue): boolean {
	if (value.type === "list") return entriesOf(value).length === 0;
	return typeof value.value === "string" && value.value.trim() === "";
}

/** A single line: a page's title has no line breaks. */
function toLine(value: FieldValue, column: TableField): CoerceResult {
	const line = textOf(value, ", ")
		.replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, " ")
		.trim();
	return within(line, column, maxTextLength);
}

function toAddress(value: FieldValue, column: TableField): CoerceResult {
	const address = singleText(value);
	if (address === null || !isWebAddress(address)) return refuse(column, "web-address", value);
	return within(address, column, maxAddressLength);
}

function toEmail(value: FieldValue, column: TableField): CoerceResult {
	const address = singleText(value)?.replace(/^mailto:/i, "") ?? "";
	if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) return refuse(column, "email-address", value);
	return within(address, column, maxShortLength);
}

/** Any spelling of a number: Notion keeps it as text. */
function toPhone(value: FieldValue, column: TableField): CoerceResult {
	const number = value.type === "number" ? String(value.value) : (singleText(value)?.replace(/^tel:/i, "") ?? "");
	return /^[+(\d][\d\s().,/x*#+-]{1,60}$/i.test(number) ? accept(number) : refuse(column, "phone-number", value);
}

const yes = new Set(["true", "yes", "1"]);
const no = new Set(["false", "no", "0"]);

function toCheck(value: FieldValue, column: TableField): CoerceResult {
	if (value.type === "boolean") return accept(value.value);
	const word = value.type === "number" ? String(value.value) : (singleText(value)?.toLowerCase() ?? "");
	if (yes.has(word)) return accept(true);
	return no.has(word) ? accept(false) : refuse(column, "yes-or-no", value);
}

function toChoice(value: FieldValue, column: TableField): CoerceResult {
	const [name, ...more] = optionsOf(value, column);
	if (name === undefined || more.length > 0) return refuse(column, "one-choice", value);
	return isOption(name)
		? accept(name)
		: misfit(column, "plain-choices", { max: maxOptionLength, shown: textOf(value, ", ") });
}

/** Unlike a choice, a status that is not there yet cannot be added from outside. */
function toStatus(value: FieldValue, column: TableField): CoerceResult {
	const [name, ...more] = optionsOf(value, column);
	const options = column.options ?? [];
	if (name !== undefined && more.length === 0 && options.includes(name)) return accept(name);
	return misfit(column, "one-of", { options: optionsText(options), shown: textOf(value, ", ") });
}

/** A text is one choice; entries of a list are one each. */
function toChoices(value: FieldValue, column: TableField): CoerceResult {
	const names = [...new Set(optionsOf(value, column))];
	if (names.length > maxEntries) return misfit(column, "choices", { max: maxEntries, shown: textOf(value, ", ") });
	return names.every(isOption)
		? accept(names)
		: misfit(column, "plain-choices", { max: maxOptionLength, shown: textOf(value, ", ") });
}

function isOption(name: string): boolean {
	return name.length <= maxOptionLength && !name.includes(",");
}

/** The column's own spelling where it has the option in another case, a new one otherwise. */
function optionsOf(value: FieldValue, column: TableField): string[] {
	const options = column.options ?? [];
	return entriesOf(value).map((written) => {
		const name = written.replaceAll(/\s+/g, " ");
		if (options.includes(name)) return name;
		return options.find((option) => option.toLowerCase() === name.toLowerCase()) ?? name;
	});
}

/** Notion shows a file from its address; what has no public address cannot be attached so. */
function toFiles(value: FieldValue, column: TableField): CoerceResult {
	const addresses = [...new Set(entriesOf(value))];
	const fits = addresses.every((address) => isWebAddress(address) && address.length <= maxAddressLength);
	return fits && addresses.length <= maxEntries ? accept(addresses) : refuse(column, "file-addresses", value);
}

/** Only ids: matching other tables by name would be a guess. */
function toRelation(value: FieldValue, column: TableField): CoerceResult {
	const ids = entriesOf(value);
	if (!ids.every(isNotionId) || ids.length > maxEntries) return refuse(column, "row-ids", value);
	return accept([...new Set(ids.map(compactId))]);
}
