import { guardReasons } from "../checked-address.ts";
import type { HttpResponse } from "../connector.ts";
import { retryAfterMs } from "../retry-after.ts";
import { parseError } from "./replies.ts";

/** What a reply that is not the wanted one means, before it is said to anyone (`failure.ts`, `push-failure.ts`). */
export type Trouble =
	| { kind: "credential" }
	| { kind: "permission" }
	/** Not there, or not shared with the connection: Notion does not tell the two apart. */
	| { kind: "missing" }
	| { kind: "column_missing" }
	/** Notion found something wrong with what was sent; `diagnose.ts` finds out what. */
	| { kind: "value"; said: string }
	| { kind: "ambiguous" }
	| { kind: "too_large" }
	| { kind: "busy"; afterMs: number }
	| { kind: "quota"; afterMs: number }
	/** `committedId`: the page that was written although the answer says otherwise. */
	| { kind: "provider"; afterMs: number; committedId?: string }
	| { kind: "unreachable"; afterMs: number }
	| { kind: "guarded"; afterMs: number }
	/** Turned away before it reached Notion, by a rule about what it looks like. */
	| { kind: "edge" }
	| { kind: "refused"; said: string };

/** Notion always says how long; this is for an answer that lost its header. */
export const penaltyMs = 10_000;
/** A workspace's blocks, or a connection that was blocked: nothing that passes in minutes. */
const quotaMs = 6 * 3_600_000;
const providerMs = 2_000;
/** The address is refused by our own guard: only the operator can mend that. */
const guardedMs = 300_000;

export function troubleOf(response: HttpResponse): Trouble {
	if (response.kind === "unanswered") {
		return { kind: "unreachable", afterMs: response.reason === "aborted" ? 0 : providerMs };
	}
	if (response.kind === "forbidden") {
		return response.reason === guardReasons.tooLarge ? { kind: "too_large" } : { kind: "guarded", afterMs: guardedMs };
	}
	const { status, headers, text } = response;
	const { code, said, data } = parseError(text);
	const waitMs = retryAfterMs(headers) ?? (data.retry_after === undefined ? null : data.retry_after * 1_000);
	if (status === 429 || status === 529) {
		if (data.rate_limit_reason === "public_api_request_blocked") return { kind: "quota", afterMs: quotaMs };
		return { kind: "busy", afterMs: waitMs ?? penaltyMs };
	}
	// A 2xx comes here when its body could not be understood; a 409 is somebody else's edit at the same moment.
	if (status >= 500 || status < 400 || status === 409 || status === 408) {
		const committedId = data.committed_resource_id;
		const trouble = { kind: "provider" as const, afterMs: waitMs ?? providerMs };
		return committedId === undefined ? trouble : { ...trouble, committedId };
	}
	if (status === 403) return code === "" ? { kind: "edge" } : permissionTrouble(data.block_limit !== undefined);
	return refusalOf(status, code, said);
}

/** A workspace that is full answers as one that forbids; `additional_data.block_limit` tells them apart. */
function permissionTrouble(isFull: boolean): Trouble {
	return isFull ? { kind: "quota", afterMs: quotaMs } : { kind: "permission" };
}

function refusalOf(status: number, code: string, said: string): Trouble {
	if (status === 401 || code === "unauthorized") return { kind: "credential" };
	if (status === 404 && code !== "") return { kind: "missing" };
	if (status === 413) return { kind: "too_large" };
	if (code === "validation_error") return { kind: "value", said };
	return { kind: "refused", said };
}
