import { limits } from "./limits.ts";
import { cleanContent, fenceFor, paragraph, type Writing } from "./markdown-inline.ts";
import { cut } from "./values/text.ts";

const elementNode = 1;

const blockTags = new Set(
	(
		"P DIV SECTION ARTICLE MAIN HEADER FOOTER ASIDE BODY H1 H2 H3 H4 H5 H6 UL OL LI BLOCKQUOTE PRE TABLE FIGURE FIGCAPTION " +
		"HR DL DT DD DETAILS SUMMARY ADDRESS"
	).split(" "),
);

const isBlock = (node: Node): node is Element =>
	node.nodeType === elementNode && blockTags.has((node as Element).tagName.toUpperCase());

const indent = (text: string, first: string): string => {
	const rest = " ".repeat(first.length);
	return text
		.split("\n")
		.map((line, at) => (line === "" ? line : `${at === 0 ? first : rest}${line}`))
		.join("\n");
};

/** Cut at the end of a line, or before the first code of a line too long: half a code span is markup. */
const cutLines = (text: string): string => {
	if (text.length <= limits.bodyChars) return text;
	const end = text.lastIndexOf("\n", limits.bodyChars);
	return end > 0 ? text.slice(0, end) : cut(text, limits.bodyChars).replace(/`[^]*$/, "");
};

const list = (element: Element, writing: Writing, depth: number): string => {
	const ordered = element.tagName.toUpperCase() === "OL";
	const items = Array.from(element.children).filter((child) => child.tagName.toUpperCase() === "LI");
	const lines = items.map((item, at) => {
		const text = cutLines(blocks(item, writing, depth + 1)).replace(/\n\n(?= *(?:-|\d+\.) )/g, "\n");
		return text === "" ? "" : indent(text, ordered ? `${at + 1}. ` : "- ");
	});
	return lines.filter((line) => line !== "").join("\n");
};

const fenced = (element: Element, writing: Writing): string => {
	writing.left -= 1;
	// A carriage return is a line's end in Markdown too: what follows it would stand outside the list around the code.
	const code = cleanContent(element).replace(/\r\n?/g, "\n").replace(/\n$/, "");
	const fence = fenceFor(code, 3);
	return code.trim() === "" ? "" : `${fence}\n${code}\n${fence}`;
};

/** A backslash of code before a pipe would take the escape for itself, and the cell would end inside the code. */
const escapePipes = (text: string): string =>
	text.replace(/\|/g, (_, at: number) => {
		let from = at;
		while (text[from - 1] === "\\") from -= 1;
		return (at - from) % 2 === 0 ? "\\|" : " \\|";
	});

/** What is repeated of a cell that goes over several rows; a longer text is only in the first. */
const repeatedChars = 200;
const mostRowsOfACell = 50;

type Held = { text: string; left: number };

/** The cells of a row, with those of rows above that reach into it. */
const cellsOf = (
	row: Element,
	held: Map<number, Held>,
	{ writing, depth }: { writing: Writing; depth: number },
): string[] => {
	const cells: string[] = [];
	const takeHeld = (): void => {
		for (let over = held.get(cells.length); over !== undefined && over.left > 0; over = held.get(cells.length)) {
			over.left -= 1;
			writing.left -= 1;
			cells.push(writing.left < 0 ? "" : over.text);
		}
	};
	for (const cell of Array.from(row.children).slice(0, limits.tableColumns)) {
		takeHeld();
		const text = escapePipes(paragraph([cell], writing, depth + 1).replace(/\n+/g, " "));
		const rows = Math.min(Number.parseInt(cell.getAttribute("rowspan") ?? "1", 10) || 1, mostRowsOfACell);
		if (rows > 1) held.set(cells.length, { text: text.length > repeatedChars ? "" : text, left: rows - 1 });
		cells.push(text);
	}
	takeHeld();
	return cells;
};

/** A table with tables in it is a layout: what stands in its cells comes one after the other. */
const layout = (rows: readonly Element[], writing: Writing, depth: number): string =>
	rows
		.flatMap((row) => Array.from(row.children).slice(0, limits.tableColumns))
		.map((cell) => blocks(cell, writing, depth + 1))
		.filter((text) => text !== "")
		.join("\n\n");

const table = (element: Element, writing: Writing, depth: number): string => {
	const own = Array.from(element.querySelectorAll("tr"))
		.filter((row) => row.closest("table") === element)
		.slice(0, limits.tableRows);
	if (element.querySelector("table") !== null) return layout(own, writing, depth);
	const held = new Map<number, Held>();
	const rows = own.map((row) => cellsOf(row, held, { writing, depth })).filter((cells) => cells.length > 0);
	const width = Math.max(0, ...rows.map((cells) => cells.length));
	if (width === 0) return "";
	const line = (cells: string[]): string =>
		`| ${Array.from({ length: width }, (_, at) => cells[at] ?? "").join(" | ")} |`;
	const [head = [], ...body] = rows;
	return [line(head), `|${" --- |".repeat(width)}`, ...body.map(line)].join("\n");
};

const block = (element: Element, writing: Writing, depth: number): string => {
	const tag = element.tagName.toUpperCase();
	if (/^H[1-6]$/.test(tag)) {
		const text = paragraph(Array.from(element.childNodes), writing, depth).replace(/\n+/g, " ");
		return text === "" ? "" : `${"#".repeat(Number(tag[1]))} ${text}`;
	}
	if (tag === "UL" || tag === "OL") return list(element, writing, depth);
	if (tag === "PRE") return fenced(element, writing);
	if (tag === "TABLE") return table(element, writing, depth);
	if (tag === "HR") return "---";
	const text = blocks(element, writing, depth + 1);
	if (tag === "BLOCKQUOTE") return text === "" ? "" : cutLines(text).replace(/^/gm, "> ").replace(/^> $/gm, ">");
	// Where a renderer knows no definitions, a fence behind the colon is none, and the code in it is markup.
	return tag === "DD" && text !== "" && !text.includes("```") ? indent(text, ": ") : text;
};

/** The children of a node as blocks with an empty line between; runs of inline nodes become paragraphs. */
const blocks = (node: Node, writing: Writing, depth: number): string => {
	writing.left -= 1;
	if (writing.left < 0 || depth > limits.markdownDepth) return "";
	const parts: string[] = [];
	let run: Node[] = [];
	const closeRun = (): void => {
		if (run.length > 0) parts.push(paragraph(run, writing, depth));
		run = [];
	};
	for (let child = node.firstChild; child !== null; child = child.nextSibling) {
		if (isBlock(child)) {
			closeRun();
			parts.push(block(child, writing, depth));
		} else run.push(child);
	}
	closeRun();
	return parts.filter((part) => part.trim() !== "").join("\n\n");
};

/**
 * Cleaned markup (see clean.ts) as Markdown: headings, lists, quotes, code, tables, links, pictures. Bounded in nodes,
 * nesting and length; what lies beyond the bounds is left out. HTML in the text is escaped, so that a renderer that
 * lets HTML through finds none (CAP-6).
 */
export const toMarkdown = (root: Element): string => {
	// Line by line: a pattern for spaces before a line's end tries every space of a long run anew.
	const lines = blocks(root, { left: limits.markdownNodes }, 0).split("\n");
	const text = lines.map((line) => line.trimEnd()).join("\n");
	return cutLines(text.replace(/\n{3,}/g, "\n\n").trim()).trimEnd();
};
