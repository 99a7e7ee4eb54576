import type { ErrorCode } from "../../contract/errors.ts";
import type { PushResult } from "../connector.ts";
import { saidDetails, saidInQuotes } from "../provider-said.ts";
import type { Trouble } from "./errors.ts";
import { later } from "./failure.ts";

/** How a trouble is told about a delivery, and whose it is: the account's, the target's, a row's or nobody's. */
export function pushFailure(trouble: Trouble): PushResult {
	switch (trouble.kind) {
		case "credential":
			return {
				kind: "reconnect",
				reason: "delivery/credential-refused",
				message: "Notion no longer lets Sheaf in. Records wait here until you reconnect the account.",
			};
		case "permission":
			return mend(
				"delivery/permission-lost",
				"Notion no longer lets this connection write to the table. Records wait here until it may insert and update content.",
			);
		case "missing":
			return mend(
				"delivery/table-missing",
				"The table is no longer in Notion, or no longer shared with Sheaf. Share it again there, or choose another table.",
			);
		case "column_missing":
			return mend(
				"delivery/column-missing",
				"A column that this target fills is gone from the table or has another type now. Records wait here until the mapping is mended.",
			);
		case "value":
		case "ambiguous":
		case "too_large":
		case "edge":
		case "refused":
			return rowFailure(trouble);
		case "busy":
		case "quota":
		case "provider":
		case "unreachable":
		case "guarded":
			return passingFailure(trouble);
	}
}

function mend(reason: ErrorCode, message: string): PushResult {
	return { kind: "mend_target", reason, message };
}

type RowTrouble = Extract<Trouble, { kind: "value" | "ambiguous" | "too_large" | "edge" | "refused" }>;

function rowFailure(trouble: RowTrouble): PushResult {
	switch (trouble.kind) {
		case "value":
			return split(
				"delivery/value-refused",
				`Notion does not take a value of this record${saidInQuotes(trouble.said)}. Edit the record, then send it again.`,
				trouble.said,
			);
		case "ambiguous":
			return split(
				"delivery/match-ambiguous",
				"More than one row of the table matches this record. Remove the extra rows in Notion, then send it again.",
			);
		case "too_large":
			return split("delivery/record-too-large", "This record is too large for Notion. Shorten it, then send it again.");
		case "edge":
			return split(
				"delivery/refused",
				"Notion turned this record away because of something in its text. Edit the record, then send it again.",
			);
		case "refused":
			return split(
				"delivery/refused",
				`Notion refused this record${saidInQuotes(trouble.said)}. Edit the record, then send it again.`,
				trouble.said,
			);
	}
}

function split(reason: ErrorCode, message: string, said = ""): PushResult {
	return { kind: "split", reason, message, ...saidDetails(said) };
}

type Passing = Extract<Trouble, { kind: "busy" | "quota" | "provider" | "unreachable" | "guarded" }>;

function passingFailure(trouble: Passing): PushResult {
	const { afterMs } = trouble;
	switch (trouble.kind) {
		case "busy":
			return later(afterMs, true, {
				reason: "delivery/provider-busy",
				message: "Notion is busy. Records wait here and are sent by themselves.",
			});
		case "quota":
			return later(afterMs, true, {
				reason: "delivery/quota-exhausted",
				message:
					"Notion takes nothing more from this connection for now. Records wait here and are tried every few hours.",
			});
		case "provider":
			return later(afterMs, false, {
				reason: "delivery/provider-error",
				message: "Notion has a problem of its own. Records wait here and are sent again by themselves.",
			});
		case "unreachable":
			return later(afterMs, false, {
				reason: "delivery/provider-unreachable",
				message: "Notion cannot be reached. Records wait here and are sent again by themselves.",
			});
		case "guarded":
			return later(afterMs, false, {
				reason: "delivery/provider-unreachable",
				message: "Sheaf's server is not allowed to open the address set for Notion. Records wait here.",
			});
	}
}
