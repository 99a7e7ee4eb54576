import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { messagePlaces } from "../i18n/build-locales.ts";

const byText = /(?<=\b(?:t|plural)\(\s*)"([\w./-]+)"/g;
const byPrefix = /\b(?:t|plural|piecesFor|messageFor)\(\s*`([^`$]*)\$\{/g;
const bySomethingElse = /\b(?:t|plural|piecesFor|messageFor)\((?!\s*["`)])/;

/**
 * What a message is called is for who writes the code: in what is built, `t("popup.send")` asks for the place of the text in its section,
 * `t("popup.12")`, and the name is left out of the browser's table. Names that are made of a code while the page runs stay.
 */
export function numberMessages(extensionFolder: string) {
	const code = readdirSync(extensionFolder, { recursive: true, encoding: "utf8" })
		.filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
		.map((path) => readFileSync(join(extensionFolder, path), "utf8"));
	const prefixes = code.flatMap((text) => [...text.matchAll(byPrefix)].map(([, prefix = ""]) => prefix));
	const places = messagePlaces(join(extensionFolder, "locales"));
	const numbered = new Set(
		code
			.flatMap((text) => [...text.matchAll(byText)].map(([, key = ""]) => key))
			.filter((key) => places.has(key) && !prefixes.some((prefix) => key.startsWith(prefix))),
	);
	const plugin = {
		name: "number-messages",
		enforce: "pre" as const,
		transform(text: string, id: string): string | null {
			if (!id.startsWith(extensionFolder) || !/\.tsx?$/.test(id) || id.includes("/i18n/")) return null;
			if (!/\bi18n\/t\.ts"/.test(text)) return null;
			if (bySomethingElse.test(text)) throw new Error(`A message is read by neither a text nor a template in ${id}.`);
			return text.replaceAll(byText, (quoted, key: string) =>
				numbered.has(key) ? `"${key.slice(0, key.indexOf("."))}.${places.get(key)}"` : quoted,
			);
		},
	};
	return { plugin, isNumbered: (key: string) => numbered.has(key) };
}
