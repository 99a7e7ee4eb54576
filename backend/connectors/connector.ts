import type { Socket } from "node:net";
import type { Table, TableField } from "../contract/connections.ts";
import type { ErrorCode, ProblemDetails } from "../contract/errors.ts";
import type { FieldValue } from "../contract/fields.ts";
import type { FormField } from "../contract/providers.ts";
import type { GuardedFiles } from "./files.ts";
import type { OAuthManifest } from "./oauth-manifest.ts";
import type { Source } from "./source.ts";
import type { RowWatch } from "./watch.ts";

/**
 * What a connector is: one provider behind one interface (ARCHITECTURE, CON-1). It sees no request, job, database,
 * environment variable or other connector. It is handed a credential, a target, a batch and a guarded `http` (and a guarded
 * `dial`, if its manifest asks for sockets), and returns what happened as values; it throws only for defects of its own.
 *
 * Every request it makes waits for its turn in the provider's budget before it leaves (SYNC-4): the `http` it is given sees to
 * that, so a connector counts nothing itself.
 */
export type Connector = {
	manifest: ConnectorManifest;
	/** Who this credential belongs to and what it may do. Called before a connection is stored, and to check health. */
	identify(call: ConnectorCall): Promise<ConnectorResult<Identity>>;
	/** All tables the credential can reach, with their columns. */
	discover(call: ConnectorCall): Promise<ConnectorResult<Table[]>>;
	/**
	 * Writes at most `manifest.limits.recordsPerRequest` rows, as an upsert on `target.matchKey`: natively where the provider has one
	 * (one request), else by looking the keys up and then creating or updating. The engine has coerced the values and folded rows with
	 * the same key into one, and nobody else writes these keys meanwhile. Done again after a lost reply, it leaves one row.
	 * Rows refused for one row's sake answer `split`: the engine halves the batch to find that row.
	 */
	push(call: ConnectorCall, target: PushTarget, rows: readonly PushRow[]): Promise<PushResult>;
	/** A captured value as the provider wants it in this column, or why it does not fit. Pure. */
	coerce(value: FieldValue, column: TableField): CoerceResult;
	/** The page a person opens to see the row, or null when the provider has none. Pure. */
	remoteUrl(target: Pick<PushTarget, "containerId" | "tableId">, remoteId: string): string | null;
	/**
	 * The rows of these match keys or ids as they are there now, for conflict policies and read-back (SYNC-5, SYNC-6). A key that no
	 * row has is absent from the answer; one that several rows have comes with all of them. Left out where rows cannot be read.
	 */
	read?(call: ConnectorCall, target: PushTarget, wanted: WantedRows): Promise<ConnectorResult<RemoteRow[]>>;
	/** Deletes rows. One that is gone already counts as deleted. Left out where a delivery cannot be taken back. */
	remove?(
		call: ConnectorCall,
		target: PushTarget,
		remoteIds: readonly string[],
	): Promise<ConnectorResult<{ removed: string[] }>>;
	/** Adds columns to a table, as the person agreed (CON-2), and answers them as discovery would. */
	createColumns?(
		call: ConnectorCall,
		table: Pick<PushTarget, "containerId" | "tableId">,
		columns: readonly NewColumn[],
	): Promise<ConnectorResult<TableField[]>>;
	/** Puts a file into an attachment column of a row (CON-3). */
	upload?(call: ConnectorCall, target: PushTarget, file: AttachedFile): Promise<ConnectorResult<{ id: string }>>;
	/** Rows whose title has this text, over the whole table: what a linked-record input offers. */
	searchRows?(
		call: ConnectorCall,
		table: Pick<PushTarget, "containerId" | "tableId">,
		text: string,
	): Promise<ConnectorResult<{ id: string; label: string }[]>>;
	/** Its tables as a source of records, where they can be one (J6). */
	source?: Source;
	/** Ends what it keeps open, when the process stops. */
	close?(): void;
	/** How the provider tells that rows changed (SYNC-6); left out where it does not, and then rows are looked at now and then. */
	watch?: RowWatch;
};

export type ConnectorManifest = {
	id: string;
	title: string;
	summary: string;
	/** An SVG document of 24 × 24 in `currentColor`, drawn as a mask: it runs nothing and follows the theme. */
	icon: string;
	/** How an account is connected, the first being what is offered first. */
	ways: readonly ConnectionWay[];
	/** What `token` asks for; empty for a connector that has only `oauth` or `none`. */
	form: FormField[];
	/** Set where `ways` has `oauth`. */
	oauth?: OAuthManifest;
	/** Where a person sees the whole account's tables without signing in; only the practice base has it. */
	homeUrl?: string;
	/** Scopes without which the connection is of no use; `identify` reports what is missing. */
	requiredScopes: string[];
	/** It is read from and never written to: no target leads there. Its `push` refuses. */
	onlySource?: true;
	/** Whether the connector opens sockets of its own and is to be handed `dial`. */
	dials?: true;
	/** Whether the connector reads files that people gave to the workspace, and is to be handed `files`. */
	readsFiles?: true;
	/** Whether a choice that a column does not have yet is added with the row that names it, where `coerce` takes it. */
	addsChoices?: true;
	limits: {
		/** Rows one push takes. */
		recordsPerRequest: number;
		/** Requests allowed per second in one budget scope (see `budgetScope`). */
		requestsPerSecond: number;
		/** How long the provider refuses everything after a 429 that names no time. */
		penaltyMs: number;
		/** How long a delivered row rests at least before Sheaf looks at it again by itself (SYNC-6); 15 minutes when left out. */
		lookEveryMs?: number;
		/** Pushes of one lane on their way at once; 4 when left out. 1 where two writers would get into each other's way. */
		inFlight?: number;
	};
	/**
	 * Where a provider counts some requests apart from others, each kind at `requestsPerSecond`: the kind of this one. Pure; the text
	 * is a part of a key in the database.
	 */
	kindOf?: ((request: Pick<HttpRequest, "method" | "url">) => string) | undefined;
	/**
	 * Who shares one request budget. Airtable counts per base over all its users, so the scope is the base and not
	 * the connection. Pure; the text is a key in the database, so no secrets in it.
	 */
	budgetScope(target: { containerId: string; connectionId: string }): string;
};

/** `none`: one click and no account (the practice base). */
export type ConnectionWay = "oauth" | "token" | "none";

export type ConnectorCall = {
	/** The decrypted form values, for example `{ token }`. Lives for this call only. */
	credential: Readonly<Record<string, string>>;
	http: GuardedHttp;
	/** There where the manifest says `dials`. */
	dial?: GuardedDial;
	/** There where the manifest says `readsFiles`: the files of the workspace that the call is made for. */
	files?: GuardedFiles;
	/** There where a session may be kept open for the next call; one that was dialled for this holder, and only for it. */
	keep?: SessionKeeping;
	signal: AbortSignal;
};

export type SessionKeeping = {
	/** Whose call it is: the connection's id. Nothing kept for one is used for another. */
	holder: string;
	/** Waits for a turn in the provider's budget, for work that dials nothing; false: it is not to be done now. */
	turn(): Promise<boolean>;
};

/**
 * A TCP connection with the SSRF guard around it: the name is resolved once, every answer has to be public (or allowed by the
 * operator), and the socket goes to the address that was checked (SEC-2, `dial.ts`).
 */
export type GuardedDial = (place: { host: string; port: number; signal: AbortSignal }) => Promise<DialResult>;

export type DialResult =
	| { kind: "connected"; socket: Socket }
	| { kind: "unanswered"; reason: "timeout" | "dropped" | "unreachable" | "aborted" }
	| { kind: "forbidden"; reason: string };

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
	/** Sent as it stands, instead of JSON: a file, or a text that is serialised already. */
	raw?: { type: string; bytes: Uint8Array };
	signal: AbortSignal;
	timeoutMs?: number;
	/** Where less than the usual size limit is enough. */
	maxBytes?: number;
	/** The answer is no text: it comes as `bytes`, and `text` is empty. */
	asBytes?: true;
};

/** `unanswered`: no reply was read, so the provider may or may not have acted. */
export type HttpResponse =
	| { kind: "answered"; status: number; headers: Headers; text: string; bytes?: Uint8Array }
	| { kind: "unanswered"; reason: "timeout" | "dropped" | "unreachable" | "aborted" }
	| { kind: "forbidden"; reason: string };

export type Identity = {
	/** The provider's id of the account, stable over token changes. */
	accountId: string;
	/** What to call the account, for example an e-mail address. */
	label: string;
	scopes: string[];
	missingScopes: string[];
	/** The account to work with, where the login reaches exactly one. */
	profile?: { id: string; name: string; detail: string };
};

export type ConnectorResult<Value> = { kind: "ok"; value: Value } | ConnectorFailure;

/** Why something was not done: a code, one sentence a person can act on, and what other languages need to say it. */
export type Told = { reason: ErrorCode; message: string; details?: ProblemDetails };

/** Outcomes that concern the whole call. */
export type ConnectorFailure =
	| ({ kind: "later"; afterMs: number; countsAgainstBudget: boolean } & Told)
	| ({ kind: "reconnect" } & Told)
	| ({ kind: "refused" } & Told);

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
	/** The version of the record, for providers that are told of it (a message has one id per version). */
	version?: number;
	/** Column id → value as `coerce` made it. */
	cells: Record<string, unknown>;
	/** The row it is to be written to, where that is known: no look-up by match key then. A row that is gone is made anew. */
	remoteId?: string;
};

/** At most 100 at a time. Keys are the cells of the match key's columns, as `coerce` made them. */
export type WantedRows =
	| { by: "key"; keys: readonly Readonly<Record<string, unknown>>[] }
	| { by: "id"; ids: readonly string[] };

export type RemoteRow = {
	remoteId: string;
	/** Column id → value in the form that `coerce` gives, so that the two can be compared; empty cells are absent. */
	cells: Record<string, unknown>;
	/** When it was last changed there, where the provider says so. */
	changedAt: string | null;
};

/** A column that is to be made. `type` is Sheaf's word; a type the provider cannot make answers `refused`. */
export type NewColumn = { name: string; type: TableField["type"]; options?: readonly string[] };

export type AttachedFile = { remoteId: string; columnId: string; name: string; contentType: string; bytes: Uint8Array };

export type PushResult =
	| { kind: "pushed"; rows: { ref: string; remoteId: string; created: boolean }[] }
	/** Refused because of at least one row; with one row it is that row's fault and `reason` is its reason. */
	| ({ kind: "split" } & Told)
	/** The target itself is wrong (table or column gone, permission lost): pauses the target, fails no row. */
	| ({ kind: "mend_target" } & Told)
	| ConnectorFailure;

export type CoerceResult = { ok: true; cell: unknown } | { ok: false; message: string; details?: ProblemDetails };
