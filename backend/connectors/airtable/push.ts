import type { Static } from "@sinclair/typebox";
import type { ConnectorCall, PushResult, PushRow, PushTarget } from "../connector.ts";
import { type Answer, type ApiSettings, ask } from "./api.ts";
import { linkRows } from "./link-rows.ts";
import { pushFailure } from "./push-failure.ts";
import { existing } from "./read.ts";
import { mayMeanGone } from "./remove.ts";
import { UpsertReply } from "./replies.ts";
import { comparable } from "./row-cells.ts";
import { tablePath } from "./rows.ts";

const selectTypes = new Set(["select", "multi_select"]);

/**
 * One upsert: on the match key, or by the row's id where that is known. A reply that was lost is made up for by sending
 * the same again: the rows are then found by their key and updated to what they already hold.
 */
export async function push(
	settings: ApiSettings,
	call: ConnectorCall,
	work: { target: PushTarget; rows: readonly PushRow[] },
): Promise<PushResult> {
	const { target } = work;
	const linked = await linkRows(settings, call, work);
	if (!linked.ok) return linked.result;
	const rows = fold(target, linked.rows);
	const answer = await upsertKnown(settings, call, { target, rows });
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

type Upsert = { target: PushTarget; rows: readonly FoldedRow[] };

/** A row that was to be found by its id and is gone fails the request. Those are then left to their match key, and made anew. */
async function upsertKnown(
	settings: ApiSettings,
	call: ConnectorCall,
	{ target, rows }: Upsert,
): Promise<Answer<Static<typeof UpsertReply>>> {
	const answer = await upsert(settings, call, { target, rows });
	const ids = rows.flatMap(({ remoteId }) => remoteId ?? []);
	if (answer.ok || ids.length === 0 || !mayMeanGone(answer.trouble)) return answer;
	const there = await existing(settings, call, { target, ids });
	if (!there.ok) return there;
	if (ids.every((id) => there.value.has(id))) return answer;
	const known = rows.map(({ refs, cells, remoteId }) => ({
		refs,
		cells,
		...(remoteId !== undefined && there.value.has(remoteId) ? { remoteId } : {}),
	}));
	return upsert(settings, call, { target, rows: known });
}

function upsert(settings: ApiSettings, call: ConnectorCall, { target, rows }: Upsert) {
	return ask(settings, call, {
		method: "PATCH",
		path: tablePath(target),
		json: {
			performUpsert: { fieldsToMergeOn: target.matchKey },
			...(needsTypecast(target, rows) ? { typecast: true } : {}),
			returnFieldsByFieldId: true,
			records: rows.map(({ cells, remoteId }) => ({
				...(remoteId === undefined ? {} : { id: remoteId }),
				fields: cells,
			})),
		},
		reply: UpsertReply,
	});
}

type FoldedRow = { refs: string[]; cells: PushRow["cells"]; remoteId?: string };

/**
 * Airtable does not say what it does with two items of one key in one request; the worst is two rows. Keys that differ
 * as captured can be one as cells ("red" and "Red" are one choice), so rows are folded here, by what is sent: the
 * later one's cells win. A row that is known by its id is folded with others of that id alone.
 */
function fold(target: PushTarget, rows: readonly PushRow[]): FoldedRow[] {
	const folded = new Map<string, FoldedRow>();
	for (const { ref, cells, remoteId } of rows) {
		const key = remoteId ?? JSON.stringify(target.matchKey.map((id) => comparable(cells[id])));
		const earlier = folded.get(key);
		folded.set(key, {
			refs: [...(earlier?.refs ?? []), ref],
			cells: { ...earlier?.cells, ...cells },
			...(remoteId === undefined ? {} : { remoteId }),
		});
	}
	return [...folded.values()];
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
