import type { ConnectorFailure } from "../connector.ts";
import type { Trouble } from "./errors.ts";

/** How a trouble is told to a person who is connecting, choosing a table or looking at its rows. */
export function failureOf(trouble: Trouble): ConnectorFailure {
	switch (trouble.kind) {
		case "credential":
			return {
				kind: "reconnect",
				reason: "connections/credential-refused",
				message: "Notion does not accept this access. Connect again, or check that the secret was copied whole.",
			};
		case "permission":
			return {
				kind: "refused",
				reason: "connections/scope-missing",
				message:
					"This connection may not do that in Notion. Give it the capabilities to read, insert and update content, then try again.",
			};
		case "busy":
			return later(trouble.afterMs, true, {
				reason: "connections/provider-busy",
				message: `Notion is busy. Try again in ${Math.max(1, Math.ceil(trouble.afterMs / 1_000))} s.`,
			});
		case "quota":
			return later(trouble.afterMs, true, {
				reason: "connections/provider-busy",
				message: "Notion takes nothing more from this connection for now. Try again later, or look at the plan there.",
			});
		case "provider":
			return later(trouble.afterMs, false, {
				reason: "connections/provider-unreachable",
				message: "Notion has a problem of its own right now. Try again in a moment.",
			});
		case "unreachable":
			return later(trouble.afterMs, false, {
				reason: "connections/provider-unreachable",
				message: "Notion cannot be reached right now. Try again in a moment.",
			});
		case "guarded":
			return unusable(
				"Sheaf's server is not allowed to open the address set for Notion. Whoever runs the server can change that.",
			);
		case "missing":
			return unusable("That is no longer in Notion, or no longer shared with this connection. Share it again there.");
		case "column_missing":
		case "value":
		case "ambiguous":
		case "too_large":
		case "edge":
		case "refused":
			return unusable("Notion gave an answer that Sheaf does not understand. Try again in a moment.");
	}
}

/** The same while a table is read as a source. */
export function sourceFailure(trouble: Trouble): ConnectorFailure {
	switch (trouble.kind) {
		case "missing":
			return {
				kind: "refused",
				reason: "delivery/table-missing",
				message:
					"This table is no longer in Notion, or no longer shared with this connection. Share it again there, or choose another one.",
			};
		case "column_missing":
		case "value":
			return {
				kind: "refused",
				reason: "sources/filter-invalid",
				message: "A condition does not fit its column, or the column is gone. Change it, then look again.",
			};
		default:
			return failureOf(trouble);
	}
}

type Told = Pick<ConnectorFailure, "reason" | "message">;

function unusable(message: string): ConnectorFailure {
	return { kind: "refused", reason: "connections/provider-unreachable", message };
}

/** @param countsAgainstBudget whether everyone who shares the budget has to wait, and not this lane alone */
export function later(afterMs: number, countsAgainstBudget: boolean, told: Told): ConnectorFailure {
	return { kind: "later", afterMs, countsAgainstBudget, ...told };
}
