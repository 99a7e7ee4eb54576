import type { TableField } from "../../contract/connections.ts";
import type { ConnectorCall, ConnectorResult, NewColumn, PushTarget } from "../connector.ts";
import type { SheetsAddresses } from "./api.ts";
import { tableField } from "./columns.ts";
import { failureOf } from "./failure.ts";
import { change, openSheet } from "./sheet.ts";

/** What a cell cannot hold, however its column is headed. */
const impossible = new Set<TableField["type"]>(["attachment", "link", "unsupported"]);

/**
 * Headings after the last one. The columns take every value as what it is; a type is the person's to give in Google Sheets. A heading
 * that is there already is not written again, so that a second try after a lost reply makes none twice.
 */
export async function createColumns(
	at: SheetsAddresses,
	call: ConnectorCall,
	{ table, columns }: { table: Pick<PushTarget, "containerId" | "tableId">; columns: readonly NewColumn[] },
): Promise<ConnectorResult<TableField[]>> {
	const names = columns.map(({ name }) => name.trim());
	if (columns.some(({ type }) => impossible.has(type)) || names.includes("")) {
		return {
			kind: "refused",
			reason: "targets/column-refused",
			message: "Google Sheets cannot make such a column. Choose another type, or take the field out of the mapping.",
		};
	}
	const sheet = await openSheet(at, call, table);
	if (!sheet.ok) return failureOf(sheet.trouble);
	const { sheetId, headings, endOfHeadings: first, columnCount, entry } = sheet.value;
	const news = [...new Set(names)].filter((name) => !headings.some((heading) => heading.name === name));
	const missing = first + news.length - columnCount;
	const grow = { appendDimension: { sheetId, dimension: "COLUMNS", length: missing } };
	const write = {
		updateCells: {
			start: { sheetId, rowIndex: 0, columnIndex: first },
			rows: [{ values: news.map((stringValue) => ({ userEnteredValue: { stringValue } })) }],
			fields: "userEnteredValue",
		},
	};
	const requests = news.length === 0 ? [] : [...(missing > 0 ? [grow] : []), write];
	const changed = await change(call, sheet.value, requests);
	if (!changed.ok) return failureOf(changed.trouble);
	const after = [...headings, ...news.map((name, offset) => ({ name, index: first + offset, isTwice: false }))];
	const made = names.flatMap((name) => after.filter((heading) => heading.name === name));
	return { kind: "ok", value: made.map((heading) => tableField(heading, entry, true)) };
}
