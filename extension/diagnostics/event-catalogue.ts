import type { DiagnosticContext, DiagnosticEvents } from "../../backend/contract/diagnostics.ts";

/** Which part of the extension notes something. */
export const contexts: readonly DiagnosticContext[] = ["background", "popup", "panel", "options"];

const errorNames = ["TypeError", "RangeError", "ReferenceError", "SyntaxError", "AbortError", "other"] as const;

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
 * The contract's catalogue (`backend/contract/diagnostics.ts`, where it is explained). Only its types may be imported, so the compiler
 * holds the two equal.
 */
export const events: DiagnosticEvents = {
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
};
