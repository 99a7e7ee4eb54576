import type { ConnectorFailure } from "../connector.ts";
import { later, longMs, penaltyMs, poolerSentence, soonMs } from "./failure.ts";
import { guardSentence, type Trouble } from "./trouble.ts";

/** How a trouble is told to a person who is connecting or choosing a table. */
export function failureOf(trouble: Trouble): ConnectorFailure {
	switch (trouble.kind) {
		case "form":
			return refusedHere(trouble.problem);
		case "credential":
		case "not_admitted":
		case "database_missing":
		case "encryption":
		case "insecure":
			return refusedHere(refusals[trouble.kind]);
		case "guarded":
			return { kind: "refused", reason: "connections/address-refused", message: guardSentence(trouble.reason) };
		case "permission":
		case "table_missing":
		case "column_missing":
			return { kind: "refused", reason: "connections/scope-missing", message: rightsSentence };
		case "no_primary_key":
			return { kind: "refused", reason: "delivery/refused", message: keySentence };
		case "busy": {
			const message = "The server takes no more connections now. Try again in a moment.";
			return later(penaltyMs, { reason: "connections/provider-busy", message }, true);
		}
		default:
			return unanswered(trouble);
	}
}

/** The same while a table is read as a source. */
export function sourceFailure(trouble: Trouble): ConnectorFailure {
	switch (trouble.kind) {
		case "table_missing":
			return {
				kind: "refused",
				reason: "delivery/table-missing",
				message: "This table is no longer in the database, or this user may no longer read it. Choose another one.",
			};
		case "column_missing":
			return {
				kind: "refused",
				reason: "delivery/column-missing",
				message: "A column that is asked for is no longer in the table. Choose the columns and conditions again.",
			};
		case "no_primary_key":
			return {
				kind: "refused",
				reason: "sources/key-needed",
				message: "Nothing tells the rows of this table apart. Choose the column that does.",
			};
		case "value": {
			const column = trouble.column === null ? "A condition" : `The condition on “${trouble.column}”`;
			const message = `${column} does not fit its column. Change it, then look again.`;
			return { kind: "refused", reason: "sources/filter-invalid", message };
		}
		default:
			return failureOf(trouble);
	}
}

const refusals = {
	credential: "The server does not accept this user and password. Check both, then try again.",
	not_admitted:
		"The server does not let this user in from here, or not with this encryption. Choose another encryption, or let the server take connections from where Sheaf runs.",
	database_missing: "The server has no such database. Check its name, then try again.",
	encryption:
		"The connection could not be encrypted, or the server could not prove who it is. Give its certificate authority, or choose another encryption.",
	insecure: "A server on the internet has to be reached encrypted. Choose another encryption.",
} as const;

const rightsSentence = "This user may not do that here. Grant it the rights, then try again.";
const keySentence =
	"This table has no primary key, so its rows cannot be gone through one after another. Give it one, or choose another table.";

function refusedHere(message: string): ConnectorFailure {
	return { kind: "reconnect", reason: "connections/credential-refused", message };
}

function unanswered({ kind }: Trouble): ConnectorFailure {
	const reason = "connections/provider-unreachable";
	switch (kind) {
		case "slow":
			return later(soonMs, { reason, message: "The server took too long. Try again in a moment." });
		case "supabase_direct":
			return later(longMs, { reason, message: poolerSentence });
		case "aborted":
			return later(0, { reason, message: "The question was given up." });
		default: {
			const message = "The server cannot be reached. Check the host and the port, and that it is running.";
			return later(soonMs, { reason, message });
		}
	}
}
