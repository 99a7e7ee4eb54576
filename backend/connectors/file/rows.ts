import { createHash } from "node:crypto";
import type { SourceRow } from "../../contract/sources.ts";
import type { SourceRowProblem } from "../source.ts";
import { entryField, entryOf } from "./entry-values.ts";
import type { Layout } from "./layout.ts";
import type { Piece } from "./pieces.ts";
import { cellsOf, isOverfull } from "./row-cells.ts";
import { fieldFrom } from "./value-kinds.ts";

/** What a piece of the file became: a row, or why it is none. `id` is asked of the rows that are meant alone: it costs more than the rest. */
export type ReadRow =
	| { ok: true; fields: SourceRow["fields"]; id(): string }
	| { ok: false; problem: SourceRowProblem };

const longestKey = 1_000;

/**
 * A row's id is its value in `keyColumn`; where none was named, or the row has none, it is a hash of what the row says. Not its place: in a
 * newer file with one line more at the top every row would be another one.
 *
 * @returns null where nothing stands in it: spreadsheets write such rows behind the last one
 */
export function readRow(layout: Layout, piece: Piece, keyColumn: string | null): ReadRow | null {
	if (piece.text === null) return problemAt(piece.line, piece.why === "long" ? { case: "long" } : openCase(layout));
	const read = layout.delimiter === null ? ofEntry(layout, piece.text) : ofCells(layout, piece.text, layout.delimiter);
	if ("details" in read) return problemAt(piece.line, read.details);
	const { fields, says } = read;
	if (Object.keys(fields).length === 0) return null;
	return { ok: true, fields, id: () => keyOf(fields, keyColumn) ?? hashOf(says()) };
}

function keyOf(fields: SourceRow["fields"], keyColumn: string | null): string | null {
	const value = keyColumn === null ? undefined : fields[keyColumn]?.value;
	if (value === undefined) return null;
	const key = typeof value === "object" ? JSON.stringify(value) : String(value);
	return key.length > longestKey ? null : key;
}

/** `says` is everything that stands in the row, in an order that the order of the columns does not change. */
type Read = { fields: SourceRow["fields"]; says(): string };
type Unread = { details: ProblemCase };
type ProblemCase =
	| { case: "ragged"; cells: number; columns: number }
	| { case: "quote" }
	| { case: "entry" }
	| { case: "long" };

/**
 * Cells left off at the end are empty: spreadsheets do that. More cells than columns are a row that was cut in the wrong places (a comma that
 * nobody quoted): its values would stand under names that are not theirs, so it is told and not guessed at.
 */
function ofCells({ columns }: Layout, text: string, delimiter: string): Read | Unread {
	const cells = cellsOf(text, delimiter);
	if (isOverfull(cells, columns.length)) {
		return { details: { case: "ragged", cells: cells.length, columns: columns.length } };
	}
	const fields: SourceRow["fields"] = {};
	columns.forEach(({ name, kind }, at) => {
		const field = fieldFrom(cells[at] ?? "", kind);
		if (field !== undefined) fields[name] = field;
	});
	const said = () => columns.flatMap(({ name }, at) => (cells[at] ? [[name, cells[at]] as const] : []));
	return { fields, says: () => inOrder(said()) };
}

function ofEntry({ columns }: Layout, text: string): Read | Unread {
	const entry = entryOf(text);
	if (entry === null) return { details: { case: "entry" } };
	const fields: SourceRow["fields"] = {};
	for (const { name, kind } of columns) {
		const field = entryField(entry.get(name), kind);
		if (field !== undefined) fields[name] = field;
	}
	return { fields, says: () => inOrder([...entry].filter(([, value]) => value !== null && value !== "")) };
}

function inOrder(said: readonly (readonly [string, unknown])[]): string {
	return JSON.stringify(said.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function hashOf(text: string): string {
	return `row-${createHash("sha256").update(text).digest("base64url").slice(0, 24)}`;
}

function openCase({ delimiter }: Layout): ProblemCase {
	return delimiter === null ? { case: "entry" } : { case: "quote" };
}

function problemAt(line: number, details: ProblemCase): ReadRow {
	const message = sentenceOf(line, details);
	const externalId = `line-${line}`;
	return {
		ok: false,
		problem: { externalId, reason: "sources/row-unreadable", message, details: { ...details, line } },
	};
}

function sentenceOf(line: number, problem: ProblemCase): string {
	switch (problem.case) {
		case "ragged":
			return `The row in line ${line} has more values (${problem.cells}) than there are columns (${problem.columns}). It is left out; correct it in the file, then replace the file.`;
		case "quote":
			return `The row in line ${line} begins a quotation that does not end. It is left out; correct it in the file, then replace the file.`;
		case "entry":
			return `Line ${line} is no complete entry. It is left out; correct it in the file, then replace the file.`;
		case "long":
			return `The row in line ${line} is longer than a record can be. It is left out; shorten it in the file, then replace the file.`;
	}
}
