import type { TableField } from "../../contract/connections.ts";
import type { ConnectorCall, ConnectorResult, PushTarget, RemoteRow, WantedRows } from "../connector.ts";
import type { Answer, SheetsAddresses } from "./api.ts";
import { tableField } from "./columns.ts";
import { failureOf } from "./failure.ts";
import { KeyIndex } from "./key-index.ts";
import { keyText, makeRowId } from "./row-id.ts";
import { change, type OpenSheet, openSheet, readRows, type SheetRow } from "./sheet.ts";

type TableOf<Parts extends keyof PushTarget> = Pick<PushTarget, "containerId" | "tableId" | Parts>;

/** The mapped columns of the wanted rows. The whole columns are read: a sheet cannot be asked for a value. */
export async function read(
	at: SheetsAddresses,
	call: ConnectorCall,
	{ target, wanted }: { target: PushTarget; wanted: WantedRows },
): Promise<ConnectorResult<RemoteRow[]>> {
	const rows = await allRows(at, call, target);
	if (!rows.ok) return failureOf(rows.trouble);
	const index = new KeyIndex(rows.value, target.matchKey);
	const byRow = new Map(rows.value.map((row) => [row.row, row]));
	const known = (row: number, remoteId: string | null) => remoteRow(byRow.get(row), target.matchKey, remoteId);
	if (wanted.by === "key") {
		const found = wanted.keys.flatMap((key) => index.rowsOf(keyText(target.matchKey.map((id) => key[id]))));
		return { kind: "ok", value: [...new Set(found)].flatMap((row) => known(row, null)) };
	}
	const found = index.findAll(wanted.ids);
	if (!found.ok) return failureOf(found.trouble);
	return { kind: "ok", value: [...found.value].flatMap(([remoteId, row]) => known(row, remoteId)) };
}

async function allRows(at: SheetsAddresses, call: ConnectorCall, target: PushTarget): Promise<Answer<SheetRow[]>> {
	const sheet = await openSheet(at, call, target);
	return sheet.ok ? readRows(call, sheet.value, { columns: target.columns.filter(isReadable) }) : sheet;
}

function isReadable({ type }: TableField): boolean {
	return type !== "unsupported";
}

function remoteRow(row: SheetRow | undefined, keyColumns: readonly string[], remoteId: string | null): RemoteRow[] {
	if (row === undefined) return [];
	const id = remoteId ?? makeRowId(row.row, keyText(keyColumns.map((column) => row.cells[column])));
	return [{ remoteId: id, cells: row.cells, changedAt: null }];
}

/** Deletes the rows themselves, so that no gap stays. */
export async function remove(
	at: SheetsAddresses,
	call: ConnectorCall,
	{ target, remoteIds }: { target: PushTarget; remoteIds: readonly string[] },
): Promise<ConnectorResult<{ removed: string[] }>> {
	const sheet = await openSheet(at, call, target);
	if (!sheet.ok) return failureOf(sheet.trouble);
	const columns = target.columns.filter(({ id }) => target.matchKey.includes(id));
	const rows = await readRows(call, sheet.value, { columns });
	if (!rows.ok) return failureOf(rows.trouble);
	const found = new KeyIndex(rows.value, target.matchKey).findAll(remoteIds);
	if (!found.ok) return failureOf(found.trouble);
	// From the bottom up, for each deletion moves what is below it.
	const places = [...new Set(found.value.values())].toSorted((one, other) => other - one);
	const { sheetId } = sheet.value;
	const requests = places.map((row) => ({
		deleteDimension: { range: { sheetId, dimension: "ROWS", startIndex: row - 1, endIndex: row } },
	}));
	const changed = await change(call, sheet.value, requests);
	return changed.ok ? { kind: "ok", value: { removed: [...remoteIds] } } : failureOf(changed.trouble);
}

/** What a person calls a row. */
function firstColumns(sheet: OpenSheet): TableField[] {
	const heading = sheet.headings.find(({ isTwice }) => !isTwice);
	return heading === undefined ? [] : [tableField(heading, sheet.entry, true)];
}

const maxSuggestions = 20;

/** Rows whose first column has this text, over the whole tab. */
export async function searchRows(
	at: SheetsAddresses,
	call: ConnectorCall,
	{ table, text }: { table: TableOf<never>; text: string },
): Promise<ConnectorResult<{ id: string; label: string }[]>> {
	const sheet = await openSheet(at, call, table);
	if (!sheet.ok) return failureOf(sheet.trouble);
	const columns = firstColumns(sheet.value);
	const rows = await readRows(call, sheet.value, { columns });
	if (!rows.ok) return failureOf(rows.trouble);
	const found = rows.value.flatMap(({ row, cells }) => {
		const label = String(columns.map(({ id }) => cells[id])[0] ?? "");
		return label.toLowerCase().includes(text.toLowerCase()) ? [{ id: makeRowId(row, keyText([label])), label }] : [];
	});
	return { kind: "ok", value: found.slice(0, maxSuggestions) };
}
