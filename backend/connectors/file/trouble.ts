import type { ConnectorFailure, Told } from "../connector.ts";

/** Why a file is not read, as a value that is thrown through the readers and told at the connector's door. */
export type Trouble =
	/** The bytes are kept by this server, and it did not give them this time. */
	| { kind: "store" }
	| { kind: "gone" }
	| { kind: "empty" }
	| { kind: "not_text" }
	| { kind: "no_entries" }
	| { kind: "too_many_columns"; max: number }
	| { kind: "no_such_table" }
	| { kind: "no_such_column"; name: string; columns: readonly string[] };

export class FileTrouble extends Error {
	override readonly name = "FileTrouble";
	readonly trouble: Trouble;

	constructor(trouble: Trouble) {
		super(`The file cannot be read: ${trouble.kind}.`);
		this.trouble = trouble;
	}
}

const retryMs = 5_000;

/** @throws what is no trouble of a file: a defect */
export function failureOf(error: unknown): ConnectorFailure {
	if (!(error instanceof FileTrouble)) throw error;
	const { trouble } = error;
	if (trouble.kind !== "store") return { kind: "refused", ...toldOf(trouble) };
	return {
		kind: "later",
		afterMs: retryMs,
		countsAgainstBudget: false,
		reason: "sources/file-away",
		message: "The file could not be read just now. Nothing is lost: Sheaf tries again by itself.",
	};
}

const unreadable = "sources/file-unreadable";

function toldOf(trouble: Exclude<Trouble, { kind: "store" }>): Told {
	switch (trouble.kind) {
		case "gone":
			return { reason: "sources/file-not-found", message: "This file is no longer here. Add it again." };
		case "empty":
			return {
				reason: unreadable,
				message: "There is nothing in this file. Choose one that has rows.",
				details: { case: "empty" },
			};
		case "not_text":
			return {
				reason: unreadable,
				message:
					"This file is no plain text: a spreadsheet, an archive or a picture perhaps. Save it as CSV, then add it again.",
				details: { case: "not-text" },
			};
		case "no_entries":
			return {
				reason: unreadable,
				message: "There is no list of entries in this file. Save it as CSV or as a list of entries, then add it again.",
				details: { case: "no-entries" },
			};
		case "too_many_columns":
			return {
				reason: unreadable,
				message: `This file has more than ${trouble.max} columns. Leave out those that are not needed, then add it again.`,
				details: { case: "too-many-columns", max: trouble.max },
			};
		case "no_such_table":
			return {
				reason: "delivery/table-missing",
				message: "There is no such table in this file. Choose the file again.",
			};
		case "no_such_column": {
			const columns = trouble.columns.slice(0, 12).join(", ");
			return {
				reason: "sources/key-needed",
				message: `There is no column “${trouble.name}” in this file, and it is to tell the rows apart. Its columns are: ${columns}.`,
				details: { case: "no-such-column", name: trouble.name, columns },
			};
		}
	}
}
