import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { AttachedFile, ConnectorCall, ConnectorResult, PushTarget, RemoteRow, WantedRows } from "../connector.ts";
import { plainText } from "../plain-text.ts";
import { readFailure } from "../row-failure.ts";
import type { Answer } from "../row-trouble.ts";
import { keyText } from "../upsert-by-lookup.ts";
import { ask } from "./api.ts";
import { UploadReply } from "./replies.ts";
import { openDoor, readPage, removeRows, rowsById, searchFilter } from "./rows.ts";
import { type OpenTable, openTable } from "./table.ts";
import { title } from "./title.ts";

const KnownFile = Type.Object({ id: Type.String(), title: Type.Optional(Type.String()) });

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

/** In the column that stands for a row where it is linked. */
export async function searchRows(
	call: ConnectorCall,
	table: Table,
	text: string,
): Promise<ConnectorResult<{ id: string; label: string }[]>> {
	return at(call, { table: table }, async (open) => {
		const columns = [...open.columns.values()];
		const name =
			columns.find(({ pv }) => pv === true || pv === 1) ?? columns.find(({ uidt }) => uidt === "SingleLineText");
		if (name === undefined) return { ok: true, value: [] };
		const page = await readPage(call, open, { offset: 0, query: { filterArrJson: searchFilter(name.id, text) } });
		if (!page.ok) return page;
		const rows = page.value.rows.map(({ remoteId, cells }) => ({
			id: remoteId,
			label: plainText(cells[name.id] ?? remoteId),
		}));
		return { ok: true, value: rows };
	});
}

/**
 * Adds the file to those that are in the cell already. Sent twice it would be there twice, so a file of this name is taken as the one whose
 * reply was lost.
 */
export async function upload(
	call: ConnectorCall,
	target: PushTarget,
	file: AttachedFile,
): Promise<ConnectorResult<{ id: string }>> {
	return at(call, { table: target, columns: [file.columnId] }, async (table) => {
		const found = await rowsById(call, table, [file.remoteId]);
		if (!found.ok) return found;
		const known = fileIdIn(found.value[0]?.cells[file.columnId], ({ title }) => title === file.name);
		if (known !== null) return { ok: true, value: { id: known } };
		const [baseId = ""] = target.containerId.split("@");
		const part = (text: string) => encodeURIComponent(text);
		const answer = await ask(call, {
			method: "POST",
			path: `/api/v3/data/${part(baseId)}/${part(target.tableId)}/records/${part(file.remoteId)}/fields/${part(file.columnId)}/upload`,
			json: { contentType: file.contentType, filename: file.name, file: Buffer.from(file.bytes).toString("base64") },
			reply: UploadReply,
		});
		if (!answer.ok) return answer;
		const id = fileIdIn(answer.value.fields[table.columns.get(file.columnId)?.title ?? ""], () => true);
		return id === null ? { ok: false, trouble: { kind: "provider", afterMs: 2_000 } } : { ok: true, value: { id } };
	});
}

/** The id of the last file of a cell that is meant. */
function fileIdIn(cell: unknown, isMeant: (file: Static<typeof KnownFile>) => boolean): string | null {
	const files = (Array.isArray(cell) ? cell : []).filter((file) => Value.Check(KnownFile, file));
	return files.findLast(isMeant)?.id ?? null;
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
