import { guardReasons } from "../checked-address.ts";
import type { HttpResponse, PushResult } from "../connector.ts";
import { retryAfterMs } from "../retry-after.ts";

/** Zapier's burst limit names no time; five to ten seconds is its advice. */
export const penaltyMs = 10_000;
const awayMs = 5_000;
const guardedMs = 300_000;

/** Answers that could be final. Whether Zapier ever gives them is not documented, so each is asked for twice (`push.ts`). */
export function isGone(response: HttpResponse): boolean {
	return response.kind === "answered" && (response.status === 404 || response.status === 410);
}

/** What an answer means for the row; null when Zapier accepted it. The body is not read: `silent/` hooks have none. */
export function failureOf(response: HttpResponse): PushResult | null {
	if (response.kind === "unanswered") {
		const message = "Zapier cannot be reached. Records wait here and are sent again by themselves.";
		return later(response.reason === "aborted" ? 0 : awayMs, "delivery/provider-unreachable", message);
	}
	if (response.kind === "forbidden" && response.reason !== guardReasons.redirect) {
		const message = "Sheaf’s server is not allowed to open Zapier’s address. Records wait here.";
		return later(guardedMs, "delivery/provider-unreachable", message);
	}
	// Zapier uses no redirects: one leads away from it.
	const status = response.kind === "forbidden" ? 502 : response.status;
	const afterMs = response.kind === "forbidden" ? null : retryAfterMs(response.headers);
	switch (status) {
		case 200:
			return null;
		case 429: {
			const message = "Zapier is busy. Records wait here and are sent by themselves.";
			return { ...later(afterMs ?? penaltyMs, "delivery/provider-busy", message), countsAgainstBudget: true };
		}
		case 401:
		case 403:
		case 404:
		case 410:
			return {
				kind: "reconnect",
				reason: "delivery/credential-refused",
				message:
					"Zapier no longer knows this hook’s address. Copy the address from your Zap again; records wait here until then.",
			};
		case 413:
			return {
				kind: "split",
				reason: "delivery/record-too-large",
				message: "This record is too large for Zapier. Shorten it, then send it again.",
			};
		default: {
			// Zapier's advice for everything else that is not 200 is to try again.
			const message = "Zapier has a problem of its own. Records wait here and are sent again by themselves.";
			return later(afterMs ?? awayMs, "delivery/provider-error", message);
		}
	}
}

type Later = Extract<PushResult, { kind: "later" }>;

function later(afterMs: number, reason: Later["reason"], message: string): Later {
	return { kind: "later", afterMs, reason, message, countsAgainstBudget: false };
}
