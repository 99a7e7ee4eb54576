import type { Located } from "../findings.ts";
import { placeOf, type Snippets } from "./snippets.ts";

/** The first short text of the page's own part whose element calls itself like this. */
export const namedText = (snippets: Snippets, names: RegExp, { maxChars = 120 } = {}): Located<string> | null => {
	for (const snippet of snippets.own) {
		if (snippet.names === "" || snippet.text.length > maxChars || !names.test(snippet.names)) continue;
		// A sentence is no value.
		if (/[.!?。]\s+\p{Lu}/u.test(snippet.text) || !/\p{L}|\p{Nd}/u.test(snippet.text)) continue;
		return { value: snippet.text, path: placeOf(snippet), confidence: 0.5 };
	}
	return null;
};

/** A word of a class or id: `job-location`, `jobLocation` and `location` have `location` in them. */
export const nameWord = (words: string): RegExp => new RegExp(`(?:^|[-_\\s])(?:${words})(?:$|[-_\\s])`, "i");
