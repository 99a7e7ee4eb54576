import type { Table, TableField } from "../contract/connections.ts";
import type { ErrorCode } from "../contract/errors.ts";
import type { FieldValue } from "../contract/fields.ts";
import type { FormField } from "../contract/providers.ts";

/**
 * What a connector is: one provider behind one interface (ARCHITECTURE, CON-1). It sees no request, job, database,
 * environment variable or other connector. It is handed a credential, a target, a batch and a guarded `http`, and
 * returns what happened as values; it throws only for defects of its own.
 */
export type Connector = {
	manifest: ConnectorManifest;
	/** Who this credential belongs to and what it may do. Called before a connection is stored, and to check health. */
	identify(call: ConnectorCall): Promise<ConnectorResult<Identity>>;
	/** All tables the credential can reach, with their columns. */
	discover(call: ConnectorCall): Promise<ConnectorResult<Table[]>>;
	/**
	 * Writes at most `manifest.limits.recordsPerRequest` rows with exactly one request, as an upsert on
	 * `target.matchKey`. The engine has coerced the values, folded rows with the same key into one, and waited for
	 * its turn. A request refused for one row's sake answers `split`: the engine halves the batch to find that row.
	 */
	push(call: ConnectorCall, target: PushTarget, rows: readonly PushRow[]): Promise<PushResult>;
	/** A captured value as the provider wants it in this column, or why it does not fit. Pure. */
	coerce(value: FieldValue, column: TableField): CoerceResult;
	/** The page a person opens to see the row, or null when the provider has none. Pure. */
	remoteUrl(target: Pick<PushTarget, "containerId" | "tableId">, remoteId: string): string | null;
};

export type ConnectorManifest = {
	id: string;
	title: string;
	summary: string;
	auth: "token" | "none";
	form: FormField[];
	/** Where a person sees the whole account's tables without signing in; only the practice base has it. */
	homeUrl?: string;
	/** Scopes without which the connection is of no use; `identify` reports what is missing. */
	requiredScopes: string[];
	limits: {
		recordsPerRequest: number;
		/** Requests allowed per second in one budget scope (see `budgetScope`). */
		requestsPerSecond: number;
		/** How long the provider refuses everything after a 429 that names no time. */
		penaltyMs: number;
	};
	/**
	 * Who shares one request budget. Airtable counts per base over all its users, so the scope is the base and not
	 * the connection. Pure; the text is a key in the database, so no secrets in it.
	 */
	budgetScope(target: { containerId: string; connectionId: string }): string;
};

export type ConnectorCall = {
	/** The decrypted form values, for example `{ token }`. Lives for this call only. */
	credential: Readonly<Record<string, string>>;
	http: GuardedHttp;
	signal: AbortSignal;
};

/** `fetch` with the SSRF guard, a size limit and a time limit around it; refuses redirects (SEC-2, `http.ts`). */
export type GuardedHttp = (request: HttpRequest) => Promise<HttpResponse>;

export type HttpRequest = {
	method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
	url: string;
	headers?: Record<string, string>;
	/** Sent as JSON. */
	json?: unknown;
	/** Sent as a form, instead of JSON. */
	form?: Readonly<Record<string, string>>;
	signal: AbortSignal;
	timeoutMs?: number;
	/** Where less than the usual size limit is enough. */
	maxBytes?: number;
};

/** `unanswered`: no reply was read, so the provider may or may not have acted. */
export type HttpResponse =
	| { kind: "answered"; status: number; headers: Headers; text: string }
	| { kind: "unanswered"; reason: "timeout" | "dropped" | "unreachable" | "aborted" }
	| { kind: "forbidden"; reason: string };

export type Identity = {
	/** The provider's id of the account, stable over token changes. */
	accountId: string;
	/** What to call the account, for example an e-mail address. */
	label: string;
	scopes: string[];
	missingScopes: string[];
};

export type ConnectorResult<Value> = { kind: "ok"; value: Value } | ConnectorFailure;

/** Outcomes that concern the whole call. */
export type ConnectorFailure =
	| { kind: "later"; afterMs: number; reason: ErrorCode; message: string; countsAgainstBudget: boolean }
	| { kind: "reconnect"; reason: ErrorCode; message: string }
	| { kind: "refused"; reason: ErrorCode; message: string };

export type PushTarget = {
	containerId: string;
	tableId: string;
	/** Column ids to match on, 1 to 3. */
	matchKey: string[];
	/** The mapped columns as discovery last saw them: how a cell is to be sent may hang on its column's type. */
	columns: readonly TableField[];
};

export type PushRow = {
	/** The engine's own reference; comes back in the outcome. */
	ref: string;
	/** Column id → value as `coerce` made it. */
	cells: Record<string, unknown>;
};

export type PushResult =
	| { kind: "pushed"; rows: { ref: string; remoteId: string; created: boolean }[] }
	/** Refused because of at least one row; with one row it is that row's fault and `reason` is its reason. */
	| { kind: "split"; reason: ErrorCode; message: string }
	/** The target itself is wrong (table or column gone, permission lost): pauses the target, fails no row. */
	| { kind: "mend_target"; reason: ErrorCode; message: string }
	| ConnectorFailure;

export type CoerceResult = { ok: true; cell: unknown } | { ok: false; message: string };
