import type { TableField } from "../../contract/connections.ts";
import type { FieldValue } from "../../contract/fields.ts";
import type { CoerceResult } from "../connector.ts";
import { unfillable, within } from "../misfit.ts";
import { toChoice, toChoices } from "./coerce-choices.ts";
import { toDate, toDateTime } from "./coerce-dates.ts";
import { toDuration, toNumber, toPercent, toRating } from "./coerce-numbers.ts";
import { accept, entriesOf, linesOf, refuse, singleText } from "./coerce-values.ts";

type Coercion = (value: FieldValue, column: TableField) => CoerceResult;

/** Airtable's documented limit of a long text; single lines take no more. */
const maxTextLength = 100_000;

const coercions: Readonly<Record<TableField["type"], Coercion>> = {
	text: toLine,
	long_text: toText,
	rich_text: toText,
	url: toAddress,
	email: toEmail,
	phone: toPhone,
	number: toNumber,
	currency: toNumber,
	percent: toPercent,
	rating: toRating,
	duration: toDuration,
	boolean: toCheck,
	date: toDate,
	datetime: toDateTime,
	select: toChoice,
	multi_select: toChoices,
	attachment: toAttachments,
	link: toLinks,
	unsupported: (_value, column) => unfillable(column),
};

/**
 * A captured value as Airtable takes it in this column, exactly or not at all: nothing is cut, rounded (but to whole
 * stars) or guessed. An empty value empties the cell; a field that was not captured is no value and never comes here.
 */
export function coerce(value: FieldValue, column: TableField): CoerceResult {
	if (!column.writable) return coercions.unsupported(value, column);
	if (column.type !== "unsupported" && isEmpty(value)) return accept(null);
	return coercions[column.type](value, column);
}

function isEmpty(value: FieldValue): boolean {
	if (value.type === "list") return entriesOf(value).length === 0;
	return typeof value.value === "string" && value.value.trim() === "";
}

/** A single line: line breaks become spaces, as they would when typed into it. */
function toLine(value: FieldValue, column: TableField): CoerceResult {
	const line = linesOf(value)
		.join(", ")
		.replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, " ")
		.trim();
	const taken = within(line, column, maxTextLength);
	return taken.ok && column.providerType === "barcode" ? accept({ text: line }) : taken;
}

/** Long and rich text take Markdown as it is: rich text is Airtable's own Markdown, long text shows its source. */
function toText(value: FieldValue, column: TableField): CoerceResult {
	return within(linesOf(value).join("\n"), column, maxTextLength);
}

function toAddress(value: FieldValue, column: TableField): CoerceResult {
	const address = singleText(value);
	return address !== null && isWebAddress(address) ? accept(address) : refuse(column, "web-address", value);
}

function toEmail(value: FieldValue, column: TableField): CoerceResult {
	const address = singleText(value)?.replace(/^mailto:/i, "") ?? "";
	return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address) ? accept(address) : refuse(column, "email-address", value);
}

/** Any spelling of a number: Airtable keeps it as text. */
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

/** Airtable fetches the file from its address itself; what has no public address cannot be attached so. */
function toAttachments(value: FieldValue, column: TableField): CoerceResult {
	const addresses = value.type === "list" ? entriesOf(value) : [singleText(value) ?? ""];
	if (!addresses.every(isWebAddress)) return refuse(column, "file-address", value);
	return accept([...new Set(addresses)].map((url) => ({ url })));
}

/** Names of rows in the linked table, or their ids; `push` looks names up there and adds no row (`link-rows.ts`). */
function toLinks(value: FieldValue, column: TableField): CoerceResult {
	if (value.type === "boolean" || value.type === "currency") return refuse(column, "row-names", value);
	const names = value.type === "list" ? entriesOf(value) : linesOf(value);
	return accept([...new Set(names.map((name) => name.replaceAll(/\s+/g, " ").trim()))]);
}

function isWebAddress(text: string): boolean {
	return /^https?:\/\//i.test(text) && !/\s/.test(text) && URL.canParse(text);
}
