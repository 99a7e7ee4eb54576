/**
 * The cells of one row's text. Quoted ones as they are, with two quotes for one; others without the spaces around them. Pure.
 *
 * @param row without its line break, as `cut-rows.ts` cuts it
 */
export function cellsOf(row: string, delimiter: string): string[] {
	const cells: string[] = [];
	let at = 0;
	for (;;) {
		const cell = cellAt(row, at, delimiter);
		cells.push(cell.text);
		if (cell.end >= row.length) return cells;
		at = cell.end + 1;
	}
}

/** More values than columns; empty ones behind the last column are none. */
export function isOverfull(cells: readonly string[], columns: number): boolean {
	return cells.slice(columns).some((cell) => cell !== "");
}

/** `end` is where its delimiter stands, or the row's length. */
type Cell = { text: string; end: number };

function cellAt(row: string, at: number, delimiter: string): Cell {
	let start = at;
	while (row[start] === " ") start += 1;
	if (row[start] === '"') return quotedCell(row, start + 1, delimiter);
	const end = cellEnd(row, at, delimiter);
	return { text: row.slice(at, end).trim(), end };
}

/** What stands between the closing quote and the delimiter is kept, though no writer should have put it there. */
function quotedCell(row: string, from: number, delimiter: string): Cell {
	let at = row.indexOf('"', from);
	while (at !== -1 && row[at + 1] === '"') at = row.indexOf('"', at + 2);
	const closing = at === -1 ? row.length : at;
	const end = cellEnd(row, closing, delimiter);
	const text = row.slice(from, closing).replaceAll('""', '"');
	return { text: text + row.slice(closing + 1, end).trimEnd(), end };
}

function cellEnd(row: string, from: number, delimiter: string): number {
	const end = row.indexOf(delimiter, from);
	return end === -1 ? row.length : end;
}
