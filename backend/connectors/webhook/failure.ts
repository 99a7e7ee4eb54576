import { guardReasons } from "../checked-address.ts";
import type { HttpResponse, PushResult } from "../connector.ts";
import { retryAfterMs } from "../retry-after.ts";

/** How long everything waits after a 429 that names no time. */
export const penaltyMs = 10_000;
const awayMs = 5_000;
/** Refused by our own guard: only the operator, or another address, mends that. */
const guardedMs = 300_000;

/** What an answer means for the row it is about, as Standard Webhooks has it; null when it was taken. */
export function failureOf(response: HttpResponse): PushResult | null {
	if (response.kind === "unanswered") {
		return later(response.reason === "aborted" ? 0 : awayMs, "delivery/provider-unreachable", {
			message: "The webhook’s address does not answer. Records wait here and are sent again by themselves.",
		});
	}
	if (response.kind === "forbidden") return forbidden(response.reason);
	const { status, headers } = response;
	if (status >= 200 && status < 300) return null;
	const afterMs = retryAfterMs(headers);
	if (status === 429) {
		return later(afterMs ?? penaltyMs, "delivery/provider-busy", {
			message: "The webhook’s receiver is busy. Records wait here and are sent by themselves.",
			countsAgainstBudget: true,
		});
	}
	if (status >= 500 || status < 200 || status === 408 || status === 409 || status === 425) {
		return later(afterMs ?? awayMs, "delivery/provider-error", {
			message: "The webhook’s receiver has a problem of its own. Records wait here and are sent again by themselves.",
		});
	}
	return refusalOf(status);
}

function refusalOf(status: number): PushResult {
	switch (status) {
		case 401:
		case 403:
			return reconnect(
				"delivery/credential-refused",
				"The webhook’s receiver refuses Sheaf’s signature. Records wait here until you give the connection the right signing secret.",
			);
		case 404:
		case 405:
			return reconnect(
				"delivery/table-missing",
				"Nothing takes records at the webhook’s address any more. They wait here until you give the connection another address.",
			);
		case 410:
			return reconnect(
				"delivery/table-missing",
				"The webhook’s receiver says that it is gone for good. Records wait here until you give the connection another address.",
			);
		case 413:
			return {
				kind: "split",
				reason: "delivery/record-too-large",
				message: "This record is too large for the webhook’s receiver. Shorten it, then send it again.",
			};
		default:
			return {
				kind: "split",
				reason: "delivery/value-refused",
				message: "The webhook’s receiver refuses this record. Edit it as the receiver wants it, then send it again.",
			};
	}
}

function forbidden(reason: string): PushResult | null {
	switch (reason) {
		case guardReasons.redirect:
			return reconnect(
				"delivery/table-missing",
				"The webhook’s address sends to another one. Records wait here until you give the connection the final address.",
			);
		case guardReasons.tooLarge:
			// The receiver answered at length; whether it took the record is not known, and doing it again is safe.
			return later(guardedMs, "delivery/provider-error", {
				message: "The webhook’s receiver answers with far more than a receipt. Records wait here and are sent again.",
			});
		default:
			return later(guardedMs, "delivery/provider-unreachable", {
				message: "Sheaf’s server is not allowed to open the webhook’s address. Records wait here.",
			});
	}
}

type Told = { message: string; countsAgainstBudget?: boolean };
type Later = Extract<PushResult, { kind: "later" }>;

function later(afterMs: number, reason: Later["reason"], { message, countsAgainstBudget = false }: Told): Later {
	return { kind: "later", afterMs, reason, message, countsAgainstBudget };
}

function reconnect(reason: Later["reason"], message: string): PushResult {
	return { kind: "reconnect", reason, message };
}
