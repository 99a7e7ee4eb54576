import type { TableField } from "../contract/connections.ts";
import type { CoerceResult } from "./connector.ts";

type Misfit = Extract<CoerceResult, { ok: false }>;
type Column = Pick<TableField, "name">;

/**
 * What columns take, by the name under which the extension has it in other languages (`errors.wants` of its messages); `max` and `options`
 * are its places.
 */
const wanted = {
	"web-address": () => "a web address",
	"email-address": () => "an e-mail address",
	"phone-number": () => "a phone number",
	number: () => "a number",
	"whole-number": () => "a whole number",
	decimals: ({ max }) => `a number with up to ${max} decimals`,
	percentage: () => "a percentage",
	rating: ({ max }) => `a rating from 1 to ${max}`,
	duration: () => "a duration",
	"yes-or-no": () => "yes or no",
	date: () => "a date",
	"date-and-time": () => "a date and time",
	"zoned-time": () => "a time with its zone",
	"date-and-zoned-time": () => "a date and a time with its zone",
	"one-choice": () => "one choice",
	choices: ({ max }) => `up to ${max} choices`,
	"plain-choices": ({ max }) => `choices of up to ${max} characters without commas`,
	"one-of": ({ options }) => `one of: ${options}`,
	"file-address": () => "the web address of a file",
	"file-addresses": () => "web addresses of files",
	"row-names": () => "names of rows of another table",
	"row-ids": () => "ids of rows in another table",
	uuid: () => "a UUID",
	characters: ({ max }) => `up to ${max} characters`,
} as const satisfies Record<string, (places: WantPlaces) => string>;

export type Wants = keyof typeof wanted;
export type WantPlaces = { max?: number; options?: string };

/** What a record has that does not fit, for a sentence; left out where the sentence says only what is wanted. */
type Has = WantPlaces & { shown?: string };

/** The names of all that a column can want: each is to be said in every language. */
export const everyWant = Object.keys(wanted);

/** Names the column, what it takes and what the record has: what a person needs to mend it. */
export function misfit({ name }: Column, wants: Wants, { shown: text, ...places }: Has): Misfit {
	const takes = `“${name}” takes ${wanted[wants](places)}`;
	const details = { columnName: bounded(name), wants, ...places };
	if (text === undefined) {
		const message = `${takes}. Edit the record, then send it again.`;
		return { ok: false, message, details: { case: "takes", ...details } };
	}
	const shown = cut(text, 60);
	return {
		ok: false,
		message: `${takes}; this record has “${shown}”.`,
		details: { case: "misfit", ...details, shown },
	};
}

/** The text, where it is within a limit; else the sentence that says how much too long it is. */
export function within(text: string, { name }: Column, max: number): CoerceResult {
	if (text.length <= max) return { ok: true, cell: text };
	const numbers = new Intl.NumberFormat("en-US");
	return {
		ok: false,
		message: `“${name}” takes up to ${numbers.format(max)} characters; this record has ${numbers.format(text.length)}.`,
		details: { case: "too-long", columnName: bounded(name), max, length: text.length },
	};
}

/** For a column of a kind that cannot be written. */
export function unfillable({ name }: Column): Misfit {
	return {
		ok: false,
		message: `Sheaf cannot fill “${name}”. Take it out of the mapping.`,
		details: { case: "unfillable", columnName: bounded(name) },
	};
}

/** The first of a column's options, as far as a sentence takes them. */
export function optionsText(options: readonly string[]): string {
	return cut(options.slice(0, 12).join(", "), 200);
}

/** What travels beside a sentence stays short, however long a provider's names are. */
function bounded(text: string): string {
	return cut(text, 200);
}

function cut(text: string, length: number): string {
	return text.length > length ? `${text.slice(0, length)}…` : text;
}
