/** Whose value stands in a column. */
export type Choice = "ours" | "theirs";

/** What a delivery waits with while it asks the person, as `deliveries.conflict` keeps it. Cells are as the connector coerces them. */
export type StoredConflict =
	| { kind: "differs"; remoteId: string; changedAt: string | null; columns: StoredConflictColumn[] }
	| { kind: "ambiguous"; candidates: StoredCandidate[] };

/** `result` null: it is for the person to say. */
export type StoredConflictColumn = { columnId: string; theirs: unknown; ours: unknown; result: Choice | null };

/** One of several rows that have the record's match key. */
export type StoredCandidate = { remoteId: string; url: string | null; cells: Record<string, unknown> };

/** What the person said, as `deliveries.decision` keeps it. */
export type StoredDecision = {
	columns: Record<string, Choice>;
	/** Column id → fingerprint of the cell there that was decided about: another value there asks again. */
	about: Record<string, string>;
	/** The row that was chosen among several. */
	remoteId?: string;
};
