import { rowCutter } from "./cut-rows.ts";
import { cellsOf } from "./row-cells.ts";
import { samplePieces } from "./sample.ts";
import { textOf, type Units } from "./units.ts";

/** In the order in which they are believed where a file speaks for several. */
const candidates = ["\t", ";", ",", "|"] as const;
const rowsLookedAt = 50;

/**
 * What stands between the cells: the one by which the most rows have as many cells as the first, and then the one that gives the most cells.
 * Each is tried with its quotes understood, so that a comma inside of a quoted cell speaks for nothing. A comma where none gives two cells: a
 * table of one column. Pure.
 *
 * @param isAll whether `units` are the whole file
 */
export function findDelimiter(units: Units, isAll: boolean): string {
	const scored = candidates.map((delimiter) => ({ delimiter, ...scoreOf(units, delimiter, isAll) }));
	const [best] = scored
		.filter(({ cells }) => cells > 1)
		.toSorted((one, other) => other.share - one.share || other.cells - one.cells);
	return best?.delimiter ?? ",";
}

function scoreOf(units: Units, delimiter: string, isAll: boolean): { cells: number; share: number } {
	const cut = rowCutter(delimiter.charCodeAt(0));
	const pieces = samplePieces(units, cut, { isAll, atMost: rowsLookedAt });
	const counts = pieces.map((piece) => cellsOf(textOf(piece), delimiter).length);
	const cells = counts[0] ?? 0;
	return { cells, share: counts.filter((count) => count === cells).length / Math.max(counts.length, 1) };
}

/** The first line of a file that a spreadsheet wrote may name the delimiter: `sep=;`. It is no row. */
export function namedDelimiter(firstLine: string): string | null {
	return /^"?sep=([,;|\t])"?$/i.exec(firstLine.trimEnd())?.[1] ?? null;
}
