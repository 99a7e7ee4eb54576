import type { HttpResponse } from "../connector.ts";
import { guardReasons } from "../http.ts";
import { parseError } from "./replies.ts";

/**
 * What a reply that is not the wanted one means, before it is said to anyone: the same trouble is told differently
 * while connecting (`failure.ts`) and while delivering (`push.ts`).
 */
export type Trouble =
	| { kind: "credential" }
	| { kind: "permission" }
	| { kind: "table_missing" }
	| { kind: "column_missing" }
	| { kind: "value"; said: string }
	| { kind: "row_missing"; said: string }
	| { kind: "place_lost" }
	| { kind: "option" }
	| { kind: "ambiguous" }
	| { kind: "too_large" }
	| { kind: "busy"; afterMs: number }
	| { kind: "quota"; afterMs: number }
	| { kind: "provider"; afterMs: number }
	| { kind: "unreachable"; afterMs: number }
	| { kind: "guarded"; afterMs: number }
	| { kind: "refused"; said: string };

/** Airtable answers nothing for this long after one request too many. */
export const penaltyMs = 30_000;
/** A month's calls do not come back in seconds; each try costs nothing but hope. */
const quotaMs = 6 * 3_600_000;
const providerMs = 2_000;
/** The address is refused by our own guard: only the operator can mend that. */
const guardedMs = 300_000;
const longestWaitMs = 24 * 3_600_000;

const quotaType = "PUBLIC_API_BILLING_LIMIT_EXCEEDED";

/** Types of 422 (some also seen under 403) that say what is wrong; the others say only that something is. */
const byType: Readonly<Record<string, (said: string) => Trouble>> = {
	UNKNOWN_FIELD_NAME: () => ({ kind: "column_missing" }),
	TABLE_NOT_FOUND: () => ({ kind: "table_missing" }),
	INVALID_MULTIPLE_CHOICE_OPTIONS: () => ({ kind: "option" }),
	INVALID_VALUE_FOR_COLUMN: (said) => ({ kind: "value", said }),
	INVALID_ATTACHMENT_OBJECT: (said) => ({ kind: "value", said }),
	INVALID_RECORD_ID: (said) => ({ kind: "value", said }),
	ROW_DOES_NOT_EXIST: (said) => ({ kind: "row_missing", said }),
	LIST_RECORDS_ITERATOR_NOT_AVAILABLE: () => ({ kind: "place_lost" }),
	// Formulas are ours and well formed; what can be wrong with one is the name of a column.
	INVALID_FILTER_BY_FORMULA: () => ({ kind: "column_missing" }),
	// The rows of a batch are few enough and well formed, so this is what is left of its meanings (README).
	INVALID_RECORDS: () => ({ kind: "ambiguous" }),
};

/** @param now milliseconds since the epoch, for a `Retry-After` that names a date */
export function troubleOf(response: HttpResponse, now: number = Date.now()): Trouble {
	if (response.kind === "unanswered") {
		return { kind: "unreachable", afterMs: response.reason === "aborted" ? 0 : providerMs };
	}
	if (response.kind === "forbidden") {
		return response.reason === guardReasons.tooLarge ? { kind: "too_large" } : { kind: "guarded", afterMs: guardedMs };
	}
	const { status, headers, text } = response;
	const { type, said } = parseError(text);
	const retryAfterMs = waitOf(headers.get("retry-after"), now);
	if (status === 429) {
		return type === quotaType
			? { kind: "quota", afterMs: quotaMs }
			: { kind: "busy", afterMs: retryAfterMs ?? penaltyMs };
	}
	// A 2xx comes here when its body could not be understood: the provider may have acted, and doing it again is safe.
	if (status >= 500 || status < 400 || status === 409 || status === 408) {
		return { kind: "provider", afterMs: retryAfterMs ?? providerMs };
	}
	return refusalOf(status, type, said);
}

function refusalOf(status: number, type: string, said: string): Trouble {
	const told = byType[type];
	if (told !== undefined) return told(said);
	if (status === 401) return { kind: "credential" };
	if (status === 403) return { kind: "permission" };
	if (status === 404) return { kind: "table_missing" };
	if (status === 413) return { kind: "too_large" };
	return { kind: "refused", said };
}

/** Seconds or a date; null when there is none or it makes no sense. */
function waitOf(retryAfter: string | null, now: number): number | null {
	if (retryAfter === null) return null;
	const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - now;
	return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), longestWaitMs);
}
