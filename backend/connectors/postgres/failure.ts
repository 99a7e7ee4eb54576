import type { ConnectorFailure, PushResult, PushTarget, Told } from "../connector.ts";
import { saidDetails, saidInQuotes } from "../provider-said.ts";
import { quoted, tableName } from "./sql-names.ts";
import { guardSentence, type Trouble } from "./trouble.ts";

export const penaltyMs = 10_000;
export const soonMs = 2_000;
export const longMs = 5 * 60_000;

export function later(afterMs: number, told: Told, countsAgainstBudget = false): ConnectorFailure {
	return { kind: "later", afterMs, countsAgainstBudget, ...told };
}

export const poolerSentence =
	"This address of Supabase cannot be reached: it needs IPv6, which this server may not have. Take the pooler’s address, which your project shows under Connect.";

const targetProblems = {
	permission: [
		"delivery/permission-lost",
		"Postgres does not let this user write to the table. Grant it select, insert and update; records wait here until then.",
	],
	table_missing: [
		"delivery/table-missing",
		"The table is no longer in the database. Records wait here until the target has another.",
	],
	column_missing: [
		"delivery/column-missing",
		"A column that this target fills is no longer in the table, or fills itself. Records wait here until the mapping is mended.",
	],
	read_only: [
		"delivery/permission-lost",
		"The database only lets itself be read now. Records wait here until it can be written to.",
	],
} as const;

/** How a trouble is told about a delivery, and whose it is: the account's, the target's, a row's or nobody's. */
export function pushFailure(trouble: Trouble, target: PushTarget): PushResult {
	switch (trouble.kind) {
		case "credential":
		case "form":
		case "not_admitted":
		case "database_missing":
		case "encryption":
		case "insecure":
			return {
				kind: "reconnect",
				reason: "delivery/credential-refused",
				message: "Postgres no longer lets this user in. Records wait here until you reconnect the account.",
			};
		case "permission":
		case "table_missing":
		case "column_missing":
		case "read_only": {
			const [reason, message] = targetProblems[trouble.kind];
			return { kind: "mend_target", reason, message };
		}
		case "key_not_unique":
			return { kind: "mend_target", reason: "delivery/refused", message: uniqueSentence(target) };
		case "value":
			return { kind: "split", reason: "delivery/value-refused", ...valueRefused(trouble) };
		default:
			return waiting(trouble);
	}
}

/** What passes by itself. */
function waiting(trouble: Trouble): ConnectorFailure {
	const reason = "delivery/provider-error";
	switch (trouble.kind) {
		case "busy": {
			const message = "Postgres takes no more connections now. Records wait here and are sent by themselves.";
			return later(penaltyMs, { reason: "delivery/provider-busy", message }, true);
		}
		case "full": {
			const message = "The disk of the database is full. Records wait here and are sent by themselves.";
			return later(longMs, { reason, message });
		}
		case "slow": {
			const message = "Postgres took too long. Records wait here and are sent again by themselves.";
			return later(soonMs, { reason, message });
		}
		case "supabase_direct": {
			const message = `Records wait here. ${poolerSentence}`;
			return later(longMs, { reason: "delivery/provider-unreachable", message });
		}
		case "provider": {
			const message = "Postgres has a problem of its own. Records wait here and are sent again by themselves.";
			return later(soonMs, { reason, message });
		}
		case "guarded": {
			const message = `Records wait here. ${guardSentence(trouble.reason)}`;
			return later(longMs, { reason: "delivery/provider-unreachable", message });
		}
		default: {
			const message = "Postgres cannot be reached. Records wait here and are sent again by themselves.";
			const afterMs = trouble.kind === "aborted" ? 0 : soonMs;
			return later(afterMs, { reason: "delivery/provider-unreachable", message });
		}
	}
}

/** What only the database's owner can mend, with the words to mend it. */
function uniqueSentence(target: PushTarget): string {
	const names = target.matchKey.map((id) => `“${id}”`).join(", ");
	const sql = `CREATE UNIQUE INDEX ON ${tableName(target)} (${target.matchKey.map(quoted).join(", ")});`;
	return `The table does not keep ${names} unique, so a record could be there twice. Run this in the database, then press Try again: ${sql}.`;
}

function valueRefused({ said, column }: Extract<Trouble, { kind: "value" }>): Pick<Told, "message" | "details"> {
	const where = column === null ? "" : ` for “${column}”`;
	const message = `Postgres does not take a value${where} of this record${saidInQuotes(said)}. Edit the record, then send it again.`;
	return { message, ...saidDetails(said) };
}
