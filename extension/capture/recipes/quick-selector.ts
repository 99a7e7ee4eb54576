import { labelPrefix } from "./find.ts";

/** Compounds that a browser may have to try again and again for one element. */
const maxCompounds = 12;

/**
 * Whether a selector costs a browser little on any page, however many elements it has: nothing can stop one once it is at it. What `:has()`,
 * functions inside functions and counting among some cost multiplies, and so does what compounds that stand anywhere above or before each other cost. A step to
 * the parent (`>`) is one look, so that the way from the root to a deep element may be long.
 */
export function isQuickSelector(selector: string): boolean {
	if (selector.startsWith(labelPrefix)) return true;
	const bare = withoutTexts(selector);
	if (/:(?:-\w+-)?has\b|\([^()]*\(|:nth[\w-]*\([^()]*\bof\b/i.test(bare)) return false;
	const compounds = bare
		.replace(/:nth[\w-]*\([^()]*\)/gi, "")
		.replace(/\s*>\s*[^\s>+~,()]+/g, "")
		.split(/[\s+~,()]+/)
		.filter((compound) => compound !== "");
	return compounds.length <= maxCompounds;
}

/** The selector without attributes and what is written in them: they may hold any sign. An escaped sign is a letter of a name. */
const withoutTexts = (selector: string): string =>
	selector
		.replace(/\\[\s\S]/g, "_")
		.replace(/"[^"]*"|'[^']*'/g, "")
		.replace(/\[[^\]]*\]/g, "_");
