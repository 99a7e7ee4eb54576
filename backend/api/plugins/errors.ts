import { Elysia } from "elysia";
import type { Logger } from "pino";
import type { ErrorBody, ErrorCode, ErrorDetail } from "../../contract/errors.ts";
import { isRowRefused } from "../../db/row-refused.ts";
import { isTenantGone } from "../../db/tenant-gone.ts";
import { isDatabaseUnavailable } from "../../db/unavailable.ts";
import { isUnstorableText } from "../../db/unstorable.ts";
import { SheafError } from "../../errors.ts";
import { noteAuthFailure } from "../../telemetry/auth-figures.ts";
import type { Metrics } from "../../telemetry/metrics.ts";
import { isClientEndpoint, type OAuthErrorBody, oauthAnswer } from "../oauth/oauth-answer.ts";
import { invalidRequest, isValidation } from "./invalid-request.ts";
import { requestId } from "./request-id.ts";
import { statusByCode } from "./statuses.ts";

/** How long a client waits before it asks again while the database is away (promise I6: back within 5 s). */
const unavailableRetrySeconds = 2;

/**
 * Answers everything that was thrown as `{ error: { code, message, details? } }`, or as OAuth says it where OAuth's clients ask; only
 * defects are logged as errors.
 */
export function answerErrors(log: Logger, metrics: Pick<Metrics, "count">) {
	return new Elysia({ name: "errors" }).onError(
		{ as: "global" },
		({ code, error, set, request }): ErrorBody | OAuthErrorBody => {
			const answer = answerFor({ code, error, request });
			if (answer.code === "server/internal" || answer.code === "server/unavailable" || isRowRefused(error)) {
				// Elysia's own validation messages quote the value, which may be captured content: never log those.
				const cause = code === "VALIDATION" ? "An answer did not match its schema." : error;
				log.error({ requestId: requestId(request), err: cause }, answer.code);
			}
			metrics.count("sheaf_refusals_total", { code: answer.code });
			set.status = statusByCode[answer.code];
			if (set.status === 401) noteAuthFailure(answer.code);
			// A handler may have set these for the answer it did not get to give.
			set.headers["content-type"] = "application/json";
			Object.assign(set.headers, headersFor(answer));
			if (isClientEndpoint(new URL(request.url).pathname)) {
				const { status, headers, body } = oauthAnswer(answer, statusByCode[answer.code]);
				set.status = status;
				Object.assign(set.headers, headers);
				return body;
			}
			const details = answer.details === undefined ? {} : { details: answer.details };
			return { error: { code: answer.code, message: answer.message, ...details } };
		},
	);
}

function answerFor(thrown: { code: unknown; error: unknown; request: Request }): ErrorDetail {
	const { code, request } = thrown;
	const error = unwrapped(thrown.error);
	if (error instanceof SheafError) return { code: error.code, message: error.message, details: error.details };
	if (code === "NOT_FOUND") return { code: "request/not-found", message: "There is nothing at this address." };
	if (code === "PARSE")
		return { code: "request/invalid", message: "The body could not be read: it is not valid JSON." };
	if (code === "VALIDATION" && isValidation(error) && error.type !== "response") return invalidRequest(error);
	if (isUnstorableText(error)) {
		return { code: "request/invalid", message: "A text holds a NUL character, which cannot be stored. Take it out." };
	}
	if (isTenantGone(error)) {
		return { code: "auth/session-revoked", message: "This workspace was deleted. Nothing was stored in it." };
	}
	// The layers before it let through what they should have refused: a defect, and nothing was written.
	if (isRowRefused(error)) {
		return { code: "auth/forbidden", message: "This is not allowed here. Nothing was changed." };
	}
	if (isDatabaseUnavailable(error)) {
		return {
			code: "server/unavailable",
			message: "The database does not answer right now. Nothing was changed; try again in a moment.",
			details: { retryAfterSeconds: unavailableRetrySeconds },
		};
	}
	return {
		code: "server/internal",
		message: "Something went wrong on our side. Try again; if it stays, report the request id.",
		details: { requestId: requestId(request) },
	};
}

/** Elysia wraps whatever is thrown while a body is read; what `read-body.ts` says about it is inside. */
function unwrapped(error: unknown): unknown {
	return error instanceof Error && error.cause instanceof SheafError ? error.cause : error;
}

function headersFor({ code, details }: ErrorDetail): Record<string, string> {
	const headers: Record<string, string> = {};
	if (typeof details === "object" && details !== null && "retryAfterSeconds" in details) {
		headers["retry-after"] = String(details.retryAfterSeconds);
	}
	const challenge = challenges[code];
	if (challenge) headers["www-authenticate"] = challenge;
	return headers;
}

/** RFC 6750 §3: a request without a token gets the bare scheme, one with a bad token learns what is wrong with it. */
const challenges: Partial<Record<ErrorCode, string>> = {
	"auth/token-missing": 'Bearer realm="sheaf"',
	"auth/token-invalid": 'Bearer realm="sheaf", error="invalid_token", error_description="The token is not valid"',
	"auth/token-expired": 'Bearer realm="sheaf", error="invalid_token", error_description="The token has expired"',
	"auth/session-revoked": 'Bearer realm="sheaf", error="invalid_token", error_description="The session has ended"',
	"auth/forbidden": 'Bearer realm="sheaf", error="insufficient_scope"',
};
