import { readFileSync } from "node:fs";
import { inRepository } from "./paths.ts";

/** The messages of a section as its file has them: what a person in that language reads. */
export function wordsIn(locale: string, section: string): unknown {
	return JSON.parse(readFileSync(inRepository(`extension/locales/${locale}/${section}.json`), "utf8"));
}
