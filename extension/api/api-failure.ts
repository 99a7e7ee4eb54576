import type { ErrorBody, ErrorCode } from "../../backend/contract/errors.ts";
import { errorSentence } from "../i18n/error-sentence.ts";
import { t } from "../i18n/t.ts";

/** The backend's codes, and what can go wrong before it gets to answer in its own words. */
export type ApiFailureCode =
	| ErrorCode
	/** No answer: no network, no server, or the connection was cut. Whether the request took effect is unknown. */
	| "client/unreachable"
	/** No answer in time. Whether the request took effect is unknown. */
	| "client/timeout"
	/** A 2xx that is not what the contract says: a captive portal, a proxy. Counts as no answer. */
	| "client/malformed"
	/** An answer that is not 2xx and not in the backend's form: something in between answered. */
	| "client/foreign-answer"
	/** Nobody is signed in, so nothing was sent. */
	| "client/signed-out"
	/** The person is no longer in the workspace that this was for, so nothing was sent. */
	| "client/workspace-gone";

/** Why a request brought nothing. `message` can be shown to the person. */
export class ApiFailure extends Error {
	override readonly name = "ApiFailure";
	readonly code: ApiFailureCode;
	/** The HTTP status, or null when there was no answer. */
	readonly status: number | null;
	/** How long the server asked us to stay away, or null. */
	readonly retryAfterMs: number | null;
	readonly details: unknown;

	constructor(
		code: ApiFailureCode,
		message: string,
		more: { status?: number; retryAfterMs?: number | null; details?: unknown; cause?: unknown } = {},
	) {
		super(message, { cause: more.cause });
		this.code = code;
		this.status = more.status ?? null;
		this.retryAfterMs = more.retryAfterMs ?? null;
		this.details = more.details;
	}
}

/** Ends a request and not the session. */
export function workspaceIsGone(): ApiFailure {
	return new ApiFailure("client/workspace-gone", t("errors.client/workspace-gone"));
}

/** A 2xx that is not what the contract says. */
export function unreadableAnswer(cause: unknown): ApiFailure {
	return new ApiFailure("client/malformed", t("errors.client/malformed"), { cause });
}

/** An answer that is not 2xx, in the backend's words when it has any. */
export async function failureOf(response: Response, nowMs: number): Promise<ApiFailure> {
	const more = { status: response.status, retryAfterMs: retryAfterMs(response.headers.get("retry-after"), nowMs) };
	const body: unknown = await response.json().catch(() => null);
	if (isErrorBody(body)) {
		const { code, message, details } = body.error;
		return new ApiFailure(code, errorSentence({ code, message, details }), { ...more, details });
	}
	return new ApiFailure("client/foreign-answer", t("errors.client/foreign-answer", { status: response.status }), more);
}

/** What `fetch` rejected with. An abort by our own deadline is a timeout. */
export function failureOfFetch(error: unknown): ApiFailure {
	if (error instanceof ApiFailure) return error;
	if (error instanceof Error && error.name === "TimeoutError") {
		return new ApiFailure("client/timeout", t("errors.client/timeout"), { cause: error });
	}
	return new ApiFailure("client/unreachable", t("errors.client/unreachable"), { cause: error });
}

/** RFC 9110 §10.2.3: seconds or a date. @returns milliseconds from now, or null when it says nothing readable. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
	if (header === null) return null;
	if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
	const date = Date.parse(header);
	return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

function isErrorBody(body: unknown): body is ErrorBody {
	if (typeof body !== "object" || body === null || !("error" in body)) return false;
	const { error } = body;
	if (typeof error !== "object" || error === null || !("code" in error) || !("message" in error)) return false;
	return typeof error.code === "string" && typeof error.message === "string";
}
