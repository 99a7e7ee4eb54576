import { codeLanguage } from "./code-languages.ts";
import { inlineRuns, linkOf } from "./markdown-inline.ts";
import { tableAt } from "./markdown-table.ts";
import { maxRuns, plainRuns, type Run } from "./text-runs.ts";

/** A block before it is written as Notion wants it: `content` goes under the type's name, the children beside it. */
export type Block = { type: string; content: Record<string, unknown>; children: Block[] };

/** Levels below the top that one request may carry, and entries of any array in it. */
const maxDepth = 2;
export const maxChildren = 100;

/**
 * A page's Markdown as blocks: headings, paragraphs, lists (also to-do), quotes, code, tables, images and rules. What Markdown has
 * beyond that is kept as text, raw HTML too. Lists deeper than Notion takes at once go on at the deepest level it takes.
 */
export function markdownBlocks(markdown: string): Block[] {
	const reader = new BlockReader(markdown.replaceAll("\r\n", "\n").replaceAll("\t", "    ").split("\n"));
	return reader.read();
}

export function block(type: string, content: Record<string, unknown>): Block {
	return { type, content, children: [] };
}

const listItem = /^( *)(?:[-*+]|(\d{1,9})[.)]) +(?:\[([ xX])\] +)?(.*)$/;
const fence = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)[^`]*$/;
const heading = /^ {0,3}(#{1,6}) +(.*?)(?: +#+)? *$/;
const rule = /^ {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$/;
const quote = /^ {0,3}> ?(.*)$/;
const image = /^ *!\[((?:\\.|[^\]\\])*)\]\(\s*<?([^\s<>]+?)>?(?:\s+"[^"]*")?\s*\) *$/;

type Level = { indent: number; block: Block };

class BlockReader {
	readonly #lines: readonly string[];
	readonly #blocks: Block[] = [];
	/** The list items that the next line may belong to, outermost first. */
	#levels: Level[] = [];
	#at = 0;

	constructor(lines: readonly string[]) {
		this.#lines = lines;
	}

	read(): Block[] {
		while (this.#at < this.#lines.length) {
			const line = this.#lines[this.#at] ?? "";
			if (line.trim() === "") this.#at += 1;
			else if (!this.#isItem(line)) {
				this.#levels = [];
				this.#readBlock(line);
			}
		}
		return this.#blocks;
	}

	#readBlock(line: string): void {
		const [, mark, language] = fence.exec(line) ?? [];
		if (mark !== undefined) return this.#readCode(mark, language ?? "");
		const table = tableAt(this.#lines, this.#at);
		if (table !== null) {
			this.#blocks.push(...table.blocks);
			this.#at = table.end;
			return;
		}
		if (quote.test(line)) return this.#readQuote();
		const single = singleLine(line);
		if (single === null) return this.#readParagraph();
		this.#blocks.push(...single);
		this.#at += 1;
	}

	/** A list item and the lines that go on with it, put below the item it is indented under. */
	#isItem(line: string): boolean {
		const [whole, spaces = "", number, check, text = ""] = rule.test(line) ? [] : (listItem.exec(line) ?? []);
		if (whole === undefined) return false;
		this.#at += 1;
		const written = [text];
		for (let next = this.#lines[this.#at] ?? ""; goesOn(next, spaces.length); next = this.#lines[this.#at] ?? "") {
			written.push(next.trim());
			this.#at += 1;
		}
		const items = itemBlocks(joined(written), { number, check });
		this.#levels = this.#levels.filter(({ indent }) => indent < spaces.length).slice(0, maxDepth);
		const parent = this.#levels.at(-1)?.block;
		// An item that has its fill takes no more: what follows is put beside it.
		const place = parent === undefined || parent.children.length + items.length > maxChildren ? null : parent;
		(place?.children ?? this.#blocks).push(...items);
		if (place === null) this.#levels = [];
		const last = items.at(-1);
		if (last !== undefined) this.#levels.push({ indent: spaces.length, block: last });
		return true;
	}

	#readCode(mark: string, language: string): void {
		const lines: string[] = [];
		for (this.#at += 1; this.#at < this.#lines.length; this.#at += 1) {
			const line = this.#lines[this.#at] ?? "";
			if (line.trimStart().startsWith(mark) && line.trim().replaceAll(mark.charAt(0), "") === "") break;
			lines.push(line);
		}
		this.#at += 1;
		this.#blocks.push(...textBlocks("code", plainRuns(lines.join("\n")), { language: codeLanguage(language) }));
	}

	#readQuote(): void {
		const lines: string[] = [];
		for (; this.#at < this.#lines.length; this.#at += 1) {
			const text = quote.exec(this.#lines[this.#at] ?? "")?.[1];
			if (text === undefined) break;
			lines.push(text);
		}
		this.#blocks.push(...textBlocks("quote", inlineRuns(lines.join("\n").trim())));
	}

	#readParagraph(): void {
		const lines = [this.#lines[this.#at] ?? ""];
		for (this.#at += 1; isParagraphLine(this.#lines[this.#at] ?? ""); this.#at += 1) {
			lines.push(this.#lines[this.#at] ?? "");
		}
		this.#blocks.push(...textBlocks("paragraph", inlineRuns(joined(lines))));
	}
}

function singleLine(line: string): Block[] | null {
	const [, marks, title] = heading.exec(line) ?? [];
	if (marks !== undefined) return textBlocks(`heading_${Math.min(marks.length, 3)}`, inlineRuns(title ?? ""));
	if (rule.test(line)) return [block("divider", {})];
	const [, label = "", target = ""] = image.exec(line) ?? [];
	const url = linkOf(target);
	if (url === null || !url.startsWith("https:")) return null;
	const caption = inlineRuns(label).slice(0, maxRuns);
	return [block("image", { type: "external", external: { url }, caption })];
}

function itemBlocks(
	text: string,
	{ number, check }: Readonly<Record<"number" | "check", string | undefined>>,
): Block[] {
	const runs = inlineRuns(text);
	if (check !== undefined) return textBlocks("to_do", runs, { checked: check !== " " });
	return textBlocks(number === undefined ? "bulleted_list_item" : "numbered_list_item", runs);
}

/** More runs than a block takes become more blocks of the same kind; none still make one. */
function textBlocks(type: string, runs: readonly Run[], more: Record<string, unknown> = {}): Block[] {
	const blocks = [block(type, { rich_text: runs.slice(0, maxRuns), ...more })];
	for (let from = maxRuns; from < runs.length; from += maxRuns) {
		blocks.push(block(type, { rich_text: runs.slice(from, from + maxRuns), ...more }));
	}
	return blocks;
}

function isParagraphLine(line: string): boolean {
	if (line.trim() === "" || fence.test(line) || quote.test(line) || listItem.test(line)) return false;
	return singleLine(line) === null;
}

function goesOn(line: string, indent: number): boolean {
	return isParagraphLine(line) && line.length - line.trimStart().length > indent;
}

/** Lines of a paragraph are one line, but where Markdown breaks it: two spaces or a backslash at the end. */
function joined(lines: readonly string[]): string {
	return lines
		.map((line) => (/ {2,}$/.test(line) ? `${line.trim()}\n` : line.trim().replace(/\\$/, "\n")))
		.join(" ")
		.replaceAll("\n ", "\n")
		.trim();
}

/** As Notion wants it. */
export function blockRequest({ type, content, children }: Block): Record<string, unknown> {
	const nested = children.length === 0 ? {} : { children: children.map(blockRequest) };
	return { object: "block", type, [type]: { ...content, ...nested } };
}
