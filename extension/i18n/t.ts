import { isRightToLeft, numberText, pluralRules } from "./locale.ts";
import type { MessageKey, PluralKey } from "./message-keys.ts";
import { formEnd, formOrder, messageEnd, namesKey, tableKey } from "./message-table.ts";

/** What stands in the places of a message: `{name}` becomes the value called `name`; numbers are written as the language does. */
export type Values = Readonly<Record<string, string | number>>;

/** The text of a message in the person's language. */
export function t(key: MessageKey, values?: Values): string {
	const text = messageText(key);
	return values === undefined ? text : filled(text, values);
}

/**
 * The text for a count: "1 record", "3 records". `{n}` in it is the count itself.
 * A form that a language has only for counts of a million and more falls back to its common one.
 */
export function plural(key: PluralKey, n: number, values?: Values): string {
	const [other = "", ...forms] = messageText(key).split(formEnd);
	const form = formOrder.indexOf(pluralRules().select(n));
	return filled(forms[form - 1] || other, { n, ...values });
}

/** For a key that is made of what somebody else named, like the code of an error: null where no message has it. */
export function messageFor(key: string, values: Values = {}): string | null {
	const text = messageText(key);
	return text === "" ? null : filled(text, values);
}

/** Whether there is a message that is called so, in whatever language: of sections whose keys are made of codes, a closed list. */
export function isMessage(key: string): boolean {
	const dot = key.indexOf(".");
	return sectionOf(key.slice(0, dot)).names.includes(key.slice(dot + 1));
}

/**
 * A message whose places are more than text, cut at them: text and names of places in turn, text first. Null where no message has the
 * key.
 */
export function piecesFor(key: string): string[] | null {
	const text = messageText(key);
	return text === "" ? null : text.split(placePattern);
}

const placePattern = /\{(\w+)\}/g;

type Section = { names: readonly string[]; texts: readonly string[] };

/** The sections that were read. */
const sections = new Map<string, Section>();

/** Asked for by name ("popup.send") or, as the build writes it (`build/number-messages.ts`), by its place ("popup.12"). */
function messageText(key: string): string {
	const dot = key.indexOf(".");
	const { names, texts } = sectionOf(key.slice(0, dot));
	const name = key.slice(dot + 1);
	return texts[/^\d/.test(name) ? Number(name) : names.indexOf(name)] ?? "";
}

function sectionOf(name: string): Section {
	const known = sections.get(name);
	if (known !== undefined) return known;
	const read = (key: string): string[] => chrome.i18n.getMessage(key).split(messageEnd);
	const section = { names: read(namesKey(name)), texts: read(tableKey(name)) };
	sections.set(name, section);
	return section;
}

function filled(text: string, values: Values): string {
	return text.replaceAll(placePattern, (place, name: string) => {
		const value = values[name];
		if (value === undefined) return place;
		return typeof value === "number" ? numberText(value) : isolated(value);
	});
}

/** A name in Latin letters stays in its place in an Arabic sentence (the isolates of Unicode's bidirectional algorithm). */
const isolated = (value: string): string => (isRightToLeft ? `\u2068${value}\u2069` : value);
