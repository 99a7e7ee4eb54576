import { describe, expect, test } from "bun:test";
import { askedColumns, choiceOf, chooseAll, type Difference, decisionOf } from "./decision-draft.ts";

const difference: Difference = {
	kind: "differs",
	targetId: "target-1",
	remoteUrl: null,
	columns: [
		{ columnId: "name", name: "Name", theirs: "Old", ours: "New", result: null },
		{ columnId: "price", name: "Price", theirs: null, ours: "3", result: "ours" },
		{ columnId: "notes", name: "Notes", theirs: "Mine", ours: "Theirs", result: null },
	],
};

describe("SYNC-5: whose values stay", () => {
	test("SYNC-5: only what no rule decides is asked", () => {
		expect(askedColumns(difference).map(({ columnId }) => columnId)).toEqual(["name", "notes"]);
	});

	test("SYNC-5: nothing is sent before every column is decided, and then just the decisions", () => {
		expect(decisionOf(difference, { name: "ours" })).toBeNull();
		const choices = { name: "ours", notes: "theirs" } as const;
		expect(decisionOf(difference, choices)).toEqual({ targetId: "target-1", columns: choices });
	});

	test("SYNC-5: one press decides all that is asked, and no rule's column", () => {
		expect(chooseAll(difference, "theirs")).toEqual({ name: "theirs", notes: "theirs" });
		const [, price] = difference.columns;
		expect(price && choiceOf(price, { price: "theirs" })).toBe("ours");
	});
});
