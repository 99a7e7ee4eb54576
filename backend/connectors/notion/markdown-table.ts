import type { Block } from "./markdown-blocks.ts";
import { inlineRuns } from "./markdown-inline.ts";
import { maxRuns } from "./text-runs.ts";

const delimiter = /^ *\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$/;
/** Notion takes 100 children of a block, and the heading is one of them in every part. */
const maxBodyRows = 99;

/** The table that begins at this line, in parts of 100 rows with the heading in each; null when none does. */
export function tableAt(lines: readonly string[], at: number): { blocks: Block[]; end: number } | null {
	const heading = lines[at] ?? "";
	if (!heading.includes("|") || !delimiter.test(lines[at + 1] ?? "")) return null;
	const width = cellsOf(heading).length;
	if (width !== cellsOf(lines[at + 1] ?? "").length) return null;
	let end = at + 2;
	while ((lines[end] ?? "").includes("|")) end += 1;
	const rows = lines.slice(at + 2, end).map((line) => row(cellsOf(line), width));
	const blocks: Block[] = [];
	for (let from = 0; from === 0 || from < rows.length; from += maxBodyRows) {
		blocks.push({
			type: "table",
			content: { table_width: width, has_column_header: true, has_row_header: false },
			children: [row(cellsOf(heading), width), ...rows.slice(from, from + maxBodyRows)],
		});
	}
	return { blocks, end };
}

/** Every row has as many cells as the table is wide. */
function row(cells: readonly string[], width: number): Block {
	const runs = Array.from({ length: width }, (_, index) => inlineRuns(cells[index] ?? "").slice(0, maxRuns));
	return { type: "table_row", content: { cells: runs }, children: [] };
}

function cellsOf(line: string): string[] {
	const inner = line
		.trim()
		.replace(/^\|/, "")
		.replace(/(?<!\\)\|$/, "");
	return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}
