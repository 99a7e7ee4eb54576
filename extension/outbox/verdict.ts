import type { RecordProblem } from "../../backend/contract/errors.ts";
import type { OperationResult } from "../../backend/contract/writes.ts";
import { ApiFailure } from "../api/api-failure.ts";
import { t } from "../i18n/t.ts";

/** What an answer to a batch means for the whole of it. */
export type BatchVerdict =
	/** Nobody is signed in any more: everything waits for the next sign-in. */
	| { kind: "sign-in" }
	/** The person is no longer in the workspace it was for. */
	| { kind: "expelled" }
	/** Refused for one operation's sake, nobody says which: halve until it is found. */
	| { kind: "split"; problem: RecordProblem }
	/** Like `split`, but a single operation may be innocent: it backs off instead of being refused. */
	| { kind: "split-or-later" }
	/** The person's role there only looks, says the server. */
	| { kind: "forbidden"; problem: RecordProblem }
	/** No usable answer: again later, with back-off. */
	| { kind: "later" }
	/** The server asks for silence. */
	| { kind: "hold"; forMs: number };

/** The longest silence a server is given: a wrong clock or header must not stop an outbox for a year. */
export const maxHoldMs = 3_600_000;
/** "Retry-After: 0" from a busy server is no invitation to ask without a pause. */
const minHoldMs = 1_000;

/** Branches on status and code only. What is not known is taken as no answer: nothing is lost by asking again. */
export function verdictOn(error: unknown): BatchVerdict {
	if (!(error instanceof ApiFailure)) throw error;
	const { status, code, message, retryAfterMs } = error;
	if (code === "client/workspace-gone") return { kind: "expelled" };
	if (code === "client/signed-out" || status === 401) return { kind: "sign-in" };
	if (retryAfterMs !== null && (status === 429 || status === 503)) {
		return { kind: "hold", forMs: Math.min(Math.max(retryAfterMs, minHoldMs), maxHoldMs) };
	}
	if (status === 413) return { kind: "split", problem: { code, message, action: "edit" } };
	if (code === "client/foreign-answer") return { kind: "later" };
	if (status === 400 || status === 422) return { kind: "split", problem: { code, message, action: "edit" } };
	// The person's role may not write; any other 403 is about the way there and not about the records.
	if (code === "auth/forbidden") return { kind: "forbidden", problem: { code, message, action: "retry" } };
	if (status === 500) return { kind: "split-or-later" };
	return { kind: "later" };
}

/** What one result means: `null` is a status we do not know or a result that is missing; it counts as unanswered. */
export function outcomeOf(result: Partial<OperationResult> | undefined): "accepted" | RecordProblem | null {
	switch (result?.status) {
		case "stored":
		case "duplicate":
			return "accepted";
		case "rejected":
			return refusal(result.error);
		default:
			return null;
	}
}

/** What a refused write needs is another content or target; anything else may go better the next time. */
function refusal(error: OperationResult["error"]): RecordProblem {
	// Typed by the contract, but an answer of another version may hold anything.
	const code = typeof error?.code === "string" ? error.code : "writes/operation-invalid";
	const message = typeof error?.message === "string" ? error.message : t("answers.noReason");
	return { code, message, action: code.startsWith("writes/") ? "edit" : "retry" };
}
