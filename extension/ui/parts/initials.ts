const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The first letter as people count them: a flag, an emoji or a letter with its accents is one. */
export function firstLetter(text: string): string {
	return (letters.segment(text)[Symbol.iterator]().next().value?.segment ?? "").toLocaleUpperCase();
}

/** One or two letters for a person's round mark: of the first and the last name, or of the address. */
export function initialsOf(name: string): string {
	const words = name.split(/\s+/u).filter(Boolean);
	const [first = "", ...others] = words;
	return firstLetter(first) + firstLetter(others.at(-1) ?? "");
}
