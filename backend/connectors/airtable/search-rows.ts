import type { ConnectorCall, ConnectorResult } from "../connector.ts";
import type { Answer, ApiSettings } from "./api.ts";
import { failureOf } from "./failure.ts";
import { anyOf, contains, readsAs } from "./formula.ts";
import type { RowEntry, TableEntry } from "./replies.ts";
import { listAll, listPage, readTables, type TablePlace } from "./rows.ts";

export type LabelledRow = { id: string; label: string };

/** As many as a person looks through. */
const maxFound = 50;
/** Names in one formula. */
const namesPerRequest = 50;

/** Rows whose primary field has this text, whatever its case: Airtable looks through the whole table, not we through its pages. */
export async function searchRows(
	settings: ApiSettings,
	call: ConnectorCall,
	{ place, text }: { place: TablePlace; text: string },
): Promise<ConnectorResult<LabelledRow[]>> {
	const tables = await readTables(settings, call, place.containerId);
	if (!tables.ok) return failureOf(settings.title, tables.trouble);
	const primary = primaryOf(tables.value.find(({ id }) => id === place.tableId));
	if (primary === null) return failureOf(settings.title, { kind: "table_missing" });
	const part = text.trim();
	const answer = await listPage(settings, call, {
		place,
		listing: {
			fields: [primary.id],
			maxRecords: maxFound,
			sortBy: primary.id,
			...(part === "" ? {} : { formula: contains(primary.name, part) }),
		},
	});
	if (!answer.ok) return failureOf(settings.title, answer.trouble);
	return { kind: "ok", value: answer.value.records.map((row) => labelled(row, primary.id)) };
}

/** All rows whose primary field reads as one of these names, whatever its case. */
export async function rowsNamed(
	settings: ApiSettings,
	call: ConnectorCall,
	{ place, primary, names }: { place: TablePlace; primary: PrimaryField; names: readonly string[] },
): Promise<Answer<LabelledRow[]>> {
	const found: LabelledRow[] = [];
	for (let start = 0; start < names.length; start += namesPerRequest) {
		const conditions = names.slice(start, start + namesPerRequest).map((name) => readsAs(primary.name, name));
		const answer = await listAll(settings, call, {
			place,
			listing: { fields: [primary.id], formula: anyOf(conditions) },
		});
		if (!answer.ok) return answer;
		found.push(...answer.value.map((row) => labelled(row, primary.id)));
	}
	return { ok: true, value: found };
}

export type PrimaryField = { id: string; name: string };

export function primaryOf(table: TableEntry | undefined): PrimaryField | null {
	return table?.fields.find(({ id }) => id === table.primaryFieldId) ?? null;
}

function labelled({ id, fields }: RowEntry, primaryId: string): LabelledRow {
	const cell = fields[primaryId] ?? "";
	return { id, label: typeof cell === "string" ? cell : JSON.stringify(cell) };
}
