/** Writing without spaces between words: one there comes from the markup. */
const spaceless = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{P}]/u;

const textOf = (node: Node | null): string => (node?.nodeType === 3 ? (node.nodeValue ?? "") : "");

/** Without the space that parts it from a word with a reading, where its writing knows none. */
const joinTo = (node: Node | null, { atEnd }: { atEnd: boolean }): void => {
	const text = textOf(node);
	const bare = atEnd ? text.trimEnd() : text.trimStart();
	const beside = atEnd ? (bare.at(-1) ?? "") : (bare[0] ?? "");
	if (node !== null && bare !== text && spaceless.test(beside)) node.nodeValue = bare;
};

/** A word with its reading above it as text: the word, then the reading in brackets, which some pages write themselves. */
export const flattenRuby = (root: Element): void => {
	for (const ruby of Array.from(root.querySelectorAll("ruby"))) {
		// One within another went with it.
		if (ruby.parentElement?.closest("ruby")) continue;
		for (const bracket of Array.from(ruby.querySelectorAll("rp"))) bracket.remove();
		const readings = Array.from(ruby.querySelectorAll("rt"), (reading) => (reading.textContent ?? "").trim()).join("");
		for (const reading of Array.from(ruby.querySelectorAll("rt"))) reading.remove();
		const word = (ruby.textContent ?? "").trim();
		joinTo(ruby.previousSibling, { atEnd: true });
		joinTo(ruby.nextSibling, { atEnd: false });
		ruby.replaceWith(readings === "" ? word : `${word}(${readings})`);
	}
};
