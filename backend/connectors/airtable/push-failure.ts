import type { ConnectorFailure, PushResult, Told } from "../connector.ts";
import { saidDetails, saidInQuotes } from "../provider-said.ts";
import type { Trouble } from "./errors.ts";
import { later } from "./failure.ts";

/** How a trouble is told about a delivery, and whose it is: the account's, the target's, a row's or nobody's. */
export function pushFailure(title: string, trouble: Trouble): Exclude<PushResult, { kind: "pushed" }> {
	switch (trouble.kind) {
		case "credential":
			return {
				kind: "reconnect",
				reason: "delivery/credential-refused",
				message: `${title} no longer accepts the access token. Records wait here until you reconnect the account.`,
			};
		case "permission":
		case "table_missing":
		case "column_missing":
			return { kind: "mend_target", ...targetProblem(title, trouble.kind) };
		case "value":
		case "row_missing":
		case "place_lost":
		case "option":
		case "ambiguous":
		case "too_large":
		case "refused":
			return { kind: "split", ...rowProblem(title, trouble) };
		case "busy":
			return later(trouble.afterMs, true, {
				reason: "delivery/provider-busy",
				message: `${title} is busy. Records wait here and are sent by themselves.`,
			});
		case "quota":
			return later(trouble.afterMs, true, {
				reason: "delivery/quota-exhausted",
				message: `${title} takes no more records this month under its plan. They wait here and are tried every few hours.`,
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
	}
}

/** The same while rows are read or deleted, where there is no batch to split and no target to pause by itself. */
export function rowsFailure(title: string, trouble: Trouble): ConnectorFailure {
	const told = pushFailure(title, trouble);
	if (told.kind !== "mend_target" && told.kind !== "split") return told;
	return { ...told, kind: "refused" };
}

function targetProblem(title: string, kind: "permission" | "table_missing" | "column_missing"): Told {
	switch (kind) {
		case "permission":
			return {
				reason: "delivery/permission-lost",
				message: `${title} no longer lets this account write to the table, or the table is gone. Records wait here until the target is mended.`,
			};
		case "table_missing":
			return {
				reason: "delivery/table-missing",
				message: `The table is no longer in ${title}. Records wait here until the target has another.`,
			};
		case "column_missing":
			return {
				reason: "delivery/column-missing",
				message: `A column that this target fills is no longer in the table. Records wait here until the mapping is mended.`,
			};
	}
}

type RowTrouble = Extract<
	Trouble,
	{ kind: "value" | "row_missing" | "place_lost" | "option" | "ambiguous" | "too_large" | "refused" }
>;

function rowProblem(title: string, trouble: RowTrouble): Told {
	switch (trouble.kind) {
		case "value":
		case "row_missing":
			return {
				reason: "delivery/value-refused",
				message: `${title} does not take a value of this record${saidInQuotes(trouble.said)}. Edit the record, then send it again.`,
				...saidDetails(trouble.said),
			};
		case "option":
			return {
				reason: "delivery/option-missing",
				message: `A choice of this record is not in its column, and this account may not add one. Add it in ${title} or edit the record.`,
			};
		case "ambiguous":
			return {
				reason: "delivery/match-ambiguous",
				message: `More than one row of the table matches this record. Remove the extra rows in ${title}, then send it again.`,
			};
		case "too_large":
			return {
				reason: "delivery/record-too-large",
				message: `This record is too large for ${title}. Shorten it, then send it again.`,
			};
		case "place_lost":
		case "refused": {
			const said = trouble.kind === "refused" ? trouble.said : "";
			return {
				reason: "delivery/refused",
				message: `${title} refused this record${saidInQuotes(said)}. Edit the record, then send it again.`,
				...saidDetails(said),
			};
		}
	}
}
