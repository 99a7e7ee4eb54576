import type { OpenedFile } from "../files.ts";
import { ByteWindow } from "./byte-window.ts";
import { cutEntry } from "./cut-entries.ts";
import { afterBreaks, cutLine } from "./cut-lines.ts";
import { rowCutter } from "./cut-rows.ts";
import { entryOf, type SeenKind, seenKind } from "./entry-values.ts";
import { findDelimiter, namedDelimiter } from "./find-delimiter.ts";
import { findList } from "./find-list.ts";
import { columnNames, isHeader } from "./header.ts";
import { type Cutter, type Piece, type Place, piecesOf } from "./pieces.ts";
import { cellsOf, isOverfull } from "./row-cells.ts";
import { samplePieces } from "./sample.ts";
import { FileTrouble } from "./trouble.ts";
import { type Encoding, encodingOf, textOf, type Units, unitsOf } from "./units.ts";
import { kindOf, type ValueKind } from "./value-kinds.ts";

/** How a file is to be read. Its bytes never change, so that it is found out once. */
export type Layout = {
	encoding: Encoding;
	cutter: Cutter;
	/** Null: entries, each of which names its values. */
	delimiter: string | null;
	/** Where the rows begin. */
	first: Place;
	/** In the file's order. A column's name is its id: in a newer file it may stand elsewhere. */
	columns: readonly FileColumn[];
	/** How many rows there are, where finding out the rest has shown it. */
	rows: number | null;
};

export type FileColumn = { name: string; kind: ValueKind };

export type FileAt = { file: OpenedFile; name: string; chunkBytes: number };

const headBytes = 256 * 1024;
const sampleRows = 1_000;
const sampleBytes = 1024 * 1024;
export const maxColumns = 500;

/**
 * What kind of file it is, told by what stands in it. Of its name only this much is believed: a file called `.csv` is a table, whatever it begins with.
 *
 * @throws FileTrouble where it cannot be read as rows
 */
export async function readLayout(at: FileAt): Promise<Layout> {
	const { file, name } = at;
	if (file.byteSize === 0) throw new FileTrouble({ kind: "empty" });
	const head = await file.read({ start: 0, end: Math.min(headBytes, file.byteSize) });
	if (head === null) throw new FileTrouble({ kind: "store" });
	const encoding = encodingOf(head);
	if (encoding === null) throw new FileTrouble({ kind: "not_text" });
	const units = unitsOf(head.subarray(encoding.markBytes), encoding);
	const begins = textOf(units.subarray(0, 1_000)).trimStart()[0];
	if (begins === undefined && head.length === file.byteSize) throw new FileTrouble({ kind: "empty" });
	const start = { encoding, units, isAll: head.length === file.byteSize };
	const isTable = /\.(csv|tsv|tab)$/i.test(name) || (begins !== "[" && begins !== "{");
	return isTable ? await readTable(at, start) : await readEntries(at, start);
}

type Start = { encoding: Encoding; units: Units; isAll: boolean };

/** Names by the first row, types by a sample of the next: a table of 100 MB is not read whole to be shown. */
async function readTable(at: FileAt, { encoding, units, isAll }: Start): Promise<Layout> {
	const [firstLine] = samplePieces(units, cutLine, { isAll, atMost: 1 });
	const named = firstLine === undefined ? null : namedDelimiter(textOf(firstLine));
	const skipped = firstLine === undefined || named === null ? 0 : afterBreaks(units, 0) + firstLine.length;
	const delimiter = named ?? findDelimiter(units.subarray(skipped), isAll);
	const cutter = rowCutter(delimiter.charCodeAt(0));
	const beginning = { offset: encoding.markBytes + skipped * encoding.width, line: 1 };
	const { pieces, isWhole } = await takeSample(at, { encoding, cutter, beginning });
	const sampled = pieces.map(({ text }) => (text === null ? [] : cellsOf(text, delimiter)));
	const [head = [], ...others] = sampled;
	// A row that was cut in the wrong places says nothing of the columns.
	const rest = others.filter((cells) => !isOverfull(cells, head.length));
	if (head.length > maxColumns) throw new FileTrouble({ kind: "too_many_columns", max: maxColumns });
	const hasHeader = isHeader(head, rest);
	const names = columnNames(hasHeader ? head : head.map(() => ""));
	const valued = hasHeader ? rest : [head, ...rest];
	return {
		encoding,
		cutter,
		delimiter,
		first: hasHeader ? (pieces[0]?.next ?? beginning) : beginning,
		columns: names.map((name, place) => ({ name, kind: kindOf(valued.map((cells) => cells[place] ?? "")) })),
		rows: isWhole ? valued.filter((cells) => cells.some((cell) => cell !== "")).length : null,
	};
}

type Reading = { encoding: Encoding; cutter: Cutter; beginning: Place };

async function takeSample({ file, chunkBytes }: FileAt, { encoding, cutter, beginning }: Reading) {
	const pieces: Piece[] = [];
	for await (const piece of piecesOf(new ByteWindow(file, encoding, chunkBytes), cutter, beginning)) {
		pieces.push(piece);
		if (pieces.length > sampleRows || piece.next.offset > sampleBytes) return { pieces, isWhole: false };
	}
	return { pieces, isWhole: true };
}

/** Nothing but the entries themselves says what columns there are, and the last may have one more: all of them are gone through. */
async function readEntries({ file, chunkBytes }: FileAt, { encoding, units, isAll }: Start): Promise<Layout> {
	const inside = isByLines(units, isAll) ? null : findList(units);
	const cutter = inside === null ? cutLine : cutEntry;
	const line = inside === null ? 1 : 1 + (textOf(units.subarray(0, inside)).match(/\r\n|\r|\n/g)?.length ?? 0);
	const first = { offset: encoding.markBytes + (inside ?? 0) * encoding.width, line };
	const seen = new Map<string, SeenKind>();
	let [rows, entries, pieces] = [0, 0, 0];
	for await (const { text } of piecesOf(new ByteWindow(file, encoding, chunkBytes), cutter, first)) {
		pieces += 1;
		const entry = text === null ? null : entryOf(text);
		if (entry === null) continue;
		entries += 1;
		if ([...entry.values()].some((value) => value !== null && value !== "")) rows += 1;
		for (const [name, value] of entry) seen.set(name, seenKind(seen.get(name) ?? null, value));
		if (seen.size > maxColumns) throw new FileTrouble({ kind: "too_many_columns", max: maxColumns });
	}
	if (entries === 0) throw new FileTrouble({ kind: pieces === 0 ? "empty" : "no_entries" });
	const columns = [...seen].map(([name, kind]) => ({ name, kind: kind ?? ("text" as const) }));
	return { encoding, cutter, delimiter: null, first, columns, rows };
}

/**
 * Whether each line is an entry. The first one says so, or the second where the first is broken; a single line that has a list inside is an
 * answer of a service, written in one line.
 */
function isByLines(units: Units, isAll: boolean): boolean {
	const [first, second] = samplePieces(units, cutLine, { isAll, atMost: 2 }).map(textOf);
	const isEntry = (line: string | undefined) => line !== undefined && entryOf(line) !== null;
	if (isEntry(first)) return second !== undefined || findList(units) === null;
	return isEntry(second) && first?.startsWith("{") === true && findList(units) === null;
}
