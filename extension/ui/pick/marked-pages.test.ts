import { expect, test } from "bun:test";
import type { SourceRowsPage } from "../../../backend/contract/selections.ts";
import { ApiFailure } from "../../api/api-failure.ts";
import { openMarkedPages } from "./marked-pages.ts";
import type { RowPages } from "./row-pages.ts";

const page = (ids: string[], cursor: string | null, picked: readonly string[] = []): SourceRowsPage => ({
	rows: ids.map((externalId) => {
		const pickedAs = picked.includes(externalId) ? `record of ${externalId}` : null;
		return { externalId, fields: {}, changedAt: null, pickedAs };
	}),
	cursor,
	total: null,
	afterMs: null,
});

/** Gives the answers one after the other; none left: it is busy. */
function stand(...answers: SourceRowsPage[]) {
	const asked: (string | null)[] = [];
	let last: RowPages | undefined;
	const pages = openMarkedPages({
		ask: async (cursor) => {
			asked.push(cursor);
			const answer = answers.shift();
			if (answer === undefined) throw new ApiFailure("connections/provider-busy", "Busy.", { retryAfterMs: 7_000 });
			return answer;
		},
		tell: (next) => {
			last = next;
		},
		later: () => () => {},
	});
	const settled = () => new Promise<void>((done) => setImmediate(done));
	const marks = () => last?.rows.map(({ externalId, pickedAs }) => [externalId, pickedAs !== null]);
	return { pages, asked, settled, marks, last: () => last };
}

test("J6: after a run the pages shown are asked once more, and their rows stay in place and say whether they were picked", async () => {
	const { pages, asked, settled, marks, last } = stand(
		page(["a", "b"], "2"),
		page(["c"], "3"),
		page(["new", "b"], "2", ["new", "b"]),
		page(["c"], "3", ["c"]),
		page(["d"], null),
	);
	await settled();
	pages.more();
	await settled();
	pages.mark();
	await settled();
	expect(asked).toEqual([null, "2", null, "2"]);
	expect(marks()).toEqual([
		["a", false],
		["b", true],
		["c", true],
	]);
	expect(last()?.phase).toBe("more");
	pages.more();
	await settled();
	expect(asked.at(-1)).toBe("3");
	expect(marks()?.slice(1)).toEqual([
		["b", true],
		["c", true],
		["d", false],
	]);
});

test("J6: where nobody answers after a run, the rows stay as they were, and nothing is said of a failure", async () => {
	const { pages, asked, settled, marks, last } = stand(page(["a"], null));
	await settled();
	pages.mark();
	await settled();
	expect(asked).toEqual([null, null]);
	expect(marks()).toEqual([["a", false]]);
	expect(last()).toMatchObject({ phase: "whole", failure: null, restMs: null });
});

test("J6: once closed, what was picked is neither told nor asked any more", async () => {
	const { pages, asked, settled, marks } = stand(page(["a"], "2"), page(["a"], "2", ["a"]));
	await settled();
	pages.mark();
	pages.close();
	await settled();
	expect(asked).toEqual([null, null]);
	expect(marks()).toEqual([["a", false]]);
});
