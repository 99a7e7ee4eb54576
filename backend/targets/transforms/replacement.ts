import type { RE2JS } from "re2js";

/** Texts as they stand, and the groups of the match by number. */
export type Replacement = readonly (string | number)[];

const reference = /\$(?:(\$)|(\d{1,2})|\{(\w+)\})/g;

/**
 * What is put in for a match: `$0` is all of it, `$1` and `${name}` are groups, `$$` is a dollar, and a dollar before anything else is one too.
 *
 * @returns the name of a group that the pattern does not have, when there is one
 */
export function replacementOf(replace: string, pattern: RE2JS): Replacement | string {
	const named = pattern.namedGroups() as Readonly<Record<string, number>>;
	const parts: (string | number)[] = [];
	let end = 0;
	for (const match of replace.matchAll(reference)) {
		parts.push(replace.slice(end, match.index));
		end = match.index + match[0].length;
		const [, dollar, digits, name] = match;
		if (dollar !== undefined) {
			parts.push("$");
			continue;
		}
		const group = digits === undefined ? named[name ?? ""] : Number(digits);
		if (group === undefined || group > pattern.groupCount()) return digits ?? name ?? "";
		parts.push(group);
	}
	return [...parts, replace.slice(end)];
}
