import type { ConnectorFailure } from "../connector.ts";
import type { Trouble } from "./errors.ts";

/** How a trouble is told to a person who is connecting or choosing a table. */
export function failureOf(title: string, trouble: Trouble): ConnectorFailure {
	switch (trouble.kind) {
		case "credential":
			return {
				kind: "reconnect",
				reason: "connections/credential-refused",
				message: `${title} does not accept this access token. Check that it was copied whole and not deleted, or make a new one.`,
			};
		case "permission":
			return {
				kind: "refused",
				reason: "connections/scope-missing",
				message: "This access token may not list your bases. Give it the scopes that are named beside the field.",
			};
		case "busy":
		case "quota":
		case "provider":
		case "unreachable":
			return later(trouble.afterMs, trouble.kind === "busy" || trouble.kind === "quota", passing(title, trouble));
		case "guarded":
			return unusable(
				`Sheaf's server is not allowed to open the address set for ${title}. Whoever runs the server can change that.`,
			);
		case "table_missing":
		case "column_missing":
		case "value":
		case "row_missing":
		case "place_lost":
		case "option":
		case "ambiguous":
		case "too_large":
		case "refused":
			return unusable(`${title} gave an answer that Sheaf does not understand. Try again in a moment.`);
	}
}

/** The same while a table is read as a source. */
export function sourceFailure(title: string, trouble: Trouble): ConnectorFailure {
	switch (trouble.kind) {
		case "permission":
		case "table_missing":
			return {
				kind: "refused",
				reason: "delivery/table-missing",
				message: `This table is no longer in ${title}, or this account may no longer read it. Choose another one, or let it be read again.`,
			};
		case "column_missing":
			return {
				kind: "refused",
				reason: "delivery/column-missing",
				message: `A column that is asked for is no longer in the table. Open the selection, choose its columns and conditions again, and save it.`,
			};
		default:
			return failureOf(title, trouble);
	}
}

type Passing = Extract<Trouble, { kind: "busy" | "quota" | "provider" | "unreachable" }>;
type Told = Pick<ConnectorFailure, "reason" | "message">;

function passing(title: string, { kind, afterMs }: Passing): Told {
	const busy = "connections/provider-busy";
	const away = "connections/provider-unreachable";
	switch (kind) {
		case "busy":
			return { reason: busy, message: `${title} is busy. Try again in ${Math.max(1, Math.ceil(afterMs / 1_000))} s.` };
		case "quota":
			return {
				reason: busy,
				message: `${title} answers no more requests this month under its plan. Try again next month, or change the plan there.`,
			};
		case "provider":
			return { reason: away, message: `${title} has a problem of its own right now. Try again in a moment.` };
		case "unreachable":
			return { reason: away, message: `${title} cannot be reached right now. Try again in a moment.` };
	}
}

function unusable(message: string): ConnectorFailure {
	return { kind: "refused", reason: "connections/provider-unreachable", message };
}

/** @param countsAgainstBudget whether everyone who shares the budget has to wait, and not this lane alone */
export function later(afterMs: number, countsAgainstBudget: boolean, told: Told): ConnectorFailure {
	return { kind: "later", afterMs, countsAgainstBudget, ...told };
}
