import { formulaIn } from "./formula.ts";
import { limits } from "./limits.ts";
import { cut, wellFormed } from "./values/text.ts";

/** What one conversion carries along: the nodes it may still visit. */
export type Writing = { left: number };

const elementNode = 1;
const textNode = 3;

/** Characters that would start markup where the page meant itself. Angle brackets too: Markdown lets HTML through. */
const escapeText = (text: string): string =>
	text
		.replace(/[\\`*_[\]]/g, "\\$&")
		.replace(/</g, "&lt;")
		.replace(/>/g, "&gt;");

/** Marks at a line's start that would make it a heading, list, quote, rule or a fence. */
const escapeLineStart = (line: string): string =>
	line.replace(/^(\s*)([#+-]|=+(?=\s*$)|~(?=~~)|\d+[.)](?=\s))/, (_, space: string, mark: string) =>
		/^\d/.test(mark) ? `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}` : `${space}\\${mark}`,
	);

/** Brackets and spaces would end the address early; a backslash would hide its end, a backtick open code. */
const linkTarget = (address: string): string =>
	address.replace(/[()\s<>\\`]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, "0")}`);

const isFenceMark = (char: string | undefined): boolean => char === "`" || char === "~";

/** Runs of backticks or tildes that touch would become one run, and set what is code free as markup. */
const joined = (parts: string[]): string => {
	let out = "";
	let last: string | undefined;
	for (const part of parts) {
		if (isFenceMark(last) && isFenceMark(part[0])) out += " ";
		out += part;
		last = part.at(-1) ?? last;
	}
	return out;
};

const children = (node: Node, writing: Writing, depth: number): string => {
	const parts: string[] = [];
	for (let child = node.firstChild; child !== null; child = child.nextSibling)
		parts.push(inline(child, writing, depth + 1));
	return joined(parts);
};

/** Cleaned before any mark is counted: what is dropped later could join two runs of marks. */
export const cleanContent = (node: Node): string => wellFormed(cut(node.textContent ?? "", limits.bodyChars));

const textIn = (node: Node): string => cleanContent(node).replace(/\s+/g, " ");

/** A run of backticks longer than any in the code, and than `least`. */
export const fenceFor = (code: string, least: number): string => {
	let longest = least - 1;
	for (const [run] of code.matchAll(/`+/g)) longest = Math.max(longest, run.length);
	return "`".repeat(longest + 1);
};

const wrapped = (mark: string, text: string): string => {
	const core = text.trim();
	if (core === "") return text;
	return `${/^\s/.test(text) ? " " : ""}${mark}${core}${mark}${/\s$/.test(text) ? " " : ""}`;
};

const inlineCode = (element: Element): string => {
	const text = textIn(element).trim();
	const fence = fenceFor(text, 1);
	const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
	return text === "" ? "" : `${fence}${pad}${text}${pad}${fence}`;
};

const formula = (element: Element): string => {
	const text = formulaIn(element);
	if (text === null) return "";
	return element.getAttribute("display") === "block" ? `\n$$\n${text}\n$$\n` : `$${text}$`;
};

const inlineElement = (element: Element, writing: Writing, depth: number): string => {
	switch (element.tagName.toUpperCase()) {
		case "BR":
			return "\n";
		case "EM":
		case "I":
		case "CITE":
			return wrapped("*", children(element, writing, depth));
		case "STRONG":
		case "B":
			return wrapped("**", children(element, writing, depth));
		case "DEL":
		case "S":
			return wrapped("~~", children(element, writing, depth));
		case "CODE":
		case "KBD":
		case "SAMP":
			return inlineCode(element);
		case "MATH":
			return formula(element);
		case "IMG": {
			const source = element.getAttribute("src");
			const alt = escapeText(wellFormed(element.getAttribute("alt") ?? "").replace(/\s+/g, " "));
			return source === null ? "" : `![${alt}](${linkTarget(source)})`;
		}
		case "A": {
			const text = children(element, writing, depth).trim();
			const href = element.getAttribute("href");
			return href === null || text === "" ? text : `[${text.replace(/\n+/g, " ")}](${linkTarget(href)})`;
		}
		default:
			return children(element, writing, depth);
	}
};

const inline = (node: Node, writing: Writing, depth: number): string => {
	writing.left -= 1;
	if (writing.left < 0 || depth > limits.markdownDepth) return "";
	if (node.nodeType === textNode) return escapeText(textIn(node));
	return node.nodeType === elementNode ? inlineElement(node as Element, writing, depth) : "";
};

/** A run of inline siblings as the lines of one paragraph. */
export const paragraph = (nodes: Node[], writing: Writing, depth: number): string =>
	joined(nodes.map((node) => inline(node, writing, depth)))
		.split("\n")
		.map((line) => escapeLineStart(line.replace(/[ \t]+/g, " ").trim()))
		.join("\n")
		.trim();
