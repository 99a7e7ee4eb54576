const special = /[\\^$.*+?()[\]{}|]/g;

/** A plain text as the pattern that finds just it, and a replacement that is taken as it is written. */
export function escapedPattern(find: string, replace: string): [pattern: string, replace: string] {
	return [find.replaceAll(special, String.raw`\$&`), replace.replaceAll("$", "$$$$")];
}

/** What `escapedPattern` was given, or null when it is a pattern proper. */
export function plainText(pattern: string, replace: string): { find: string; replace: string } | null {
	const text = { find: pattern.replaceAll(/\\(\W)/g, "$1"), replace: replace.replaceAll("$$", "$") };
	const [again, by] = escapedPattern(text.find, text.replace);
	return again === pattern && by === replace ? text : null;
}
