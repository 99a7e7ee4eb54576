import { limits } from "./limits.ts";

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

/** Marks at a line's start that would make it a heading, list, quote or rule. */
const escapeLineStart = (line: string): string =>
	line.replace(/^(\s*)([#+-]|=+(?=\s*$)|\d+[.)](?=\s))/, (_, space: string, mark: string) =>
		/^\d/.test(mark) ? `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}` : `${space}\\${mark}`,
	);

/** Brackets and spaces would end the address early. */
const linkTarget = (address: string): string =>
	address.replace(/[()\s<>]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, "0")}`);

const children = (node: Node, writing: Writing, depth: number): string => {
	let out = "";
	for (let child = node.firstChild; child !== null; child = child.nextSibling) out += inline(child, writing, depth + 1);
	return out;
};

const wrapped = (mark: string, text: string): string => {
	const core = text.trim();
	if (core === "") return text;
	return `${/^\s/.test(text) ? " " : ""}${mark}${core}${mark}${/\s$/.test(text) ? " " : ""}`;
};

const inlineCode = (element: Element): string => {
	const text = (element.textContent ?? "").replace(/\s+/g, " ").trim();
	const fence = "`".repeat(1 + Math.max(0, ...Array.from(text.matchAll(/`+/g), (run) => run[0].length)));
	const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
	return text === "" ? "" : `${fence}${pad}${text}${pad}${fence}`;
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
		case "IMG": {
			const source = element.getAttribute("src");
			const alt = escapeText((element.getAttribute("alt") ?? "").replace(/\s+/g, " "));
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
	if (node.nodeType === textNode) return escapeText((node.textContent ?? "").replace(/\s+/g, " "));
	return node.nodeType === elementNode ? inlineElement(node as Element, writing, depth) : "";
};

/** A run of inline siblings as the lines of one paragraph. */
export const paragraph = (nodes: Node[], writing: Writing, depth: number): string =>
	nodes
		.map((node) => inline(node, writing, depth))
		.join("")
		.split("\n")
		.map((line) => escapeLineStart(line.replace(/[ \t]+/g, " ").trim()))
		.join("\n")
		.trim();
