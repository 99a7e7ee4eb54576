import type { ConnectorFailure, PushResult, Told } from "../connector.ts";
import { saidDetails, saidInQuotes } from "../provider-said.ts";
import { title } from "./api.ts";
import type { Trouble } from "./errors.ts";

/** How a trouble is told to a person who is connecting or choosing a table, or whose rows are read. */
export function failureOf(trouble: Trouble): ConnectorFailure {
	switch (trouble.kind) {
		case "credential":
			return reconnect("connections/credential-refused", `${title} no longer accepts this account. Reconnect it.`);
		case "scope":
			return reconnect("connections/scope-missing", scopeSentence);
		case "busy": {
			const seconds = Math.max(1, Math.ceil(trouble.afterMs / 1_000));
			return later(trouble.afterMs, true, {
				reason: "connections/provider-busy",
				message: `${title} is busy. Try again in ${seconds} s.`,
			});
		}
		case "provider":
			return away(trouble.afterMs, `${title} has a problem of its own right now. Try again in a moment.`);
		case "unreachable":
			return away(trouble.afterMs, `${title} cannot be reached right now. Try again in a moment.`);
		case "guarded":
			return refused(
				"connections/provider-unreachable",
				`Sheaf's server is not allowed to open the address set for ${title}. Whoever runs the server can change that.`,
			);
		case "ambiguous":
			return refused("delivery/match-ambiguous", rowProblem(trouble).message);
		case "value":
		case "too_large":
		case "refused":
			return refused(
				"connections/provider-unreachable",
				`${title} gave an answer that Sheaf cannot take. Try again in a moment.`,
			);
		default:
			return { kind: "refused", ...targetProblem(trouble) };
	}
}

/** How a trouble is told about a delivery, and whose it is: the account's, the target's, a row's or nobody's. */
export function pushFailure(trouble: Trouble): Exclude<PushResult, { kind: "pushed" }> {
	switch (trouble.kind) {
		case "credential":
			return reconnect(
				"delivery/credential-refused",
				`${title} no longer accepts this account. Records wait here until you reconnect it.`,
			);
		case "scope":
			return reconnect("delivery/permission-lost", scopeSentence);
		case "value":
		case "ambiguous":
		case "too_large":
		case "refused":
			return { kind: "split", ...rowProblem(trouble) };
		case "busy":
			return later(trouble.afterMs, true, {
				reason: "delivery/provider-busy",
				message: `${title} is busy. Records wait here and are sent by themselves.`,
			});
		case "provider":
			return later(trouble.afterMs, false, {
				reason: "delivery/provider-error",
				message: `${title} has a problem of its own. Records wait here and are sent again by themselves.`,
			});
		case "unreachable":
			return later(trouble.afterMs, false, {
				reason: "delivery/provider-unreachable",
				message: `${title} cannot be reached. Records wait here and are sent again by themselves.`,
			});
		case "guarded":
			return later(trouble.afterMs, false, {
				reason: "delivery/provider-unreachable",
				message: `Sheaf's server is not allowed to open the address set for ${title}. Records wait here.`,
			});
		default:
			return { kind: "mend_target", ...targetProblem(trouble) };
	}
}

const scopeSentence = `Google did not give Sheaf the right to fill spreadsheets. Reconnect the account and leave that box ticked.`;

type RowTrouble = Extract<Trouble, { kind: "value" | "ambiguous" | "too_large" | "refused" }>;

function rowProblem(trouble: RowTrouble): Told {
	switch (trouble.kind) {
		case "value":
			return {
				reason: "delivery/value-refused",
				message: `“${trouble.name}” does not take what this record has for it. Edit the record, then send it again.`,
				details: { case: "column", columnName: trouble.name.slice(0, 200) },
			};
		case "ambiguous":
			return {
				reason: "delivery/match-ambiguous",
				message: `More than one row of the sheet matches this record. Remove the extra rows in ${title}, then send it again.`,
			};
		case "too_large":
			return {
				reason: "delivery/record-too-large",
				message: `This is more than ${title} takes or gives at once. Shorten the record, or use a smaller sheet, then send it again.`,
			};
		case "refused":
			return {
				reason: "delivery/refused",
				message: `${title} refused this record${saidInQuotes(trouble.said)}. Edit the record, then send it again.`,
				...saidDetails(trouble.said),
			};
	}
}

type TargetTrouble = Extract<
	Trouble,
	{ kind: "permission" | "switched_off" | "table_missing" | "not_a_sheet" | "column_missing" | "full" }
>;

function targetProblem(trouble: TargetTrouble): Told {
	switch (trouble.kind) {
		case "permission":
			return {
				reason: "delivery/permission-lost",
				message: `This account may no longer change the sheet, or the cells are protected. Allow it in ${title}, or choose another sheet; records wait here.`,
			};
		case "switched_off":
			return {
				reason: "delivery/permission-lost",
				message: `${title} is switched off for this server at Google. Whoever runs the server can switch it on; records wait here.`,
			};
		case "table_missing":
			return {
				reason: "delivery/table-missing",
				message: `The spreadsheet or its tab is gone, or Sheaf may no longer see it. Choose another; records wait here.`,
			};
		case "not_a_sheet":
			return {
				reason: "delivery/table-missing",
				message: `This file is an Office file and not a spreadsheet of Google's. Save it as one there, then choose it; records wait here.`,
			};
		case "column_missing":
			return {
				reason: "delivery/column-missing",
				message: `The sheet has no single column with the heading “${trouble.name}” any more. Give the heading back in ${title}, or mend the mapping; records wait here.`,
				details: { case: "heading", columnName: trouble.name.slice(0, 200) },
			};
		case "full":
			return {
				reason: "delivery/quota-exhausted",
				message: `The spreadsheet is full: it holds at most 10 million cells. Choose another, or remove rows there; records wait here.`,
			};
	}
}

function reconnect(reason: Told["reason"], message: string): ConnectorFailure {
	return { kind: "reconnect", reason, message };
}

function refused(reason: Told["reason"], message: string): ConnectorFailure {
	return { kind: "refused", reason, message };
}

function away(afterMs: number, message: string): ConnectorFailure {
	return later(afterMs, false, { reason: "connections/provider-unreachable", message });
}

/** @param countsAgainstBudget whether everyone who shares the budget has to wait, and not this lane alone */
function later(afterMs: number, countsAgainstBudget: boolean, told: Told): ConnectorFailure {
	return { kind: "later", afterMs, countsAgainstBudget, ...told };
}
