import { describe, expect, test } from "bun:test";
import type { SelectionRun } from "../../../backend/contract/selections.ts";
import { countOf, nothingPicked } from "../pick/picked.ts";
import { pickWords as words } from "./pick.ts";

const all = (...rowIds: string[]) => ({ ...nothingPicked, mode: "all" as const, rowIds });
const listed = (count: number | null, exact = true) => ({
	ids: ["a", "b", "c"],
	isWhole: false,
	total: count === null ? null : { count, exact },
});

describe("J6: what is picked, in words", () => {
	test.each([
		["All 12,340 rows", all(), listed(12_340)],
		["All 12,340 rows but 3", all("a", "b", "c"), listed(12_340)],
		["All of about 12,000 rows but 1", all("a"), listed(12_000, false)],
		["All rows that match", all(), listed(null)],
		["All rows that match but 2", all("a", "b"), listed(null)],
		["All 10 rows but up to 2 left out", all("a", "elsewhere"), listed(10)],
		["2 rows picked", { ...nothingPicked, rowIds: ["a", "elsewhere"] }, listed(10)],
		["No row picked", nothingPicked, listed(10)],
	])("J6: %s", (text, picked, rows) => {
		expect(words.picked(countOf(picked, rows))).toBe(text);
	});

	test("J6: the button names a number only where it is known", () => {
		expect(words.send(countOf(all("a"), listed(10)))).toBe("Send 9 rows");
		expect(words.send(countOf(all("a"), listed(10, false)))).toBe("Send all but 1 row");
		expect(words.send(countOf(all(), listed(null)))).toBe("Send all rows");
	});

	const run: SelectionRun = {
		id: "0199a1b0-0000-7000-8000-000000000001",
		cause: "manual",
		status: "done",
		total: null,
		listed: 5,
		added: 3,
		changed: 1,
		unchanged: 1,
		gone: 0,
		failed: 0,
		problem: null,
		createdAt: "2026-01-01T00:00:00Z",
		finishedAt: "2026-01-01T00:01:00Z",
	};

	test("J6: a run's end says what became of the rows", () => {
		expect(words.ended(run, "Stock")).toMatch(
			/^Picked: 3 new, 1 changed,? and 1 unchanged. They are on their way to Stock.$/,
		);
		expect(words.ended({ ...run, added: 0, changed: 0 }, "Stock")).toStartWith("Nothing new");
		expect(words.ended({ ...run, added: 0, changed: 0, unchanged: 0 }, "Stock")).toBe("No row was found that fits.");
		expect(words.ended({ ...run, status: "stopped" }, "Stock")).toStartWith("Stopped: 3 new");
	});
});
