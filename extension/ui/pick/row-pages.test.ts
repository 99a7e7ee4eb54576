import { describe, expect, test } from "bun:test";
import type { SourceRowsPage } from "../../../backend/contract/selections.ts";
import { ApiFailure } from "../../api/api-failure.ts";
import { openPages, type RowPages } from "./row-pages.ts";

const page = (ids: string[], cursor: string | null, more: Partial<SourceRowsPage> = {}): SourceRowsPage => ({
	rows: ids.map((externalId) => ({ externalId, fields: {}, changedAt: null, pickedAs: null })),
	cursor,
	total: null,
	afterMs: null,
	...more,
});

/** Answers one request at a time, by hand; nothing waits by a clock. */
function stand() {
	const told: RowPages[] = [];
	const asked: (string | null)[] = [];
	const rests: { ms: number; act: () => void }[] = [];
	let pending = Promise.withResolvers<SourceRowsPage>();
	const pages = openPages({
		ask: (cursor) => {
			asked.push(cursor);
			pending = Promise.withResolvers();
			return pending.promise;
		},
		tell: (next) => told.push(next),
		later: (ms, act) => {
			const rest = { ms, act };
			rests.push(rest);
			return () => void rests.splice(rests.indexOf(rest) >>> 0, 1);
		},
	});
	const settled = () => new Promise<void>((done) => setImmediate(done));
	return {
		pages,
		asked,
		told,
		rests,
		last: () => told.at(-1),
		shown: () => told.at(-1)?.rows.map(({ externalId }) => externalId),
		answer: async (with_: SourceRowsPage) => {
			pending.resolve(with_);
			await settled();
		},
		refuse: async (failure: unknown) => {
			pending.reject(failure);
			await settled();
		},
	};
}

describe("J6: rows come page by page", () => {
	test("J6: the next page is asked for once, by the cursor of the one before, and a row that comes twice is there once", async () => {
		const { pages, asked, answer, last, shown } = stand();
		await answer(page(["a", "b"], "2", { total: { count: 3, exact: true } }));
		expect(last()).toMatchObject({ phase: "more", total: { count: 3, exact: true } });
		pages.more();
		pages.more();
		expect(asked).toEqual([null, "2"]);
		await answer(page(["b", "c"], null));
		expect(shown()).toEqual(["a", "b", "c"]);
		expect(last()).toMatchObject({ phase: "whole", total: { count: 3, exact: true } });
		pages.more();
		expect(asked).toHaveLength(2);
	});

	test("J6: a list that is still being made is asked for again after as long as its source says", async () => {
		const { asked, answer, last, rests } = stand();
		await answer(page([], "later", { afterMs: 30_000 }));
		expect(last()).toMatchObject({ phase: "making", restMs: 30_000 });
		expect(rests.map(({ ms }) => ms)).toEqual([30_000]);
		rests[0]?.act();
		expect(asked).toEqual([null, "later"]);
	});

	test("J6: a page with nothing new on it is not the end", async () => {
		const { answer, last, rests, pages, asked } = stand();
		await answer(page(["a"], "2"));
		pages.more();
		await answer(page(["a"], "3"));
		expect(last()?.phase).toBe("making");
		rests[0]?.act();
		expect(asked).toEqual([null, "2", "3"]);
	});

	test("J6: what failed keeps its rows and is asked again from where it was", async () => {
		const { pages, asked, answer, refuse, last, shown } = stand();
		await answer(page(["a"], "2"));
		pages.more();
		await refuse(new ApiFailure("connections/disconnected", "Reconnect it."));
		expect(last()).toMatchObject({ phase: "failed", restMs: null });
		expect(shown()).toEqual(["a"]);
		pages.more();
		expect(asked).toHaveLength(2);
		pages.retry();
		expect(asked).toEqual([null, "2", "2"]);
	});

	test("J6: a provider that is busy says for how long, and is asked again after it", async () => {
		const { asked, refuse, last, rests } = stand();
		await refuse(new ApiFailure("connections/provider-busy", "Busy.", { retryAfterMs: 7_000 }));
		expect(last()).toMatchObject({ phase: "failed", restMs: 7_000 });
		rests[0]?.act();
		expect(asked).toHaveLength(2);
	});

	test("J6: once closed, what an older question brings is dropped, and nothing is asked any more", async () => {
		const { pages, asked, told, answer } = stand();
		const before = told.length;
		pages.close();
		await answer(page(["a"], "2"));
		pages.more();
		expect(told).toHaveLength(before);
		expect(asked).toHaveLength(1);
	});
});
