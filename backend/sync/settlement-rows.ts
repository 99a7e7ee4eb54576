import { type Settlement, stateAfter } from "./settlement.ts";

/** The results, as the columns that `settle` reads them by. */
export function resultsJson(settlements: readonly Settlement[]): string {
	const rows = settlements.map((row) => ({
		record_id: row.recordId,
		epoch: row.epoch,
		version: row.version,
		outcome: row.outcome,
		state: stateAfter[row.outcome],
		reason: row.reason,
		// Where the account or the target is at fault, they carry the reason: the record shows theirs while they do.
		problem: row.outcome === "reconnect" || row.outcome === "mend_target" ? null : row.problem,
		attempts: row.attempts,
		delay_ms: row.delayMs,
		remote_id: row.remoteId,
		remote_url: row.remoteUrl,
		created: row.created,
		conflict: row.conflict,
		base: row.base,
		note: row.note,
	}));
	return JSON.stringify(rows);
}

/** The older records that were folded into them. */
export function olderJson(settlements: readonly Settlement[]): string {
	const rows = settlements.flatMap(({ older }) => older);
	return JSON.stringify(rows.map(({ recordId, version }) => ({ record_id: recordId, version })));
}
