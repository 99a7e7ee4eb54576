import { guardReasons } from "./checked-address.ts";
import type { ConnectorFailure, PushResult, Told } from "./connector.ts";
import { saidDetails, saidInQuotes } from "./provider-said.ts";
import type { Trouble } from "./row-trouble.ts";

/** How a trouble is told to a person who is connecting or choosing a table. */
export function failureOf(title: string, trouble: Trouble): ConnectorFailure {
	switch (trouble.kind) {
		case "credential":
			return {
				kind: "reconnect",
				reason: "connections/credential-refused",
				message: `${title} does not accept this token. Check that it was copied whole and not deleted, or make a new one.`,
			};
		case "address":
			return addressRefused("The address of the server cannot be read. Copy it again, whole.");
		case "guarded":
			return addressRefused(guardSentence(trouble.reason));
		case "stranger":
			return addressRefused(`Nothing at this address answers as ${title} does. Check the address of the server.`);
		case "permission":
			return {
				kind: "refused",
				reason: "connections/scope-missing",
				message: `This token may not do that in ${title}. Give it the right to read and to change the tables you want to fill.`,
			};
		case "busy": {
			const seconds = Math.max(1, Math.ceil(trouble.afterMs / 1_000));
			const message = `${title} is busy. Try again in ${seconds} s.`;
			return later(trouble.afterMs, true, { reason: "connections/provider-busy", message });
		}
		case "provider":
			return away(trouble.afterMs, `${title} has a problem of its own right now. Try again in a moment.`);
		case "unreachable":
			return away(trouble.afterMs, `${title} cannot be reached. Check the address, and that the server is running.`);
		case "value":
		case "refused":
			return unusable(`${title} refused that${saidInQuotes(trouble.said)}.`);
		case "table_missing":
		case "column_missing":
			return unusable(`The table or one of its columns is no longer in ${title}. Choose another.`);
		case "row_missing":
		case "option":
		case "ambiguous":
		case "too_large":
			return unusable(`${title} gave an answer that Sheaf cannot take. Try again in a moment.`);
	}
}

/** How a trouble is told about a delivery, and whose it is: the account's, the target's, a row's or nobody's. */
export function pushFailure(title: string, trouble: Trouble): PushResult {
	switch (trouble.kind) {
		case "credential":
			return reconnect(`${title} no longer accepts the token. Records wait here until you reconnect the account.`);
		case "address":
			return reconnect(
				`The address of the ${title} server cannot be read. Records wait here until you reconnect the account.`,
			);
		case "permission":
		case "table_missing":
		case "column_missing":
			return { kind: "mend_target", ...targetProblem(title, trouble.kind) };
		case "value":
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
		case "row_missing":
		case "provider":
		case "stranger":
			return later("afterMs" in trouble ? trouble.afterMs : 0, false, {
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
				message: `${guardSentence(trouble.reason)} Records wait here.`,
			});
	}
}

/** Reading serves delivering, so it is told in the same words. */
export function readFailure(title: string, trouble: Trouble): ConnectorFailure {
	const failure = pushFailure(title, trouble);
	switch (failure.kind) {
		case "later":
		case "reconnect":
		case "refused":
			return failure;
		case "split":
		case "mend_target":
			return { ...failure, kind: "refused" };
		case "pushed":
			throw new Error("A trouble is no push.");
	}
}

function guardSentence(reason: string): string {
	switch (reason) {
		case guardReasons.private:
			return "The address of the server is not on the public internet. Whoever runs Sheaf can allow it.";
		case guardReasons.insecure:
			return "The address of the server has to begin with https. Whoever runs Sheaf can allow another.";
		case guardReasons.redirect:
			return "The server sends us to another address. Use the one it sends to.";
		default:
			return "The address of the server cannot be opened. Check it.";
	}
}

type TargetTrouble = Extract<Trouble, { kind: "permission" | "table_missing" | "column_missing" }>["kind"];

function targetProblem(title: string, kind: TargetTrouble): Told {
	switch (kind) {
		case "permission":
			return {
				reason: "delivery/permission-lost",
				message: `This account may no longer change rows of the table in ${title}. Records wait here until it may.`,
			};
		case "table_missing":
			return {
				reason: "delivery/table-missing",
				message: `The table is no longer in ${title}. Records wait here until the target has another.`,
			};
		case "column_missing":
			return {
				reason: "delivery/column-missing",
				message:
					"A column that this target fills is no longer in the table. Records wait here until the mapping is mended.",
			};
	}
}

type RowTrouble = Extract<Trouble, { kind: "value" | "option" | "ambiguous" | "too_large" | "refused" }>;

function rowProblem(title: string, trouble: RowTrouble): Told {
	switch (trouble.kind) {
		case "value":
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
		case "refused":
			return {
				reason: "delivery/refused",
				message: `${title} refused this record${saidInQuotes(trouble.said)}. Edit the record, then send it again.`,
				...saidDetails(trouble.said),
			};
	}
}

function reconnect(message: string): PushResult {
	return { kind: "reconnect", reason: "delivery/credential-refused", message };
}

function addressRefused(message: string): ConnectorFailure {
	return { kind: "refused", reason: "connections/address-refused", message };
}

function away(afterMs: number, message: string): ConnectorFailure {
	return later(afterMs, false, { reason: "connections/provider-unreachable", message });
}

function unusable(message: string): ConnectorFailure {
	return { kind: "refused", reason: "connections/provider-unreachable", message };
}

/** @param countsAgainstBudget whether everyone who shares the budget has to wait, and not this lane alone */
function later(afterMs: number, countsAgainstBudget: boolean, told: Told): ConnectorFailure {
	return { kind: "later", afterMs, countsAgainstBudget, ...told };
}
