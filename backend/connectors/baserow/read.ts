import type { AttachedFile, ConnectorCall, ConnectorResult, PushTarget, RemoteRow, WantedRows } from "../connector.ts";
import { plainText } from "../plain-text.ts";
import { readFailure } from "../row-failure.ts";
import type { Answer } from "../row-trouble.ts";
import { keyText } from "../upsert-by-lookup.ts";
import { sendFile } from "./files.ts";
import { openDoor, readPage, removeRows, rowsById } from "./rows.ts";
import { type OpenTable, openTable } from "./table.ts";
import { title } from "./title.ts";

type Table = Pick<PushTarget, "containerId" | "tableId">;

export async function read(
	call: ConnectorCall,
	target: PushTarget,
	wanted: WantedRows,
): Promise<ConnectorResult<RemoteRow[]>> {
	return at(call, { table: target, columns: target.matchKey }, async (table) => {
		if (wanted.by === "id") return rowsById(call, table, wanted.ids);
		const found = await openDoor(call, table).rowsByKey(wanted.keys);
		const keys = new Set(wanted.keys.map((key) => keyText(target.matchKey, key)));
		if (!found.ok) return found;
		return { ok: true, value: found.value.filter(({ cells }) => keys.has(keyText(target.matchKey, cells))) };
	});
}

export async function remove(
	call: ConnectorCall,
	target: PushTarget,
	remoteIds: readonly string[],
): Promise<ConnectorResult<{ removed: string[] }>> {
	return at(call, { table: target }, async (table) => {
		const answer = await removeRows(call, table, remoteIds);
		return answer.ok ? { ok: true, value: { removed: [...remoteIds] } } : answer;
	});
}

/** By the server's own search, over all columns; the primary one is what a row is called. */
export async function searchRows(
	call: ConnectorCall,
	table: Table,
	text: string,
): Promise<ConnectorResult<{ id: string; label: string }[]>> {
	return at(call, { table: table }, async (open) => {
		const page = await readPage(call, open, { page: 1, query: { search: text } });
		if (!page.ok) return page;
		const primary = String(open.fields.find((field) => field.primary === true)?.id ?? "");
		const rows = page.value.rows.map(({ remoteId, cells }) => ({
			id: remoteId,
			label: plainText(cells[primary] ?? remoteId),
		}));
		return { ok: true, value: rows };
	});
}

/** Adds the file to those that are in the cell already: a cell is written whole. */
export async function upload(
	call: ConnectorCall,
	target: PushTarget,
	file: AttachedFile,
): Promise<ConnectorResult<{ id: string }>> {
	return at(call, { table: target, columns: [file.columnId] }, async (table) => {
		const found = await rowsById(call, table, [file.remoteId]);
		if (!found.ok) return found;
		const [row] = found.value;
		if (row === undefined) return { ok: false, trouble: { kind: "row_missing" } };
		const cell = row.cells[file.columnId];
		// Sent already, and the reply was lost.
		const known = (Array.isArray(cell) ? cell : []).find(({ visible_name }) => visible_name === file.name);
		if (known !== undefined) return { ok: true, value: { id: String(known.name) } };
		const sent = await sendFile(call, file);
		if (!sent.ok) return sent;
		const earlier = (Array.isArray(cell) ? cell : []).map(({ name, visible_name }) => ({ name, visible_name }));
		const files = [...earlier, { name: sent.value, visible_name: file.name }];
		const written = await openDoor(call, table).update([
			{ remoteId: file.remoteId, cells: { [file.columnId]: files } },
		]);
		return written.ok ? { ok: true, value: { id: sent.value } } : written;
	});
}

async function at<Value>(
	call: ConnectorCall,
	{ table: place, columns = [] }: { table: Table; columns?: readonly string[] },
	act: (table: OpenTable) => Promise<Answer<Value>>,
): Promise<ConnectorResult<Value>> {
	const table = await openTable(call, place, columns);
	const answer = table.ok ? await act(table.value) : table;
	return answer.ok ? { kind: "ok", value: answer.value } : readFailure(title, answer.trouble);
}
