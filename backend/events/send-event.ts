import type { GuardedHttp, HttpResponse } from "../connectors/connector.ts";
import { retryAfterMs } from "../connectors/retry-after.ts";
import { signatureHeaders } from "../connectors/sign-message.ts";
import { type ClaimedEvent, type EventRow, eventId, webhookBody, zapierEvent } from "./event-messages.ts";

/** What came of sending one event. `answer` is for whoever looks into it: a status or a reason, never a body. */
export type Sent = {
	eventId: string;
	attempts: number;
	outcome: "delivered" | "gone" | "later";
	afterMs: number;
	answer: string;
};

const patienceMs = 20_000;
const maxAnswerBytes = 65_536;
const gone = 410;

export type Address = { kind: "webhook" | "zapier"; url: string; secret: string | null };

export async function sendEvent(
	{ http }: { http: GuardedHttp },
	{ event, signal, ...address }: Address & { event: ClaimedEvent; signal: AbortSignal },
): Promise<Sent> {
	const response = await postEvent(http, address, { event, signal });
	return { eventId: event.id, attempts: event.attempts, ...meaningOf(response) };
}

/** Signed where there is a secret; Zapier's own addresses have none and take flat objects. */
export async function postEvent(
	http: GuardedHttp,
	{ kind, url, secret }: Address,
	{ event, signal }: { event: EventRow; signal: AbortSignal },
): Promise<HttpResponse> {
	const json = kind === "zapier" ? zapierEvent(event) : webhookBody(event);
	// `json` is written by the same function, so the text is the one that was signed.
	const headers = secret === null ? {} : signatureHeaders(secret, { id: eventId(event), text: JSON.stringify(json) });
	return await http({ method: "POST", url, headers, json, signal, timeoutMs: patienceMs, maxBytes: maxAnswerBytes });
}

export function meaningOf(response: HttpResponse): Pick<Sent, "outcome" | "afterMs" | "answer"> {
	if (response.kind !== "answered") return { outcome: "later", afterMs: 0, answer: response.reason };
	const { status, headers } = response;
	const answer = String(status);
	if (status >= 200 && status < 300) return { outcome: "delivered", afterMs: 0, answer };
	return { outcome: status === gone ? "gone" : "later", afterMs: retryAfterMs(headers) ?? 0, answer };
}
