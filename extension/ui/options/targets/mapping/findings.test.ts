import { describe, expect, test } from "bun:test";
import type { PreviewProblem } from "../../../../../backend/contract/targets.ts";
import { type Checked, findingsOf, goneLines } from "./findings.ts";
import { removeLine, withSource } from "./mapping-draft.ts";
import { draft, keyOf, table } from "./test-mapping.ts";

const checked: Checked = { draft, table, names: new Map([["gone", "Author"]]), canCreate: true };
const answer = (...problems: PreviewProblem[]) => ({ preview: { columns: [], problems }, draft });
const missing: PreviewProblem = {
	code: "delivery/column-missing",
	message: "“Author” is gone.",
	column: { id: "gone", name: "Author" },
	fix: "create_column",
	create: { name: "Author", type: "text" },
};

describe("SYNC-4: what is wrong with a mapping names the column and one button", () => {
	test("SYNC-4: a column that is gone is named before the check has answered", () => {
		const [found] = findingsOf(null, checked);
		expect(found?.message).toContain("“Author”");
		expect(found).toMatchObject({ keys: [keyOf("gone")], mend: { kind: "show", part: "column" } });
	});

	test("SYNC-4: once it has answered, its words stand alone", () => {
		expect(findingsOf(answer(missing), checked)).toEqual([
			{
				message: missing.message,
				keys: [keyOf("gone")],
				mend: { kind: "make", column: { name: "Author", type: "text" } },
			},
		]);
	});

	test("SYNC-4: a column is not offered to be made where none can be", () => {
		const [found] = findingsOf(answer(missing), { ...checked, canCreate: false });
		expect(found?.mend).toEqual({ kind: "show", part: "column" });
	});

	test("SYNC-4: the column that is likely meant is one press away, when the table has it", () => {
		const other = { ...missing, fix: "map_other" as const, suggested: { id: "cost", name: "COST" } };
		expect(findingsOf(answer(other), checked)[0]?.mend).toMatchObject({ kind: "use", column: { id: "cost" } });
		const unknown = { ...other, suggested: { id: "nowhere", name: "Nowhere" } };
		expect(findingsOf(answer(unknown), checked)[0]?.mend).toEqual({ kind: "show", part: "column" });
	});

	test("SYNC-4: a step is shown where it is; entries are counted over fields alone", () => {
		const step: PreviewProblem = { code: "targets/transform-invalid", message: "No such pattern.", entry: 2, step: 0 };
		const found = findingsOf(answer(missing, step), checked);
		expect(found[1]).toMatchObject({ keys: [keyOf("link")], mend: { kind: "show", part: "steps" } });
	});

	test("SYNC-4: a value for every row that the column does not take is shown where it is written", () => {
		const constant: PreviewProblem = {
			code: "targets/constant-invalid",
			message: "“READ” takes yes or no.",
			column: { id: "read", name: "READ" },
		};
		const found = findingsOf(answer(missing, constant), checked);
		expect(found[1]).toMatchObject({ keys: [keyOf("read")], mend: { kind: "show", part: "source" } });
	});

	test("SYNC-4: what was said of a line that is taken out or changed since is passed over", () => {
		const without = removeLine(draft, keyOf("gone"));
		expect(findingsOf(answer(missing), { ...checked, draft: without })).toEqual([]);
		const changed = withSource(draft, keyOf("gone"), { kind: "field", name: "brand", steps: [] });
		expect(findingsOf(answer(missing), { ...checked, draft: changed })[0]?.message).not.toBe(missing.message);
	});

	test("SYNC-4: the match key has a place of its own to say so", () => {
		const without = removeLine(draft, keyOf("gone"));
		const key: PreviewProblem = { code: "targets/match-key-invalid", message: "Choose one." };
		expect(findingsOf(answer(key), { ...checked, draft: without })).toEqual([]);
	});

	test("SYNC-4: a message has every column that is named", () => {
		expect(goneLines({ draft, table })).toHaveLength(1);
		expect(goneLines({ draft, table: { ...table, takesAnyColumn: true } })).toEqual([]);
	});
});
