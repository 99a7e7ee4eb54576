/** The sentences of the dialog that asks whose values stay. */
export const decideWords = {
	title: (record: string) => `Which stays for “${record}”?`,
	differs: (provider: string) =>
		`The row was changed in ${provider} since it was read. Choose what stays in each column.`,
	ambiguous: (count: number, provider: string) =>
		`${count} rows in ${provider} have the same value to match by. Choose the one this record belongs to.`,
	loading: "both versions",
	column: "Column",
	theirs: (provider: string) => `In ${provider}`,
	ours: "Captured",
	empty: "empty",
	allTheirs: "Keep all as they are there",
	allOurs: "Take all that was captured",
	save: "Save and send",
	saving: "Sending",
	openRow: (provider: string) => `Open in ${provider}`,
	useRow: "Use this row",
	missing: "Choose what stays in every column.",
	missingRow: "Choose a row.",
	gone: "Nothing is to be chosen any more: this record goes out by itself.",
	close: "Close",
};
