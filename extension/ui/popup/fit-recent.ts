import type { LocalRecord } from "../../outbox/types.ts";

/** Lines under the record. More, and the list would push the record itself out of sight. */
const maxLines = 4;

export type Fitting<One> = {
	/** Newest first. */
	shown: One[];
	/** How many need the person besides; they have a line together. */
	olderNeedYou: number;
};

/**
 * As many of the newest as there are lines for; one that needs the person takes two, for its reason and its button.
 * `needYou`: how many need the person altogether, read or not.
 */
export function fitRecent<One extends Pick<LocalRecord, "state">>(
	records: readonly One[],
	needYou: number,
): Fitting<One> {
	const shown = fit(records, maxLines);
	if (needYou === count(shown)) return { shown, olderNeedYou: 0 };
	const fewer = fit(records, maxLines - 1);
	return { shown: fewer, olderNeedYou: needYou - count(fewer) };
}

function fit<One extends Pick<LocalRecord, "state">>(records: readonly One[], lines: number): One[] {
	let left = lines;
	const fitting: One[] = [];
	for (const record of records) {
		left -= record.state === "needs_you" ? 2 : 1;
		if (left < 0) break;
		fitting.push(record);
	}
	return fitting;
}

const count = (records: readonly Pick<LocalRecord, "state">[]): number =>
	records.filter(({ state }) => state === "needs_you").length;
