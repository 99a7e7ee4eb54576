import type { SourceRowsPage } from "../../../backend/contract/selections.ts";
import type { SourceTotal } from "../../../backend/contract/sources.ts";
import { ApiFailure } from "../../api/api-failure.ts";

export type PickRow = SourceRowsPage["rows"][number];

/**
 * The rows that are there so far. `making`: the source is still making the next page, which is asked for by itself after `restMs`. `failed`
 * may have a `restMs` too: then it is tried again by itself.
 */
export type RowPages = {
	phase: "loading" | "making" | "more" | "whole" | "failed";
	rows: readonly PickRow[];
	total: SourceTotal | null;
	failure: unknown;
	restMs: number | null;
};

export const noPages: RowPages = { phase: "loading", rows: [], total: null, failure: null, restMs: null };

export type PagesDeps = {
	/** null: the first page. */
	ask: (cursor: string | null, signal: AbortSignal) => Promise<SourceRowsPage>;
	tell: (pages: RowPages) => void;
	/** Does it after so many milliseconds. @returns what prevents it */
	later: (ms: number, act: () => void) => () => void;
};

/** Longer is for the person to decide. */
const mostRestMs = 5 * 60_000;

/**
 * Asks for a table's rows page by page: the first at once, further ones with `more`. Once closed, nothing is told any more, and what is on
 * its way is dropped.
 */
export function openPages({ ask, tell, later }: PagesDeps) {
	const leaving = new AbortController();
	const known = new Map<string, PickRow>();
	let pages = noPages;
	let cursor: string | null = null;
	let unrest = () => {};
	const show = (next: Partial<RowPages>) => {
		pages = { ...pages, failure: null, restMs: null, ...next };
		tell(pages);
	};
	const rest = (ms: number) => {
		unrest = later(ms, () => void next());
	};
	const take = (page: SourceRowsPage) => {
		// A source may list a row twice while it changes: the first stands.
		const before = known.size;
		for (const row of page.rows) if (!known.has(row.externalId)) known.set(row.externalId, row);
		const isFirst = cursor === null;
		cursor = page.cursor;
		const all = { rows: [...known.values()], total: isFirst ? page.total : pages.total };
		if (cursor === null) return show({ ...all, phase: "whole" });
		const restMs = page.afterMs ?? 0;
		if (restMs === 0 && known.size > before) return show({ ...all, phase: "more" });
		show({ ...all, phase: "making", restMs });
		rest(restMs);
	};
	const fail = (failure: unknown) => {
		const restMs = failure instanceof ApiFailure ? failure.retryAfterMs : null;
		const comesBack = restMs !== null && restMs <= mostRestMs;
		show({ phase: "failed", failure, restMs: comesBack ? restMs : null });
		if (comesBack) rest(restMs);
	};
	const next = async (): Promise<void> => {
		unrest();
		if (leaving.signal.aborted) return;
		show({ phase: "loading" });
		await ask(cursor, leaving.signal).then(
			(page) => !leaving.signal.aborted && take(page),
			(failure: unknown) => !leaving.signal.aborted && fail(failure),
		);
	};
	void next();
	return {
		/** The next page, where there is one and none is on its way. */
		more: () => void (pages.phase === "more" && next()),
		/** What failed, again, and now. */
		retry: () => void (pages.phase === "failed" && next()),
		close: () => {
			leaving.abort();
			unrest();
		},
	};
}
