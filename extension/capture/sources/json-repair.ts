import { limits } from "../limits.ts";

/** Where the reading of broken JSON stands. `left` bounds the values made, whatever the text repeats. */
type Cursor = { text: string; at: number; left: number };

const isSpace = (char: string | undefined): boolean => char !== undefined && char.trim() === "";

/** Skips white space, comments and the wrappers that templates leave (`<!--`, CDATA marks, semicolons). */
const skip = (cursor: Cursor): void => {
	const { text } = cursor;
	for (;;) {
		while (isSpace(text[cursor.at]) || text[cursor.at] === ";" || text[cursor.at] === "\ufeff") cursor.at += 1;
		const two = text.slice(cursor.at, cursor.at + 2);
		const end = two === "/*" ? "*/" : two === "//" ? "\n" : "";
		const mark = ["<![CDATA[", "<!--", "-->", "]]>"].find((one) => text.startsWith(one, cursor.at));
		if (mark !== undefined) cursor.at += mark.length;
		else if (two === "//" && /^\/\/\s*(?:<!\[CDATA\[|\]\]>)/.test(text.slice(cursor.at, cursor.at + 20)))
			cursor.at += 2;
		else if (end === "") return;
		else {
			const found = text.indexOf(end, cursor.at + 2);
			cursor.at = found < 0 ? text.length : found + end.length;
		}
	}
};

const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** Whether a quote ends its string: what follows is a mark of structure, or nothing. Others stand inside the text unescaped. */
const endsString = ({ text }: Cursor, after: number): boolean => {
	let at = after;
	while (isSpace(text[at])) at += 1;
	const next = text[at];
	if (next === undefined || next === ":" || next === "}" || next === "]") return true;
	// A comma was forgotten: the next name follows.
	if (next === '"') return /^"[^":,{}[\]]{1,60}"\s{0,20}:/.test(text.slice(at, at + 90));
	if (next !== ",") return false;
	// `"Walnut, 5", deep"`: after a comma that ends a string comes the next value or name.
	at += 1;
	while (isSpace(text[at])) at += 1;
	return text[at] === undefined || /["'{[\]}\-\d/]|[tfn]/.test(text[at] ?? "");
};

const readString = (cursor: Cursor, quote: string): string => {
	const out: string[] = [];
	const { text } = cursor;
	cursor.at += 1;
	while (cursor.at < text.length) {
		const char = text[cursor.at] ?? "";
		cursor.at += 1;
		if (char === "\\") {
			const code = text[cursor.at] ?? "";
			const hex = code === "u" ? /^[0-9a-f]{4}/i.exec(text.slice(cursor.at + 1, cursor.at + 5))?.[0] : undefined;
			out.push(hex === undefined ? (escapes[code] ?? code) : String.fromCharCode(Number.parseInt(hex, 16)));
			cursor.at += hex === undefined ? 1 : 5;
		} else if (char === quote && endsString(cursor, cursor.at)) {
			break;
		} else {
			out.push(char);
		}
	}
	return out.join("");
};

const words: Record<string, unknown> = { true: true, false: false, null: null, undefined: null, NaN: null, None: null };

/** A word, a number, or whatever stands there up to the next mark of structure. */
const readBare = (cursor: Cursor): unknown => {
	const raw = /^[^,:{}[\]"\n\r]{0,1000}/.exec(cursor.text.slice(cursor.at, cursor.at + 1_000))?.[0] ?? "";
	// Something that no value begins with: it is stepped over.
	cursor.at += Math.max(raw.length, 1);
	const word = raw.trim();
	if (word === "" || Object.hasOwn(words, word)) return words[word] ?? null;
	return /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(word) ? Number(word) : word;
};

const readList = (cursor: Cursor, depth: number): unknown[] => {
	const items: unknown[] = [];
	cursor.at += 1;
	for (skip(cursor); cursor.at < cursor.text.length && cursor.left > 0; skip(cursor)) {
		const char = cursor.text[cursor.at];
		if (char === "]") {
			cursor.at += 1;
			break;
		}
		if (char === "}") break;
		if (char === ",") cursor.at += 1;
		else items.push(readValue(cursor, depth + 1));
	}
	return items;
};

const readObject = (cursor: Cursor, depth: number): Record<string, unknown> => {
	// Without a prototype, because a page may call a property `__proto__`.
	const object: Record<string, unknown> = Object.create(null);
	cursor.at += 1;
	for (skip(cursor); cursor.at < cursor.text.length && cursor.left > 0; skip(cursor)) {
		const char = cursor.text[cursor.at] ?? "";
		if (char === "}") {
			cursor.at += 1;
			break;
		}
		if (char === "]") break;
		if (char === ",") {
			cursor.at += 1;
			continue;
		}
		const name = char === '"' || char === "'" ? readString(cursor, char) : String(readBare(cursor));
		skip(cursor);
		if (cursor.text[cursor.at] !== ":") continue;
		cursor.at += 1;
		skip(cursor);
		object[name] = readValue(cursor, depth + 1);
	}
	return object;
};

const readValue = (cursor: Cursor, depth: number): unknown => {
	cursor.left -= 1;
	const char = cursor.text[cursor.at] ?? "";
	if (depth <= limits.jsonDepth && char === "{") return readObject(cursor, depth);
	if (depth <= limits.jsonDepth && char === "[") return readList(cursor, depth);
	return char === '"' || char === "'" ? readString(cursor, char) : readBare(cursor);
};

/**
 * Reads what real pages get wrong: raw line breaks and bare quotes inside strings, commas too many or too few, comments, wrappers,
 * several objects in a row, a text that was cut off. One pass, bounded in depth and in values. @returns the objects found
 */
export const readBroken = (text: string): unknown[] => {
	const found: unknown[] = [];
	const cursor: Cursor = { text, at: 0, left: limits.jsonValues };
	for (skip(cursor); cursor.at < text.length && cursor.left > 0; skip(cursor)) {
		const char = text[cursor.at];
		if (char === "{" || char === "[") found.push(readValue(cursor, 0));
		else cursor.at += 1;
	}
	return found;
};

/** The page escaped its data as if it were text: no `<script>` decodes that. */
const unescaped = (text: string): string =>
	/^\s*[[{]\s*&quot;/.test(text) ? text.replaceAll("&quot;", '"').replaceAll("&amp;", "&") : text;

/** Parses JSON that may be broken; undefined when there is nothing in it. Never throws. */
export const parseTolerant = (text: string): unknown => {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		const found = readBroken(unescaped(text));
		return found.length === 0 ? undefined : found.length === 1 ? found[0] : found;
	}
};
