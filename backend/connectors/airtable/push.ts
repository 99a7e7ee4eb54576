import type { ConnectorCall, PushResult, PushRow, PushTarget } from "../connector.ts";
import { type ApiSettings, ask } from "./api.ts";
import { pushFailure } from "./push-failure.ts";
import { UpsertReply } from "./replies.ts";

const selectTypes = new Set(["select", "multi_select"]);

/**
 * One upsert on the match key. A reply that was lost is made up for by sending the same again: the rows are then found
 * by their key and updated to what they already hold.
 */
export async function push(
	settings: ApiSettings,
	call: ConnectorCall,
	work: { target: PushTarget; rows: readonly PushRow[] },
): Promise<PushResult> {
	const { target } = work;
	const rows = foldByKey(target, work.rows);
	const answer = await ask(settings, call, {
		method: "PATCH",
		path: `/${encodeURIComponent(target.containerId)}/${encodeURIComponent(target.tableId)}`,
		json: {
			performUpsert: { fieldsToMergeOn: target.matchKey },
			...(needsTypecast(target, rows) ? { typecast: true } : {}),
			returnFieldsByFieldId: true,
			records: rows.map(({ cells }) => ({ fields: cells })),
		},
		reply: UpsertReply,
	});
	if (!answer.ok) return pushFailure(settings.title, answer.trouble);
	const { records, createdRecords } = answer.value;
	// Which row is which is told by the order alone, so a reply of another length names nothing for certain.
	if (records.length !== rows.length) return pushFailure(settings.title, { kind: "provider", afterMs: 2_000 });
	const created = new Set(createdRecords);
	return {
		kind: "pushed",
		rows: rows.flatMap(({ refs }, index) => {
			const remoteId = records[index]?.id ?? "";
			return refs.map((ref) => ({ ref, remoteId, created: created.has(remoteId) }));
		}),
	};
}

type FoldedRow = { refs: string[]; cells: PushRow["cells"] };

/**
 * Airtable does not say what it does with two items of one key in one request; the worst is two rows. Keys that differ
 * as captured can be one as cells ("red" and "Red" are one choice), so rows are folded here, by what is sent: the
 * later one's cells win.
 */
function foldByKey(target: PushTarget, rows: readonly PushRow[]): FoldedRow[] {
	const folded = new Map<string, FoldedRow>();
	for (const { ref, cells } of rows) {
		const key = JSON.stringify(target.matchKey.map((id) => canonical(cells[id])));
		const earlier = folded.get(key);
		folded.set(key, { refs: [...(earlier?.refs ?? []), ref], cells: { ...earlier?.cells, ...cells } });
	}
	return [...folded.values()];
}

function canonical(cell: unknown): unknown {
	return Array.isArray(cell) ? cell.map((entry) => JSON.stringify(entry)).sort() : (cell ?? null);
}

/**
 * `typecast` lets Airtable add a choice that a select does not have yet. It also makes Airtable guess at every other
 * value and drop silently what it cannot guess, so it is asked for only when a row fills a select at all. (Asking
 * only for choices missing from the cached list would fail once somebody removed a choice there.)
 */
function needsTypecast(target: PushTarget, rows: readonly FoldedRow[]): boolean {
	const selects = target.columns.filter((column) => selectTypes.has(column.type)).map((column) => column.id);
	return rows.some((row) => selects.some((id) => row.cells[id] !== undefined && row.cells[id] !== null));
}
