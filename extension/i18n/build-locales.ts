import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { generateChromeMessages, parseMessagesObject } from "@wxt-dev/i18n/build";
import { formEnd, formOrder, isCodeOfServer, messageEnd, namesKey, tableKey } from "./message-table.ts";

/** The languages that the extension speaks. A language is named here once it is complete: `npm run check` holds it to that. */
export const shippedLocales = ["en", "ar", "de", "es", "fr", "ja"] as const;

/** What `browser.i18n` knows of one language: sections ("popup"), and what the manifest and the pages ask for by itself. */
export type BuiltMessages = Record<string, { message: string }>;

/** A section file: texts, groups of texts, and forms of a text. */
type Section = { [name: string]: string | Section };

/** One text for each form of a count that the language tells apart. */
type Forms = { readonly [Form in (typeof formOrder)[number]]?: string };

const rightToLeft: readonly string[] = ["ar"];

/** The browser itself reads its messages as well, each by its own key: `__MSG_manifest_name__`. */
const manifest = "manifest";

/**
 * All messages of a language: each of its section files (`locales/<locale>/<section>.json`) as one message, and two that every page asks
 * for: which language answers (`locale`) and which way it is written (`dir`).
 * @param isNumbered whether a message ("popup.send") is asked for by its place alone: its name is left out
 */
export function builtMessages(localesFolder: string, locale: string, isNumbered = noneIs): BuiltMessages {
	const texts: Record<string, string> = { locale, dir: rightToLeft.includes(locale) ? "rtl" : "ltr" };
	for (const section of sectionsOf(localesFolder)) {
		const english = flat(readSection(localesFolder, "en", section));
		const own = flat(readSection(localesFolder, locale, section));
		const inOrder = [...english.keys()].map((name) => (isRead(locale, section, name) ? (own.get(name) ?? "") : ""));
		if (section === manifest) for (const [name, text] of own) texts[`${manifest}_${name}`] = text;
		const odd = [...english.keys(), ...inOrder].find((text) => text.includes(messageEnd));
		if (odd !== undefined) throw new Error(`A message of ${locale}/${section} has the sign that ends one: ${odd}`);
		texts[tableKey(section)] = inOrder.join(messageEnd);
		if (locale !== "en") continue;
		const names = [...english.keys()].map((name) => (isNumbered(`${section}.${name}`) ? "" : name));
		texts[namesKey(section)] = names.join(messageEnd);
	}
	const built: BuiltMessages = generateChromeMessages(parseMessagesObject(texts));
	// The browser reads "$1" and "$name$" in a text; ours have {names}, which `t()` fills in, so a dollar is a dollar.
	for (const entry of Object.values(built)) entry.message = entry.message.replaceAll("$", "$$$$");
	return built;
}

/** In English the server's own sentence stands (`error-sentence.ts`), and ours is what the other languages are made of. */
const isRead = (locale: string, section: string, name: string): boolean =>
	locale !== "en" || section !== "errors" || !isCodeOfServer(name);

const noneIs = (_key: string): boolean => false;

/** Where each message ("popup.send") stands in its section. */
export function messagePlaces(localesFolder: string): Map<string, number> {
	return new Map(
		sectionsOf(localesFolder).flatMap((section) =>
			[...flat(readSection(localesFolder, "en", section)).keys()].map((name, place) => {
				if (/^\d/.test(name)) throw new Error(`A message's name is taken for a place: ${section}.${name}`);
				return [`${section}.${name}`, place] as const;
			}),
		),
	);
}

/** The files that the browser reads, as WXT takes them in `build:publicAssets`. */
export function localeFiles(localesFolder: string, isNumbered = noneIs): { relativeDest: string; contents: string }[] {
	return shippedLocales.map((locale) => ({
		relativeDest: `_locales/${locale}/messages.json`,
		contents: JSON.stringify(builtMessages(localesFolder, locale, isNumbered)),
	}));
}

const sectionsOf = (localesFolder: string): string[] =>
	readdirSync(join(localesFolder, "en"))
		.filter((file) => file.endsWith(".json"))
		.map((file) => basename(file, ".json"))
		.toSorted();

const readSection = (localesFolder: string, locale: string, section: string): Section =>
	JSON.parse(readFileSync(join(localesFolder, locale, `${section}.json`), "utf8")) as Section;

/** Each message by the way to it in its section. */
function flat(section: Section, way = ""): Map<string, string> {
	const messages = new Map<string, string>();
	for (const [name, value] of Object.entries(section)) {
		if (typeof value === "string") messages.set(way + name, value);
		else if (isForms(value)) messages.set(way + name, formsOf(value));
		else for (const [inner, text] of flat(value, `${way}${name}.`)) messages.set(inner, text);
	}
	return messages;
}

const isForms = (section: Section): section is Forms & Section => typeof section["other"] === "string";

function formsOf(forms: Forms): string {
	const texts = formOrder.map((form) => forms[form] ?? "");
	if (texts.some((text) => text.includes(formEnd))) throw new Error(`A form has the sign that ends one: ${texts[0]}`);
	while (texts.at(-1) === "") texts.pop();
	return texts.join(formEnd);
}
