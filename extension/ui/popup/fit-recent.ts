import type { LocalRecord } from "../../outbox/types.ts";

/** Lines under the record. More, and the list would push the record itself out of sight. */
const lines = 4;

/** As many of the newest as there are lines for; a record that needs the person takes two, for its reason and its button. */
export function fitRecent<One extends Pick<LocalRecord, "state">>(records: readonly One[]): One[] {
	let left = lines;
	const fitting: One[] = [];
	for (const record of records) {
		left -= record.state === "needs_you" ? 2 : 1;
		if (left < 0) break;
		fitting.push(record);
	}
	return fitting;
}
