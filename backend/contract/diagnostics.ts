import { type Static, Type } from "@sinclair/typebox";

export type DiagnosticLevel = "info" | "warn" | "error";

/**
 * What an attribute of a diagnostic event may hold; none of it can hold free text. `count`: a whole number from 0 on, also of milliseconds.
 * `id`: a UUID of Sheaf's own. `code`: one of `errorCodes`, `localCodes` or `unknown`. A list: one of these words.
 */
export type AttributeKind = "count" | "flag" | "id" | "code" | readonly string[];

/** Codes of what fails in the extension before a server is asked or answers. */
export const localCodes = [
	"client/unreachable",
	"client/timeout",
	"client/malformed",
	"client/foreign-answer",
	"client/signed-out",
	"client/workspace-gone",
	"outbox/storage-full",
	"outbox/storage-failed",
	"outbox/newer-version",
	"outbox/record-unknown",
	"outbox/closed",
] as const;

/** Of the standard errors that a script throws; `other` is every other one, whatever it is called. */
const errorNames = ["TypeError", "RangeError", "ReferenceError", "SyntaxError", "AbortError", "other"] as const;

/** The first part of a route under `/api/v1/`; ids and what is asked for are in the rest. */
const areas = [
	"activity",
	"analytics",
	"auth",
	"blobs",
	"bulk",
	"connections",
	"diagnostics",
	"entitlements",
	"event-hooks",
	"invites",
	"live",
	"providers",
	"recipes",
	"records",
	"selections",
	"sources",
	"targets",
	"users",
	"workspaces",
	"writes",
	"other",
] as const;

/**
 * Everything that the extension keeps of what it did (OBS-3), with the level of each event and what each of its attributes may hold.
 * What is not here is neither kept, nor copied, nor sent, nor taken by the server.
 */
export const diagnosticEvents = {
	"background.started": { level: "info", has: {} },
	"browser.started": { level: "info", has: {} },
	"extension.installed": {
		level: "info",
		has: { reason: ["install", "update", "browser_update", "chrome_update", "shared_module_update"] },
	},
	"page.drawn": { level: "info", has: { ms: "count" } },
	"page.failed": { level: "error", has: { code: "code" } },
	"script.failed": { level: "error", has: { as: ["error", "rejection"], thrown: errorNames } },
	"capture.read": {
		level: "info",
		has: {
			outcome: ["read", "not-readable", "document-changed", "no-answer", "address-not-http"],
			ms: "count",
		},
	},
	"capture.saved": { level: "info", has: { records: "count", ms: "count" } },
	"capture.unsaved": { level: "error", has: { code: "code", ms: "count" } },
	"storage.failed": { level: "error", has: { code: "code" } },
	"flush.ended": {
		level: "info",
		has: {
			outcome: ["done", "later", "held", "signed-out", "busy", "stopped"],
			accepted: "count",
			ms: "count",
		},
	},
	"batch.unanswered": { level: "warn", has: { code: "code", operations: "count" } },
	"operation.refused": { level: "warn", has: { code: "code", recordId: "id" } },
	"round.failed": {
		level: "warn",
		has: { step: ["paint", "move-guest", "aim", "flush", "refresh", "plan"], code: "code" },
	},
	"records.refreshed": { level: "info", has: { changed: "count", ms: "count" } },
	"guest.moved": { level: "info", has: { records: "count" } },
	"request.failed": {
		level: "warn",
		has: {
			method: ["GET", "POST", "PUT", "PATCH", "DELETE"],
			area: areas,
			code: "code",
			status: "count",
			ms: "count",
		},
	},
	"session.began": { level: "info", has: { unopened: "count" } },
	"session.renewed": { level: "info", has: { ms: "count" } },
	"session.not-renewed": { level: "warn", has: { code: "code", ms: "count" } },
	"session.ended": { level: "info", has: { by: ["person", "backend"] } },
	"feed.live": { level: "info", has: {} },
	"feed.lost": { level: "warn", has: { wasLive: "flag", failures: "count", code: "code" } },
	"diagnostics.lost": { level: "warn", has: { entries: "count" } },
} as const satisfies Record<string, { level: DiagnosticLevel; has: Readonly<Record<string, AttributeKind>> }>;

export type DiagnosticEvents = typeof diagnosticEvents;
export type DiagnosticEvent = keyof DiagnosticEvents;

/** Which part of the extension an entry is of. */
export const diagnosticContexts = ["background", "popup", "panel", "options"] as const;
export type DiagnosticContext = (typeof diagnosticContexts)[number];

/** OpenTelemetry's severity numbers of our levels (logs data model, "SeverityNumber"). */
export const severities = { info: 9, warn: 13, error: 17 } as const satisfies Record<DiagnosticLevel, number>;

/** Entries of one request. */
export const maxShippedEntries = 100;

const strict = { additionalProperties: false } as const;

/** `AnyValue` of OTLP, as far as an attribute needs it. 64 bits do not fit into a JSON number, so that OTLP has them as text. */
const OtlpValue = Type.Union([
	Type.Object({ stringValue: Type.String({ maxLength: 64 }) }, strict),
	Type.Object({ intValue: Type.String({ pattern: "^\\d{1,15}$" }) }, strict),
	Type.Object({ boolValue: Type.Boolean() }, strict),
]);
export type OtlpValue = Static<typeof OtlpValue>;

const OtlpAttributes = Type.Array(
	Type.Object({ key: Type.String({ pattern: "^[a-zA-Z][a-zA-Z._-]{0,39}$" }), value: OtlpValue }, strict),
	{ maxItems: 12 },
);
export type OtlpAttributes = Static<typeof OtlpAttributes>;

const OtlpLogRecord = Type.Object(
	{
		timeUnixNano: Type.String({ pattern: "^\\d{16,20}$" }),
		severityNumber: Type.Integer({ minimum: 1, maximum: 24 }),
		eventName: Type.String({ pattern: "^[a-z.-]{1,64}$" }),
		attributes: OtlpAttributes,
	},
	strict,
);
export type OtlpLogRecord = Static<typeof OtlpLogRecord>;

/** `POST /api/v1/diagnostics`: an `ExportLogsServiceRequest` of OTLP/HTTP in JSON (OpenTelemetry protocol 1.x). */
export const DiagnosticsRequest = Type.Object(
	{
		resourceLogs: Type.Array(
			Type.Object(
				{
					resource: Type.Object({ attributes: OtlpAttributes }, strict),
					scopeLogs: Type.Array(
						Type.Object(
							{
								scope: Type.Object({ name: Type.Literal("sheaf") }, strict),
								logRecords: Type.Array(OtlpLogRecord, { minItems: 1, maxItems: maxShippedEntries }),
							},
							strict,
						),
						{ minItems: 1, maxItems: 1 },
					),
				},
				strict,
			),
			{ minItems: 1, maxItems: 1 },
		),
	},
	strict,
);
export type DiagnosticsRequest = Static<typeof DiagnosticsRequest>;

/** OTLP's `ExportLogsServiceResponse`. Entries of events that this server does not know are not kept. */
export const DiagnosticsResponse = Type.Object({
	partialSuccess: Type.Optional(Type.Object({ rejectedLogRecords: Type.String({ pattern: "^\\d{1,4}$" }) })),
});
export type DiagnosticsResponse = Static<typeof DiagnosticsResponse>;
