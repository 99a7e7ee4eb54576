import type { Place } from "./pieces.ts";

/** Where a listing is: before which row, and how many that were meant lie behind it. Of this file alone. */
export type Cursor = Place & { meant: number };

/** Enough of the hash to tell that the file was replaced meanwhile. */
const hashLetters = 16;

export function writeCursor(sha256: string, { offset, line, meant }: Cursor): string {
	return [sha256.slice(0, hashLetters), offset, line, meant].join("/");
}

/** Null: it is of another file, or none; whoever lists begins anew then. */
export function readCursor(sha256: string, text: string): Cursor | null {
	const [hash, ...figures] = text.split("/");
	const [offset, line, meant] = figures.map(Number);
	if (hash !== sha256.slice(0, hashLetters)) return null;
	if (offset === undefined || line === undefined || meant === undefined) return null;
	return [offset, line, meant].every((figure) => Number.isSafeInteger(figure) && figure >= 0)
		? { offset, line, meant }
		: null;
}
