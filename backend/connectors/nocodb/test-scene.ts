import type { ConformanceColumn } from "../conformance-bench.ts";
import type { BaseSeed } from "./simulator.ts";

/** One base with the table that the conformance suite writes to; shared by this folder's tests. */
export const sceneToken = "a-token-of-tests_0123456789";
export const baseId = "pconformance001";
export const tableId = "mconformance001";

export const columns: Readonly<Record<ConformanceColumn, string>> = {
	key: "ckey",
	text: "ctext",
	long: "clong",
	number: "cnumber",
	day: "cday",
	instant: "cinstant",
	choice: "cchoice",
};

export const conformanceBase: BaseSeed = {
	id: baseId,
	title: "Conformance",
	tables: [
		{
			id: tableId,
			title: "Rows",
			columns: [
				{ id: "cid", title: "Id", uidt: "ID", pk: true },
				{ id: columns.key, title: "Key", uidt: "SingleLineText", pv: true },
				{ id: columns.text, title: "Text", uidt: "SingleLineText" },
				{ id: columns.long, title: "Long", uidt: "LongText" },
				{ id: columns.number, title: "Number", uidt: "Decimal" },
				{ id: columns.day, title: "Day", uidt: "Date" },
				{ id: columns.instant, title: "Instant", uidt: "DateTime" },
				{ id: columns.choice, title: "Choice", uidt: "SingleSelect", choices: ["Red"] },
			],
		},
	],
};
