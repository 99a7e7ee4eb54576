import { Type } from "@sinclair/typebox";
import type { HttpResponse } from "../connector.ts";
import { guardReasons } from "../http.ts";
import { readReply } from "../read-reply.ts";
import { retryAfterMs } from "../retry-after.ts";

/** What a reply that is not the wanted one means, before it is said to anyone. */
export type Trouble =
	| { kind: "credential" }
	/** Amazon has not let the operator's client use its interface, or this part of it. */
	| { kind: "not_approved" }
	/** The advertising account is none of this login's (any more). */
	| { kind: "profile" }
	| { kind: "not_found" }
	/** A report like it is being made already. */
	| { kind: "duplicate"; reportId: string }
	| { kind: "busy"; afterMs: number }
	| { kind: "provider"; afterMs: number }
	| { kind: "unreachable"; afterMs: number }
	| { kind: "too_large" }
	| { kind: "guarded" }
	| { kind: "refused"; status: number; said: string };

/** Limits move and are not published; a refusal names its time only sometimes. */
export const penaltyMs = 10_000;
const providerMs = 3_000;

const ErrorReply = Type.Object({
	code: Type.Optional(Type.String()),
	details: Type.Optional(Type.String()),
	detail: Type.Optional(Type.String()),
	message: Type.Optional(Type.String()),
	error: Type.Optional(Type.String()),
	error_description: Type.Optional(Type.String()),
});

export function troubleOf(response: HttpResponse): Trouble {
	if (response.kind === "unanswered") {
		return { kind: "unreachable", afterMs: response.reason === "aborted" ? 0 : providerMs };
	}
	if (response.kind === "forbidden") {
		return response.reason === guardReasons.tooLarge ? { kind: "too_large" } : { kind: "guarded" };
	}
	const { status, headers, text } = response;
	const waitMs = retryAfterMs(headers);
	if (status === 429) return { kind: "busy", afterMs: waitMs ?? penaltyMs };
	// A 2xx comes here when its body could not be understood.
	if (status >= 500 || status < 400 || status === 408 || status === 409) {
		return { kind: "provider", afterMs: waitMs ?? providerMs };
	}
	const error = readReply(ErrorReply, text);
	// Login with Amazon says so under 400.
	if (error?.error === "invalid_token") return { kind: "credential" };
	return refusalOf(status, error?.details ?? error?.detail ?? error?.message ?? error?.error_description ?? "");
}

/** Amazon's own words for a scope header that is missing, or names an account that is not this login's. */
const profileWords = /access scope|for scope|scope header/i;

function refusalOf(status: number, said: string): Trouble {
	if (status === 401) return profileWords.test(said) ? { kind: "profile" } : { kind: "credential" };
	if (status === 403) return { kind: "not_approved" };
	if (status === 404) return { kind: "not_found" };
	if (status === 425) {
		const reportId = /duplicate of\s*:?\s*([\w-]{8,64})/i.exec(said)?.[1];
		return reportId === undefined ? { kind: "provider", afterMs: penaltyMs } : { kind: "duplicate", reportId };
	}
	return { kind: "refused", status, said };
}
