import type { LocalRecord, RecordState, Taking } from "../../outbox/types.ts";

/** What has not left this device, or not surely: nothing has to be asked to take it back. */
const notThere: ReadonlySet<RecordState> = new Set<RecordState>(["local", "sending"]);

/**
 * Whether Undo is offered for a record. `isUpdate`: there was a version before it; what that said can always be sent again.
 */
export function canTakeBack(record: Pick<LocalRecord, "state" | "undo">, isUpdate: boolean): boolean {
	if (record.state === "undoing") return false;
	return isUpdate || notThere.has(record.state) || record.undo !== null;
}

/**
 * What Undo takes back of a capture that was sent before this page was there: what is new. Of an update it is not known here what stood
 * there before.
 */
export function takeableOf(capture: readonly LocalRecord[]): Taking[] {
	const fresh = capture.filter((record) => record.version === 1 && canTakeBack(record, false));
	return fresh.map(({ id }) => ({ recordId: id, before: null }));
}

/** A destination that takes nothing back waits a little before it sends; what waits longer than this waits for something else. */
const longestHoldMs = 15_000;

/** Seconds until a record is sent that can be taken back until then; null when it is not that which it waits for. */
export function secondsUntilSent(
	record: Pick<LocalRecord, "state" | "undo" | "nextAttemptAt">,
	now: number,
): number | null {
	if (record.state !== "stored" || record.undo !== "take_back" || record.nextAttemptAt === null) return null;
	const leftMs = Date.parse(record.nextAttemptAt) - now;
	return leftMs > 0 && leftMs <= longestHoldMs ? Math.ceil(leftMs / 1_000) : null;
}
