import { guardReasons } from "./checked-address.ts";
import type { HttpResponse } from "./connector.ts";
import { retryAfterMs } from "./retry-after.ts";

/**
 * What kept rows from a server that a person runs, before it is said to anyone: the same trouble is told differently while
 * connecting and while delivering (`row-failure.ts`).
 */
export type Trouble =
	| { kind: "credential" }
	/** The address that was typed cannot be read. */
	| { kind: "address" }
	| { kind: "permission" }
	| { kind: "table_missing" }
	| { kind: "column_missing" }
	/** Gone since it was looked up: the next try makes it anew. */
	| { kind: "row_missing" }
	| { kind: "value"; said: string }
	| { kind: "option" }
	| { kind: "ambiguous" }
	| { kind: "too_large" }
	| { kind: "busy"; afterMs: number }
	| { kind: "provider"; afterMs: number }
	/** An answer that is not this product's: another server at this address, or a page in front of it. */
	| { kind: "stranger"; afterMs: number }
	| { kind: "unreachable"; afterMs: number }
	| { kind: "guarded"; afterMs: number; reason: string }
	| { kind: "refused"; said: string };

export type Answer<Value> = { ok: true; value: Value } | { ok: false; trouble: Trouble };

const providerMs = 2_000;
/** The address is refused by our own guard: only the operator can mend that. */
const guardedMs = 300_000;

/**
 * What an answer says whatever the product: none came, it is throttled, broken or too large. Null: it is a refusal, and only the
 * product's own words tell of what.
 *
 * @param penaltyMs how long to wait after a 429 that names no time
 */
export function passingTrouble(response: HttpResponse, penaltyMs: number): Trouble | null {
	if (response.kind === "unanswered") {
		return { kind: "unreachable", afterMs: response.reason === "aborted" ? 0 : providerMs };
	}
	if (response.kind === "forbidden") {
		const { reason } = response;
		return reason === guardReasons.tooLarge ? { kind: "too_large" } : { kind: "guarded", afterMs: guardedMs, reason };
	}
	const { status, headers } = response;
	const waitMs = retryAfterMs(headers);
	if (status === 429) return { kind: "busy", afterMs: waitMs ?? penaltyMs };
	if (status === 413 || status === 414 || status === 431) return { kind: "too_large" };
	// The server may have acted before its answer was spoilt, and doing it again is safe.
	if (status < 400) return { kind: "stranger", afterMs: providerMs };
	if (status >= 500 || status === 408 || status === 409) return { kind: "provider", afterMs: waitMs ?? providerMs };
	return null;
}
