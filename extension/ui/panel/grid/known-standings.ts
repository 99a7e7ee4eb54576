import type { TableRow } from "../../../capture/tables/types.ts";
import type { HereIndex, Standing } from "./standing-here.ts";

/** What was answered of the rows, for one plan of columns and one reading of this device's records. */
export type Known = {
	plan: string;
	index: HereIndex;
	here: Map<string, Standing>;
	there: Map<string, Standing>;
	/** What has left this device and is asked about: until the answer, what was said of it. */
	leaving: Map<string, Standing>;
	/** What was sent, and how many times more it is asked about. */
	sent: Map<string, number>;
	/** Grows when answers became old. */
	turn: number;
};

/**
 * This device's records are read now and then: a row that was sent may have arrived before it was seen here, and may be on its way while
 * it is asked about.
 */
export const asksPerSentRow = 5;

export function nothingKnown(plan: string, index: HereIndex): Known {
	return { plan, index, here: new Map(), there: new Map(), leaving: new Map(), sent: new Map(), turn: 0 };
}

/** What is there by now: rows that can be asked about, and how each stands on this device. */
type Now = { rows: readonly TableRow[]; held: (row: TableRow) => Standing };

/** This device's records changed. The workspace is asked again about rows that were here, or on their way, and may not be any more. */
export function reindexed(before: Known, index: HereIndex, { rows, held }: Now): Known {
	const here = new Map(rows.map((row) => [row.id, held(row)] as const));
	const sent = new Map(before.sent);
	const gone = rows.filter(({ id }) => {
		const record = before.here.get(id)?.recordId;
		if (record) return !index.ids.has(record);
		const asksLeft = sent.get(id) ?? 0;
		if (asksLeft === 0 || here.get(id)?.recordId || before.there.get(id)?.standing !== "new") return false;
		sent.set(id, asksLeft - 1);
		return true;
	});
	const there = new Map(before.there);
	const leaving = new Map(before.leaving);
	for (const { id } of gone) {
		there.delete(id);
		const standing = before.here.get(id);
		if (standing) leaving.set(id, standing);
	}
	return { ...before, index, here, there, leaving, sent, turn: before.turn + Math.sign(gone.length) };
}

/** What is on this device may not have reached the workspace yet; of all else the workspace knows more. */
export function joined(here: Standing | undefined, there: Standing | undefined): Standing | undefined {
	if (!there) return here;
	return there.standing === "new" && here && here.standing !== "no_key" ? here : there;
}
