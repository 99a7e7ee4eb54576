import type { ConnectorCall } from "../connector.ts";
import { type Answer, ask, type SheetsAddresses } from "./api.ts";
import { type FileEntry, SpreadsheetReply } from "./replies.ts";

/** What most captures have. */
const headings = ["URL", "Title", "Description", "Saved"];

/**
 * Somebody who just connected has no file that Sheaf may see: Google hands over only what an app made or was given. So that there is
 * something to choose, one is made. A reply that was lost costs an empty spreadsheet and nothing else.
 */
export async function makeFirstSpreadsheet(at: SheetsAddresses, call: ConnectorCall): Promise<Answer<FileEntry>> {
	const values = headings.map((stringValue) => ({ userEnteredValue: { stringValue } }));
	const made = await ask(call, {
		method: "POST",
		url: `${at.apiUrl}/v4/spreadsheets`,
		json: {
			properties: { title: "Sheaf" },
			sheets: [{ properties: { title: "Records" }, data: [{ rowData: [{ values }] }] }],
		},
		reply: SpreadsheetReply,
	});
	return made.ok ? { ok: true, value: { id: made.value.spreadsheetId, name: made.value.properties.title } } : made;
}
