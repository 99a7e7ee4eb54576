import { guardReasons } from "../checked-address.ts";
import type { DialResult } from "../connector.ts";
import { isSupabaseDirect } from "./settings.ts";

/** Why something was not done, whoever asked for it. */
export type Trouble =
	| { kind: "credential" | "permission" | "table_missing" | "column_missing" | "busy" | "provider" | "encryption" }
	| { kind: "database_missing" | "read_only" | "full" | "aborted" | "unreachable" | "insecure" | "slow" }
	/** `not_admitted`: the server's own rules of who may come from where, and how. `supabase_direct`: no way there without IPv6. */
	| { kind: "not_admitted" | "supabase_direct" | "no_primary_key" }
	/** The form cannot be meant so. */
	| { kind: "form"; problem: string }
	| { kind: "guarded"; reason: string }
	| { kind: "key_not_unique" }
	| { kind: "value"; said: string; column: string | null };

/** What ends a session before the server could say why. */
export class SessionError extends Error {
	override readonly name = "SessionError";
	readonly trouble: Trouble;

	constructor(trouble: Trouble) {
		super(trouble.kind);
		this.trouble = trouble;
	}
}

export function troubleOfDial(result: Exclude<DialResult, { kind: "connected" }>, host: string): Trouble {
	if (result.kind === "forbidden") return { kind: "guarded", reason: result.reason };
	if (result.reason === "aborted") return { kind: "aborted" };
	return { kind: isSupabaseDirect(host) ? "supabase_direct" : "unreachable" };
}

const byCode: Readonly<Record<string, Trouble["kind"]>> = {
	"28000": "not_admitted",
	"28P01": "credential",
	"3D000": "database_missing",
	"42501": "permission",
	"42P01": "table_missing",
	"3F000": "table_missing",
	"42703": "column_missing",
	"42P10": "key_not_unique",
	"428C9": "column_missing",
	"25006": "read_only",
	"53100": "full",
	"53300": "busy",
	"53400": "busy",
	"57014": "slow",
};

/**
 * The trouble behind an error of the driver, by the code that PostgreSQL gives (its appendix A). What is not listed passes by itself:
 * serialization, deadlocks, timeouts, a shutdown, a connection that ended before the answer. The same upsert again finds its rows.
 */
export function troubleOf(error: unknown): Trouble {
	if (error instanceof SessionError) return error.trouble;
	const code = textIn(error, "code");
	const known = byCode[code];
	if (known !== undefined) return { kind: known } as Trouble;
	// 22: data exceptions; 23: constraints; P0001: a trigger of theirs that raises; 44000: a view's own rule.
	if (/^(22|23)/.test(code) || code === "P0001" || code === "44000") {
		return { kind: "value", said: textIn(error, "message"), column: textIn(error, "column_name") || null };
	}
	if (/^[0-9A-Z]{5}$/.test(code) && !code.startsWith("08")) return { kind: "provider" };
	return { kind: "unreachable" };
}

/** Whether a person can mend the address: it is refused, not only silent. */
export function guardSentence(reason: string): string {
	switch (reason) {
		case guardReasons.private:
			return "This address is not on the public internet. Whoever runs the server can allow it.";
		case guardReasons.ownDatabase:
			return "This is the database that Sheaf itself runs on. Choose another one.";
		case guardReasons.port:
			return "No database listens on this port. Check the port.";
		default:
			return "This address cannot be read. Copy the host and the port again.";
	}
}

function textIn(error: unknown, name: string): string {
	if (typeof error !== "object" || error === null || !(name in error)) return "";
	const value: unknown = Reflect.get(error, name);
	return typeof value === "string" ? value : "";
}
