import { describe, expect, test } from "bun:test";
import type { SourceColumn } from "../../../backend/contract/sources.ts";
import { draftOf, firstCondition, onColumn, readConditions } from "./read-conditions.ts";

const column = (id: string, type: SourceColumn["type"], more: Partial<SourceColumn> = {}): SourceColumn => ({
	id,
	name: id,
	type,
	providerType: type,
	key: false,
	searchable: true,
	operators: ["is", "gt", "empty"],
	...more,
});
const columns = [
	column("picture", "image", { operators: [] }),
	column("price", "number"),
	column("sold", "boolean", { operators: ["is"] }),
	column("made", "date"),
	column("kind", "text", { options: ["Lamp", "Chair"] }),
];

describe("J6: conditions", () => {
	test("J6: one begins on the first column that can be asked, with its first operator", () => {
		expect(firstCondition(columns)).toEqual({ column: "price", op: "is", value: "" });
		expect(firstCondition(columns.slice(0, 1))).toBeNull();
	});

	test("J6: a choice begins with one of its values, yes or no with yes", () => {
		expect(columns.slice(2).map((one) => onColumn(one).value)).toEqual(["true", "", "Lamp"]);
	});

	test("J6: values are sent with their column's type, and none where the condition takes none", () => {
		const draft = [
			{ column: "price", op: "gt" as const, value: "1.5" },
			{ column: "sold", op: "is" as const, value: "false" },
			{ column: "made", op: "gt" as const, value: "2026-01-31" },
			{ column: "kind", op: "empty" as const, value: "Lamp" },
		];
		expect(readConditions(draft, columns)).toEqual([
			{ column: "price", op: "gt", value: 1.5 },
			{ column: "sold", op: "is", value: false },
			{ column: "made", op: "gt", value: "2026-01-31" },
			{ column: "kind", op: "empty" },
		]);
	});

	test("J6: one without a value that can be read holds the others back", () => {
		expect(readConditions([{ column: "price", op: "is", value: " " }], columns)).toBeNull();
		expect(readConditions([{ column: "price", op: "is", value: "many" }], columns)).toBeNull();
	});

	test("J6: saved conditions are edited as they are; those that fit no column any more are left out", () => {
		const saved = [
			{ column: "price", op: "is" as const, value: 3 },
			{ column: "made", op: "gt" as const, value: "2026-01-31T10:00:00Z" },
			{ column: "price", op: "contains" as const, value: "3" },
			{ column: "gone", op: "is" as const, value: "3" },
		];
		expect(draftOf(saved, columns)).toEqual([
			{ column: "price", op: "is", value: "3" },
			{ column: "made", op: "gt", value: "2026-01-31" },
		]);
	});
});
