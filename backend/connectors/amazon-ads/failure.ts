import type { ConnectorFailure } from "../connector.ts";
import type { Trouble } from "./errors.ts";

export const title = "Amazon Ads";

type Told = Pick<ConnectorFailure, "reason" | "message">;

/** How a trouble is told to a person who is connecting, choosing or reading. */
export function failureOf(trouble: Trouble): ConnectorFailure {
	switch (trouble.kind) {
		case "credential":
			return {
				kind: "reconnect",
				reason: "connections/credential-refused",
				message: `${title} no longer accepts this account. Reconnect it.`,
			};
		case "not_approved":
			return refused(
				"connections/not-approved",
				`${title} does not let this server read that. Either Amazon has not approved the server for it, which whoever runs it can apply for there, or the advertising account is suspended or of another kind. Rows that are here already stay.`,
			);
		case "profile":
			return profileGone();
		case "not_found":
			return refused("delivery/table-missing", `${title} no longer has what was asked for. Choose another table.`);
		case "busy": {
			const seconds = Math.max(1, Math.ceil(trouble.afterMs / 1_000));
			return later(trouble.afterMs, true, {
				reason: "connections/provider-busy",
				message: `${title} is busy. Try again in ${seconds} s.`,
			});
		}
		case "provider":
		case "duplicate":
			return away(
				trouble.kind === "provider" ? trouble.afterMs : 0,
				`${title} has a problem of its own right now. Try again in a moment.`,
			);
		case "unreachable":
			return away(trouble.afterMs, `${title} cannot be reached right now. Try again in a moment.`);
		case "too_large":
			return refused(
				"connections/provider-unreachable",
				`${title} answered with more than Sheaf takes at once. Choose a smaller table.`,
			);
		case "guarded":
			return refused(
				"connections/provider-unreachable",
				`Sheaf's server is not allowed to open the address set for ${title}. Whoever runs the server can change that.`,
			);
		case "refused":
			return refused(
				"connections/provider-unreachable",
				`${title} gave an answer that Sheaf cannot take${trouble.said === "" ? "" : ` (“${trouble.said.slice(0, 200)}”)`}. Nothing was changed.`,
			);
	}
}

/** The advertising account was chosen, and this login may not see it any more: another choice mends it, a new login does not. */
export function profileGone(): ConnectorFailure {
	return refused(
		"connections/profile-unknown",
		`This login at ${title} no longer reaches the advertising account that was chosen. Choose another under Connections; rows that are here already stay.`,
	);
}

export function profileNeeded(): ConnectorFailure {
	return refused(
		"connections/profile-unknown",
		`This login at ${title} reaches several advertising accounts, or none. Choose one under Connections first.`,
	);
}

export function tableGone(): ConnectorFailure {
	return refused("delivery/table-missing", `${title} has no such table. Choose another.`);
}

function refused(reason: Told["reason"], message: string): ConnectorFailure {
	return { kind: "refused", reason, message };
}

function away(afterMs: number, message: string): ConnectorFailure {
	return later(afterMs, false, { reason: "connections/provider-unreachable", message });
}

/** @param countsAgainstBudget whether everyone who shares the budget has to wait, and not this call alone */
function later(afterMs: number, countsAgainstBudget: boolean, told: Told): ConnectorFailure {
	return { kind: "later", afterMs, countsAgainstBudget, ...told };
}
