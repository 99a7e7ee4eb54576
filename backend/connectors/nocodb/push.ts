import type { ConnectorCall, PushResult, PushRow, PushTarget } from "../connector.ts";
import { pushFailure } from "../row-failure.ts";
import { upsertByLookup } from "../upsert-by-lookup.ts";
import { addChoices } from "./choices.ts";
import { openDoor } from "./rows.ts";
import { openTable } from "./table.ts";
import { title } from "./title.ts";

/**
 * Looks the rows up, updates those that are there and makes the others; in this version of the interface nothing does both. A reply
 * that was lost is made up for by doing the same again.
 */
export async function push(call: ConnectorCall, target: PushTarget, rows: readonly PushRow[]): Promise<PushResult> {
	const columnIds = new Set([...target.matchKey, ...rows.flatMap(({ cells }) => Object.keys(cells))]);
	const table = await openTable(call, target, [...columnIds]);
	if (!table.ok) return pushFailure(title, table.trouble);
	const choices = await addChoices(call, table.value, rows);
	if (!choices.ok) return pushFailure(title, choices.trouble);
	const pushed = await upsertByLookup(openDoor(call, table.value), target, rows);
	return pushed.ok ? { kind: "pushed", rows: pushed.value } : pushFailure(title, pushed.trouble);
}
