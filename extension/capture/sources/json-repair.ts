/** By hand: `/;+$/` tries every semicolon of a long run anew, and a page can hold a million of them. */
const withoutSemicolons = (text: string): string => {
	let end = text.length;
	while (text[end - 1] === ";") end -= 1;
	return text.slice(0, end);
};

/** Wrappers that templates leave around JSON-LD: HTML comments, CDATA marks, a closing semicolon. */
const unwrap = (text: string): string =>
	withoutSemicolons(
		text
			.replace(/^\s*(?:\/\/\s*|\/\*\s*)?<!\[CDATA\[(?:\s*\*\/)?/, "")
			.replace(/(?:\/\/\s*|\/\*\s*)?\]\]>(?:\s*\*\/)?\s*$/, "")
			.replace(/^\s*<!--/, "")
			.replace(/-->\s*$/, "")
			.trim(),
	);

const isControl = (char: string): boolean => char < " ";

const escaped: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Index of the first character at or after `from` that is no white space. */
const skipSpace = (text: string, from: number): number => {
	let at = from;
	while (at < text.length && (text[at] ?? "").trim() === "") at += 1;
	return at;
};

/**
 * Mends what real pages get wrong, in one pass that knows strings from structure: raw line breaks inside strings,
 * commas before a closing bracket, wrappers. Anything else stays broken and is left to `JSON.parse` to refuse.
 */
export const repairJson = (broken: string): string => {
	const text = unwrap(broken);
	const out: string[] = [];
	let inString = false;
	for (let at = 0; at < text.length; at += 1) {
		const char = text[at] ?? "";
		if (inString && char === "\\") {
			out.push(char, text[at + 1] ?? "");
			at += 1;
		} else if (char === '"') {
			inString = !inString;
			out.push(char);
		} else if (inString && isControl(char)) {
			out.push(escaped[char] ?? " ");
		} else if (!inString && char === "," && "]}".includes(text[skipSpace(text, at + 1)] ?? "]")) {
			continue;
		} else {
			out.push(char);
		}
	}
	return out.join("");
};

/** Parses JSON that may be slightly broken; undefined when it is beyond mending. Never throws. */
export const parseTolerant = (text: string): unknown => {
	for (const read of [(): unknown => JSON.parse(text), (): unknown => JSON.parse(repairJson(text))]) {
		try {
			return read();
		} catch {
			// The next reading, or none: a page's broken data is no error of ours.
		}
	}
	return undefined;
};
