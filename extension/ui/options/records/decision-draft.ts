import type { ConflictChoice, RecordConflict, RecordDecision } from "../../../../backend/contract/conflicts.ts";

/** What the parts of the dialog are given: to say what was chosen, or to leave it. */
export type Deciding = {
	provider: string;
	busy: boolean;
	problem: string | null;
	onDecide: (decision: RecordDecision) => void;
	onCancel: () => void;
};

/** A record that differs on both sides, column by column. */
export type Difference = Extract<RecordConflict, { kind: "differs" }>;
/** What is chosen so far, for the columns that ask. */
export type Choices = Readonly<Record<string, ConflictChoice>>;

/** The columns whose value the person decides; the others are decided by the target's rules. */
export function askedColumns({ columns }: Difference): Difference["columns"] {
	return columns.filter(({ result }) => result === null);
}

export function chooseAll(difference: Difference, choice: ConflictChoice): Choices {
	return Object.fromEntries(askedColumns(difference).map(({ columnId }) => [columnId, choice]));
}

/** Whose value stays in a column: by its rule, by the person, or nobody's yet. */
export function choiceOf({ columnId, result }: Difference["columns"][number], choices: Choices): ConflictChoice | null {
	return result ?? choices[columnId] ?? null;
}

/** What is sent, or null while a column has not been decided. */
export function decisionOf(difference: Difference, choices: Choices): RecordDecision | null {
	const asked = askedColumns(difference);
	if (asked.some(({ columnId }) => choices[columnId] === undefined)) return null;
	return { targetId: difference.targetId, columns: { ...choices } };
}
