import type { ConnectorCall, PushResult, PushRow, PushTarget } from "../connector.ts";
import { pushFailure } from "../row-failure.ts";
import { upsertByLookup } from "../upsert-by-lookup.ts";
import { fetchFiles } from "./files.ts";
import { openDoor } from "./rows.ts";
import { type OpenTable, openTable } from "./table.ts";
import { title } from "./title.ts";

/**
 * Looks the rows up, updates those that are there and makes the others; Baserow has nothing that does both. A reply that was lost is
 * made up for by doing the same again.
 */
export async function push(call: ConnectorCall, target: PushTarget, rows: readonly PushRow[]): Promise<PushResult> {
	const columnIds = new Set([...target.matchKey, ...rows.flatMap(({ cells }) => Object.keys(cells))]);
	const table = await openTable(call, target, [...columnIds]);
	if (!table.ok) return pushFailure(title, table.trouble);
	if (rows.some(({ cells }) => hasStrangeChoice(table.value, cells))) return pushFailure(title, { kind: "option" });
	const filled = await fetchFiles(call, table.value, rows);
	if (!filled.ok) return pushFailure(title, filled.trouble);
	const pushed = await upsertByLookup(openDoor(call, table.value), target, filled.value);
	return pushed.ok ? { kind: "pushed", rows: pushed.value } : pushFailure(title, pushed.trouble);
}

/** A token may not add choices, and the server's refusal of one does not say that it is one. */
function hasStrangeChoice({ columns }: OpenTable, cells: PushRow["cells"]): boolean {
	return Object.entries(cells).some(([id, cell]) => {
		const { type, options = [] } = columns.get(id) ?? {};
		if (type !== "select" && type !== "multi_select") return false;
		const names = Array.isArray(cell) ? cell : [cell ?? []].flat();
		return names.some((name) => !options.includes(String(name)));
	});
}
