import { type Static, Type } from "@sinclair/typebox";

/**
 * Every error code the API can answer with, as `area/what`. Codes are stable: clients branch on them and never on
 * message text. A new code is added here first.
 */
export const errorCodes = [
	"auth/token-missing",
	"auth/token-invalid",
	"auth/token-expired",
	"auth/session-revoked",
	"auth/forbidden",
	"auth/rate-limited",
	"auth/provider-unknown",
	"auth/upstream-refused",
	"auth/upstream-unavailable",
	"auth/proof-invalid",
	"auth/email-in-use",
	"auth/account-in-use",
	"auth/last-way-in",
	"auth/account-not-found",
	"auth/password-wrong",
	"auth/password-unacceptable",
	"auth/email-unverified",
	"users/confirmation-wrong",
	"users/sole-owner",
	"sessions/not-found",
	"settings/version-conflict",
	"settings/too-large",
	"workspaces/not-found",
	"workspaces/personal",
	"workspaces/last-owner",
	"workspaces/member-not-found",
	"workspaces/already-member",
	"workspaces/invite-invalid",
	"workspaces/too-many",
	"webhooks/signature-invalid",
	"request/invalid",
	"request/too-large",
	"request/not-found",
	"request/rate-limited",
	"request/origin-refused",
	"server/unavailable",
	"server/internal",
	"writes/too-many-operations",
	"writes/operation-invalid",
	"writes/operation-conflict",
	"writes/version-conflict",
	"writes/record-too-large",
	"writes/text-invalid",
	"writes/target-unknown",
	"records/not-found",
	"records/not-retryable",
	"records/not-undoable",
	"records/no-conflict",
	"records/decision-invalid",
	"bulk/not-found",
	"bulk/nothing-matches",
	"bulk/selection-changed",
	"bulk/running",
	"bulk/rows-stay",
	"connections/not-found",
	"connections/in-use",
	"connections/provider-unknown",
	"connections/settings-invalid",
	"connections/credential-refused",
	"connections/scope-missing",
	"connections/provider-unreachable",
	"connections/provider-busy",
	"connections/address-refused",
	"connections/consent-refused",
	"connections/flow-expired",
	"connections/other-account",
	"connections/way-unknown",
	"connections/disconnected",
	"targets/not-found",
	"targets/connection-unknown",
	"targets/table-unknown",
	"targets/mapping-invalid",
	"targets/match-key-invalid",
	"targets/paused",
	"targets/schedule-invalid",
	"targets/policy-unsupported",
	"targets/transform-invalid",
	"targets/constant-invalid",
	"targets/column-refused",
	"targets/column-changed",
	"recipes/not-found",
	"recipes/version-conflict",
	"recipes/version-unknown",
	"recipes/too-many",
	"events/hook-not-found",
	"events/address-refused",
	"triggers/not-found",
	"triggers/signature-invalid",
	"delivery/credential-refused",
	"delivery/permission-lost",
	"delivery/table-missing",
	"delivery/column-missing",
	"delivery/value-refused",
	"delivery/option-missing",
	"delivery/match-ambiguous",
	"delivery/conflict",
	"delivery/match-key-empty",
	"delivery/record-too-large",
	"delivery/quota-exhausted",
	"delivery/provider-busy",
	"delivery/provider-unreachable",
	"delivery/provider-error",
	"delivery/refused",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export const ErrorDetail = Type.Object(
	{
		code: Type.Unsafe<ErrorCode>(Type.Union(errorCodes.map((code) => Type.Literal(code)))),
		/** One sentence a person can act on. */
		message: Type.String(),
		details: Type.Optional(Type.Unknown()),
	},
	{ $id: "ErrorDetail" },
);
export type ErrorDetail = { code: ErrorCode; message: string; details?: unknown };

/** The body of every answer that is not 2xx, outside the OAuth endpoints (those answer as RFC 6749 says). */
export const ErrorBody = Type.Object({ error: ErrorDetail });
export type ErrorBody = { error: ErrorDetail };

/**
 * What a problem's sentence is about, for whoever says it in another language: `case`, where a code has several sentences, and what stands
 * in their places. Names, figures and short texts, nothing that `message` does not show.
 */
export const ProblemDetails = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]));
export type ProblemDetails = Static<typeof ProblemDetails>;

/** A reason shown beside a record: what happened and which button mends it. */
export const RecordProblem = Type.Object({
	code: Type.String(),
	message: Type.String(),
	details: Type.Optional(ProblemDetails),
	/** What the person can press: try again, reconnect the account, edit the record, mend the target's mapping, or choose between two versions. */
	action: Type.Union([
		Type.Literal("retry"),
		Type.Literal("reconnect"),
		Type.Literal("edit"),
		Type.Literal("mend_target"),
		Type.Literal("choose"),
	]),
});
export type RecordProblem = Static<typeof RecordProblem>;
