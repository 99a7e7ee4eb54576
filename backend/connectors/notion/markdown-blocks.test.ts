import { describe, expect, test } from "bun:test";
import { type Block, markdownBlocks } from "./markdown-blocks.ts";
import { bodyChunks } from "./page-body.ts";
import type { Run } from "./text-runs.ts";

/** A block as `type: text`, with what is below it. */
function outline(blocks: readonly Block[]): unknown[] {
	return blocks.map((block) => {
		const line = `${block.type}: ${textOf(block)}`;
		return block.children.length === 0 ? line : [line, outline(block.children)];
	});
}

function textOf({ content }: Block): string {
	return Array.isArray(content.rich_text) ? content.rich_text.map((run: Run) => run.text.content).join("") : "";
}

const runsOf = (markdown: string): unknown => markdownBlocks(markdown)[0]?.content.rich_text;

describe("CON-2: Markdown becomes blocks", () => {
	test("of each kind", () => {
		const markdown = [
			"# One\n#### Four\nA line\nthat goes on  \nbroken\n",
			"- a\n  - b\n    - c\n      - d\n- [x] done\n1. first\n\n> said\n> twice\n",
			"```ts\nconst a = 1;\n\n```\n---\n![Alt](https://a.test/a.png)\n",
		].join("\n");
		expect(outline(markdownBlocks(markdown))).toEqual([
			"heading_1: One",
			"heading_3: Four",
			"paragraph: A line that goes on\nbroken",
			["bulleted_list_item: a", [["bulleted_list_item: b", ["bulleted_list_item: c", "bulleted_list_item: d"]]]],
			"to_do: done",
			"numbered_list_item: first",
			"quote: said\ntwice",
			"code: const a = 1;\n",
			"divider: ",
			"image: ",
		]);
	});

	test("a table keeps its width in every row", () => {
		const [table] = markdownBlocks("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| only |");
		expect(table?.content).toMatchObject({ table_width: 2, has_column_header: true });
		const widths = table?.children.map(({ content }) => (Array.isArray(content.cells) ? content.cells.length : 0));
		expect(widths).toEqual([2, 2, 2]);
	});

	test("bold, italic, code, struck out and links are marks; raw HTML and a script's address are text", () => {
		expect(runsOf("**b** *i* `c` ~~s~~ [l](https://a.test/)")).toMatchObject([
			{ text: { content: "b" }, annotations: { bold: true } },
			{ text: { content: " " } },
			{ text: { content: "i" }, annotations: { italic: true } },
			{ text: { content: " " } },
			{ text: { content: "c" }, annotations: { code: true } },
			{ text: { content: " " } },
			{ text: { content: "s" }, annotations: { strikethrough: true } },
			{ text: { content: " " } },
			{ text: { content: "l", link: { url: "https://a.test/" } } },
		]);
		expect(runsOf("<b>x</b> [y](javascript:void) snake_case_name")).toEqual([
			{ type: "text", text: { content: "<b>x</b> y snake_case_name" } },
		]);
	});

	test("long texts are split into runs of 2,000 without cutting an emoji, and blocks into requests of 100", () => {
		const runs = runsOf(`a${"👋".repeat(1_500)}`);
		const lengths = Array.isArray(runs) ? runs.map((run: Run) => run.text.content.length) : [];
		expect(lengths).toEqual([1_999, 1_002]);
		const chunks = bodyChunks("Paragraph.\n\n".repeat(250));
		expect(chunks.map((chunk) => chunk.length)).toEqual([100, 100, 50]);
	});

	test("no request is larger than Notion takes", () => {
		const chunks = bodyChunks(`${"long words ".repeat(3_000)}\n\n`.repeat(30));
		const sizes = chunks.map((chunk) => JSON.stringify(chunk).length);
		expect(Math.max(...sizes)).toBeLessThan(500_000);
	});

	test("marks that are never closed are text, and read quickly enough to be read", () => {
		for (const mark of ["**", "`", "[", "_a ", "~~"]) {
			const text = `x ${mark.repeat(8_000)}`.trim();
			expect(markdownBlocks(text).map(textOf).join("").length).toBeGreaterThan(0);
		}
	});
});
