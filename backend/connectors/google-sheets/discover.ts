import type { Table } from "../../contract/connections.ts";
import type { ConnectorCall, ConnectorResult } from "../connector.ts";
import { type Answer, ask, type SheetsAddresses } from "./api.ts";
import { headingsOf, tableField } from "./columns.ts";
import { failureOf } from "./failure.ts";
import { makeFirstSpreadsheet } from "./first-spreadsheet.ts";
import { type FileEntry, FilesReply, SpreadsheetReply, ValuesReply } from "./replies.ts";
import { sheetFields, valuesRequest } from "./sheet.ts";

/** Two requests each, one a second: more would keep a person waiting for longer than they stay. The last used come first. */
const maxSpreadsheets = 20;

const isSpreadsheet = "mimeType='application/vnd.google-apps.spreadsheet' and trashed=false";

/**
 * The tabs of the spreadsheets that Sheaf was given, with their first row as headings. A file that was taken back in between is left
 * out instead of failing the rest; one that may only be read is listed with its columns closed to writing.
 */
export async function discover(at: SheetsAddresses, call: ConnectorCall): Promise<ConnectorResult<Table[]>> {
	const files = await listFiles(at, call);
	if (!files.ok) return failureOf(files.trouble);
	const made = files.value.length === 0 ? await makeFirstSpreadsheet(at, call) : null;
	if (made?.ok === false) return failureOf(made.trouble);
	const tables: Table[] = [];
	for (const file of made === null ? files.value : [made.value]) {
		const answer = await listTabs(at, call, file);
		if (answer.ok) tables.push(...answer.value);
		else if (!isOfOneFile(answer.trouble.kind)) return failureOf(answer.trouble);
	}
	return { kind: "ok", value: tables };
}

function isOfOneFile(kind: string): boolean {
	return kind === "permission" || kind === "table_missing" || kind === "not_a_sheet" || kind === "refused";
}

async function listFiles(at: SheetsAddresses, call: ConnectorCall): Promise<Answer<FileEntry[]>> {
	const files: FileEntry[] = [];
	let pageToken: string | undefined;
	do {
		const query = new URLSearchParams({
			q: isSpreadsheet,
			orderBy: "modifiedTime desc",
			pageSize: String(maxSpreadsheets),
			fields: "nextPageToken,files(id,name,capabilities(canEdit))",
			...(pageToken === undefined ? {} : { pageToken }),
		});
		const answer = await ask(call, {
			method: "GET",
			url: `${at.driveUrl}/drive/v3/files?${query.toString()}`,
			reply: FilesReply,
		});
		if (!answer.ok) return answer;
		files.push(...answer.value.files);
		pageToken = answer.value.nextPageToken;
		// A page may be short, or empty, although more follow.
	} while (pageToken !== undefined && files.length < maxSpreadsheets);
	return { ok: true, value: files.slice(0, maxSpreadsheets) };
}

async function listTabs(at: SheetsAddresses, call: ConnectorCall, file: FileEntry): Promise<Answer<Table[]>> {
	const spreadsheetUrl = `${at.apiUrl}/v4/spreadsheets/${encodeURIComponent(file.id)}`;
	const url = `${spreadsheetUrl}?fields=${encodeURIComponent(sheetFields)}`;
	const found = await ask(call, { method: "GET", url, reply: SpreadsheetReply });
	if (!found.ok) return found;
	const tabs = (found.value.sheets ?? []).filter(
		({ properties }) => (properties.sheetType ?? "GRID") === "GRID" && properties.hidden !== true,
	);
	if (tabs.length === 0) return { ok: true, value: [] };
	const ranges = tabs.map(({ properties }) => ({ sheetId: properties.sheetId ?? 0, startRowIndex: 0, endRowIndex: 1 }));
	const headers = await ask(call, {
		method: "POST",
		url: `${spreadsheetUrl}/values:batchGetByDataFilter`,
		json: valuesRequest(ranges),
		reply: ValuesReply,
	});
	if (!headers.ok) return headers;
	const rowOf = new Map(
		(headers.value.valueRanges ?? []).map(({ valueRange, dataFilters }) => [
			dataFilters[0]?.gridRange.sheetId ?? 0,
			valueRange.values?.[0] ?? [],
		]),
	);
	const mayWrite = file.capabilities?.canEdit !== false;
	const tables = tabs.map((tab) => {
		const sheetId = tab.properties.sheetId ?? 0;
		return {
			id: String(sheetId),
			name: tab.properties.title,
			container: { id: file.id, name: file.name },
			fields: headingsOf(rowOf.get(sheetId) ?? []).map((heading) => tableField(heading, tab, mayWrite)),
		};
	});
	return { ok: true, value: tables };
}
