import type { HttpResponse } from "../connector.ts";
import { guardReasons } from "../http.ts";
import { readReply } from "../read-reply.ts";
import { retryAfterMs } from "../retry-after.ts";
import { ErrorReply } from "./replies.ts";

/**
 * What a reply that is not the wanted one means, before it is said to anyone: the same trouble is told differently while
 * connecting and while delivering (`failure.ts`).
 */
export type Trouble =
	| { kind: "credential" }
	/** The person left the permission out on Google's consent page. */
	| { kind: "scope" }
	| { kind: "permission" }
	/** The operator's Google project has the interface switched off. */
	| { kind: "switched_off" }
	| { kind: "table_missing" }
	| { kind: "not_a_sheet" }
	| { kind: "column_missing"; name: string }
	| { kind: "full" }
	| { kind: "value"; name: string }
	| { kind: "ambiguous" }
	| { kind: "too_large" }
	| { kind: "busy"; afterMs: number }
	| { kind: "provider"; afterMs: number }
	| { kind: "unreachable"; afterMs: number }
	| { kind: "guarded"; afterMs: number }
	| { kind: "refused"; said: string };

/** Quotas are refilled every minute and a refusal names no time: a whole minute later there is a new one for certain. */
export const penaltyMs = 60_000;
const providerMs = 2_000;
/** The address is refused by our own guard: only the operator can mend that. */
const guardedMs = 300_000;

/** Reasons under 403 that say what is wrong: Sheets' own (`details`) and Drive's older ones (`errors`). */
const byReason: Readonly<Record<string, Trouble>> = {
	ACCESS_TOKEN_SCOPE_INSUFFICIENT: { kind: "scope" },
	insufficientPermissions: { kind: "scope" },
	SERVICE_DISABLED: { kind: "switched_off" },
	accessNotConfigured: { kind: "switched_off" },
	RATE_LIMIT_EXCEEDED: { kind: "busy", afterMs: penaltyMs },
	rateLimitExceeded: { kind: "busy", afterMs: penaltyMs },
	userRateLimitExceeded: { kind: "busy", afterMs: penaltyMs },
};

export function troubleOf(response: HttpResponse): Trouble {
	if (response.kind === "unanswered") {
		return { kind: "unreachable", afterMs: response.reason === "aborted" ? 0 : providerMs };
	}
	if (response.kind === "forbidden") {
		return response.reason === guardReasons.tooLarge ? { kind: "too_large" } : { kind: "guarded", afterMs: guardedMs };
	}
	const { status, headers, text } = response;
	const waitMs = retryAfterMs(headers);
	if (status === 429) return { kind: "busy", afterMs: waitMs ?? penaltyMs };
	// A 2xx comes here when its body could not be understood: Google may have acted, and doing it again is safe.
	if (status >= 500 || status < 400 || status === 409 || status === 408) {
		return { kind: "provider", afterMs: waitMs ?? providerMs };
	}
	return refusalOf(status, text);
}

function refusalOf(status: number, text: string): Trouble {
	const error = readReply(ErrorReply, text)?.error;
	if (status === 401) return { kind: "credential" };
	if (status === 404) return { kind: "table_missing" };
	if (status === 413) return { kind: "too_large" };
	if (status === 403) {
		const reasons = [...(error?.details ?? []), ...(error?.errors ?? [])].map(({ reason }) => reason ?? "");
		return reasons.map((reason) => byReason[reason]).find((trouble) => trouble !== undefined) ?? { kind: "permission" };
	}
	if (error?.status === "FAILED_PRECONDITION") return { kind: "not_a_sheet" };
	return { kind: "refused", said: error?.message ?? "" };
}
