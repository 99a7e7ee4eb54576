import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { generateChromeMessages, parseMessagesObject } from "@wxt-dev/i18n/build";

/** The languages that the extension speaks. A language is named here once it is complete: `npm run check` holds it to that. */
export const shippedLocales = ["en", "ar", "de", "es", "fr", "ja"] as const;

/** What `browser.i18n` knows of one language: flat keys ("popup_send") and their texts. */
export type BuiltMessages = Record<string, { message: string }>;

const rightToLeft: readonly string[] = ["ar"];

/**
 * All messages of a language: its section files (`locales/<locale>/<section>.json`) joined, the way to a text in them being its key, and
 * two that every page asks for: which language answers (`locale`) and which way it is written (`dir`).
 */
export function builtMessages(localesFolder: string, locale: string): BuiltMessages {
	const sections = Object.fromEntries(
		readdirSync(join(localesFolder, locale))
			.filter((file) => file.endsWith(".json"))
			.toSorted()
			.map((file) => [basename(file, ".json"), JSON.parse(readFileSync(join(localesFolder, locale, file), "utf8"))]),
	);
	const dir = rightToLeft.includes(locale) ? "rtl" : "ltr";
	const built = generateChromeMessages(parseMessagesObject({ locale, dir, ...sections }));
	const named: BuiltMessages = {};
	for (const [way, { message }] of Object.entries(built)) {
		const key = way.replaceAll(/\W/g, "_");
		if (named[key]) throw new Error(`Two messages of ${locale} have the key ${key}.`);
		// The browser reads "$1" and "$name$" in a text; ours have {names}, which `t()` fills in, so a dollar is a dollar.
		named[key] = { message: message.replaceAll("$", "$$$$") };
	}
	return named;
}

/** The files that the browser reads, as WXT takes them in `build:publicAssets`. */
export function localeFiles(localesFolder: string): { relativeDest: string; contents: string }[] {
	return shippedLocales.map((locale) => ({
		relativeDest: `_locales/${locale}/messages.json`,
		contents: JSON.stringify(builtMessages(localesFolder, locale)),
	}));
}
