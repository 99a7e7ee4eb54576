import type { ConformanceColumn } from "../conformance-bench.ts";
import type { TableSeed } from "./simulator.ts";

/** The table that the conformance suite writes to; shared by this folder's tests. */
export const sceneToken = "aTokenOfTests0123456789aTokenOfT";
export const databaseId = 12;
export const tableId = 34;

export const columns: Readonly<Record<ConformanceColumn, string>> = {
	key: "101",
	text: "102",
	long: "103",
	number: "104",
	day: "105",
	instant: "106",
	choice: "107",
};

export const filesColumn = "108";

export const conformanceTable: TableSeed = {
	id: tableId,
	name: "Rows",
	database_id: databaseId,
	fields: [
		{ id: 101, name: "Key", type: "text", primary: true },
		{ id: 102, name: "Text", type: "text" },
		{ id: 103, name: "Long", type: "long_text" },
		{ id: 104, name: "Number", type: "number", number_decimal_places: 2 },
		{ id: 105, name: "Day", type: "date", date_include_time: false },
		{ id: 106, name: "Instant", type: "date", date_include_time: true },
		{ id: 107, name: "Choice", type: "single_select", select_options: [{ id: 1, value: "Red", color: "red" }] },
		{ id: 108, name: "Files", type: "file" },
		{ id: 109, name: "Sum", type: "formula", read_only: true },
	],
};
