import type { ConflictPolicy } from "../../../backend/contract/targets.ts";

/** The sentences about rows that are in the table already. */
export const policyWords = {
	title: "When the row is there already",
	note: "Rows are found by what you match them by. This decides what happens to their cells.",
	policy: {
		overwrite: "Replace cells with what was captured",
		fill_empty: "Fill empty cells, keep the others",
		keep_remote: "Leave the row as it is",
		newest_wins: "Keep whichever is newer",
		ask: "Ask me, side by side",
	} satisfies Record<ConflictPolicy, string>,
	columns: "Other rules for single columns",
	column: "Column",
	rule: "Rule",
	ruleFor: (column: string) => `Rule for ${column}`,
	asAbove: "As above",
	unreadable: (provider: string) =>
		`${provider} does not let Sheaf look at rows, so cells are replaced with what was captured.`,
	fact: {
		overwrite: null,
		fill_empty: "Fills empty cells only",
		keep_remote: "Leaves existing rows alone",
		newest_wins: "Keeps whichever is newer",
		ask: "Asks before it changes a row",
	} satisfies Record<ConflictPolicy, string | null>,
};
