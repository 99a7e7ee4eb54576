import type { ConflictPolicy } from "../contract/targets.ts";
import { cellFingerprint, cellText, isEmptyCell } from "../records/cell-fingerprint.ts";
import type { Choice, StoredConflictColumn, StoredDecision } from "../records/stored-conflict.ts";

type Cells = Readonly<Record<string, unknown>>;

/** How a captured cell stands to the one that is there. A cell that was not captured is never looked at. */
export type Situation = "same" | "only_ours" | "only_theirs" | "both_differ";

/** `newest`: whoever changed it last. `ask`: the person. */
export type Verdict = Choice | "newest" | "ask";

/**
 * SYNC-5 as a table, complete by type. `same` needs no verdict. An empty cell there is filled by every policy but `keep_remote`;
 * emptying one that is filled there is a change like any other.
 */
export const verdicts: Readonly<Record<ConflictPolicy, Readonly<Record<Exclude<Situation, "same">, Verdict>>>> = {
	overwrite: { only_ours: "ours", only_theirs: "ours", both_differ: "ours" },
	fill_empty: { only_ours: "ours", only_theirs: "theirs", both_differ: "theirs" },
	keep_remote: { only_ours: "theirs", only_theirs: "theirs", both_differ: "theirs" },
	newest_wins: { only_ours: "ours", only_theirs: "newest", both_differ: "newest" },
	ask: { only_ours: "ours", only_theirs: "ask", both_differ: "ask" },
};

export type MergeInput = {
	ours: Cells;
	theirs: Cells;
	/** When the row was last changed there; null where the provider does not say. */
	changedAt: string | null;
	capturedAt: string;
	policyOf(columnId: string): ConflictPolicy;
	/** Column id → fingerprint of the cell that we left there: one that is still so was changed by nobody since. */
	base: Readonly<Record<string, string>>;
	decision: StoredDecision | null;
};

export type Merged = {
	/** What has to be written; empty when the row is as it should be. */
	changes: Record<string, unknown>;
	/** Every column that differs, with what becomes of it. */
	columns: StoredConflictColumn[];
	/** Whether the person has to say something before anything is written. */
	asks: boolean;
	/** The next `base`: what is ours there once the changes are written. */
	base: Record<string, string>;
};

/** A captured row against the row that is there, column by column. Pure. */
export function mergeCells(input: MergeInput): Merged {
	const merged: Merged = { changes: {}, columns: [], asks: false, base: {} };
	for (const [columnId, ours] of Object.entries(input.ours)) {
		const theirs = input.theirs[columnId];
		const situation = situationOf(ours, theirs);
		const result = situation === "same" ? "ours" : resultOf(input, { columnId, theirs, situation });
		if (result === "ours") merged.base[columnId] = cellFingerprint(ours);
		if (situation === "same") continue;
		if (result === "ours") merged.changes[columnId] = ours;
		if (result === null) merged.asks = true;
		merged.columns.push({ columnId, theirs: theirs ?? null, ours, result });
	}
	return merged;
}

export function situationOf(ours: unknown, theirs: unknown): Situation {
	if (cellText(ours) === cellText(theirs)) return "same";
	if (isEmptyCell(theirs)) return "only_ours";
	return isEmptyCell(ours) ? "only_theirs" : "both_differ";
}

type Differing = { columnId: string; theirs: unknown; situation: Exclude<Situation, "same"> };

function resultOf(input: MergeInput, { columnId, theirs, situation }: Differing): Choice | null {
	const verdict = verdicts[input.policyOf(columnId)][situation];
	if (verdict === "ours" || verdict === "theirs") return verdict;
	const there = cellFingerprint(theirs);
	// What stands there is what we wrote: the record was edited since and nobody else was at it.
	if (input.base[columnId] === there) return "ours";
	const decided = input.decision?.about[columnId] === there ? input.decision.columns[columnId] : undefined;
	if (decided !== undefined) return decided;
	// Without the provider's time nobody knows who was last, and the person is asked instead of guessing.
	if (verdict === "ask" || input.changedAt === null) return null;
	return Date.parse(input.capturedAt) >= Date.parse(input.changedAt) ? "ours" : "theirs";
}
