import { noPages, openPages, type PagesDeps } from "./row-pages.ts";

/** `openPages`, with a way to ask once more which of the rows that are there were picked before. */
export function openMarkedPages({ ask, tell, later }: PagesDeps) {
	const leaving = new AbortController();
	/** What the pages with rows on them were asked by. */
	const asked: (string | null)[] = [];
	const marks = new Map<string, string | null>();
	let pages = noPages;
	const show = () => {
		const rows = pages.rows.map((row) => ({ ...row, pickedAs: marks.get(row.externalId) ?? row.pickedAs }));
		tell({ ...pages, rows });
	};
	const opened = openPages({
		ask: async (cursor, signal) => {
			const page = await ask(cursor, signal);
			if (page.rows.length > 0) asked.push(cursor);
			return page;
		},
		tell: (next) => {
			pages = next;
			show();
		},
		later,
	});
	const mark = async (): Promise<void> => {
		for (const by of asked) {
			const { rows } = await ask(by, leaving.signal);
			if (leaving.signal.aborted) return;
			for (const { externalId, pickedAs } of rows) marks.set(externalId, pickedAs);
			show();
		}
	};
	return {
		...opened,
		/** The rows stay where they are; what nobody answers for stays as it is. */
		mark: () => void mark().catch(() => undefined),
		close: () => {
			leaving.abort();
			opened.close();
		},
	};
}
