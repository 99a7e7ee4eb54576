import type { SourceTotal } from "../../contract/sources.ts";
import type { OpenedFile } from "../files.ts";
import type { SourcePage, SourceQuery } from "../source.ts";
import { isMeant } from "../source-matching.ts";
import { ByteWindow } from "./byte-window.ts";
import { type Cursor, readCursor, writeCursor } from "./cursor.ts";
import type { Layout } from "./layout.ts";
import { piecesOf } from "./pieces.ts";
import { readRow } from "./rows.ts";

/** A page looks through no more than this, however few of its rows are meant: somebody waits for it. */
const maxPageBytes = 8 * 1024 * 1024;

type Listing = { file: OpenedFile; sha256: string; layout: Layout; keyColumn: string | null; chunkBytes: number };

/** A page from where the cursor stands, by reading on from there. Search and conditions are looked for row by row, over the whole file. */
export async function listRows(listing: Listing, query: SourceQuery): Promise<SourcePage> {
	const { file, sha256, layout, keyColumn, chunkBytes } = listing;
	const { encoding, cutter, first } = layout;
	const from: Cursor = (query.cursor === null ? null : readCursor(sha256, query.cursor)) ?? { ...first, meant: 0 };
	const page: Required<Pick<SourcePage, "rows" | "problems">> = { rows: [], problems: [] };
	let at = from;
	for await (const piece of piecesOf(new ByteWindow(file, encoding, chunkBytes), cutter, from)) {
		const read = readRow(layout, piece, keyColumn);
		if (read?.ok === false) page.problems.push(read.problem);
		else if (read !== null && isMeant(read, query))
			page.rows.push({ externalId: read.id(), fields: read.fields, changedAt: null });
		at = { ...piece.next, meant: from.meant + page.rows.length };
		const isFull = page.rows.length + page.problems.length >= query.limit;
		if (!isFull && at.offset - from.offset < maxPageBytes) continue;
		const total = from.offset === first.offset ? totalOf(listing, query, at) : {};
		return { ...page, ...total, cursor: writeCursor(sha256, at) };
	}
	return { ...page, cursor: null, total: { count: at.meant, exact: true } };
}

/**
 * What the first page can say of the rest: how many rows there are where that is known, else as many as there would be if the rest of the file
 * were like its beginning, which is “about” so many until the last page has counted them.
 */
function totalOf({ file, layout }: Listing, query: SourceQuery, at: Cursor): { total?: SourceTotal } {
	const isWhole = query.filter.length === 0 && query.search === null;
	if (isWhole && layout.rows !== null) return { total: { count: layout.rows, exact: true } };
	if (at.meant === 0) return {};
	const share = (file.byteSize - layout.first.offset) / (at.offset - layout.first.offset);
	return { total: { count: Math.max(at.meant, Math.round(at.meant * share)), exact: false } };
}
