import type { RecordProblem } from "../../backend/contract/errors.ts";
import type { RecordView } from "../../backend/contract/records.ts";
import { normalUrl } from "../capture/normal-url.ts";
import { nothingReported, noWorkspace, type RecordRow } from "./schema.ts";
import type { LocalRecord } from "./types.ts";

type Answer = { event: string; problem?: RecordProblem };

/** The row once the last operation of it has been answered; undefined: there is none any more. */
export function answered(row: RecordRow, { event, problem }: Answer): RecordRow | undefined {
	if (event === "removalAccepted") return undefined;
	if (event === "undoRejected") return { ...row, undo: null, undoTo: null, undoProblem: problem?.message ?? null };
	return { ...row, undo: event === "undoAccepted" ? null : "unasked" };
}

/**
 * What the backend says, as columns of the row. Content only when it is of a newer version, from another device: the
 * same version comes back with its fields in another order.
 */
export function reported(row: RecordRow, view: RecordView): RecordRow {
	const { version, targetId, remoteUrl, problem, supersededBy, nextAttemptAt } = view;
	const standing = {
		...row,
		targetId,
		remoteUrl,
		problem,
		supersededBy,
		nextAttemptAt,
		captureId: view.captureId ?? row.captureId,
		undo: view.undo?.kind ?? null,
		inReview: view.review === "waiting",
		// A server of before this does not say.
		remote: view.remote ?? null,
		note: view.note ?? null,
	};
	if (version <= row.version) return standing;
	const { kind, source, fields } = view;
	// A server of before this does not say.
	const provenance = view.provenance ?? {};
	return {
		...standing,
		version,
		kind,
		source,
		fields,
		provenance,
		normalUrl: normalUrl(source.url),
		undoProblem: null,
	};
}

/** What "already saved" finds a record by. A row of a table is one of thousands on its page and stands for none of it. */
export function pageAddress({ kind, source }: Pick<LocalRecord, "kind" | "source">): string {
	return kind === "row" ? "" : normalUrl(source.url);
}

/** The same content, to be sent anew. */
export function nextVersion(row: RecordRow): RecordRow {
	return { ...row, ...nothingReported, version: row.version + 1, supersededBy: null };
}

/** Its target is of the workspace it had too, and no other workspace knows the record. */
export function withoutPlace(row: RecordRow): RecordRow {
	const nowhere = { workspaceId: noWorkspace, targetId: null };
	return { ...row, ...nothingReported, ...nowhere, remoteUrl: null, supersededBy: null, everSent: false };
}

/** The row as the rest of the extension sees it. */
export function withoutOwnColumns({
	standing: _standing,
	everSent: _everSent,
	undoTo: _undoTo,
	...record
}: RecordRow): LocalRecord {
	return record;
}

/** The records of one capture have the same key; one that is alone has its own. */
export function captureKey({ id, captureId }: Pick<LocalRecord, "id" | "captureId">): string {
	return captureId ?? id;
}
