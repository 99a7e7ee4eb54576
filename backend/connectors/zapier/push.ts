import type { ConnectorCall, HttpResponse, PushResult, PushRow } from "../connector.ts";
import { messageId } from "../message-id.ts";
import { failureOf, isGone } from "./failure.ts";

/** Zapier takes 10 MB; the names around the values need a part of that. */
const maxPayloadBytes = 9_500_000;
const maxAnswerBytes = 65_536;

/** What every payload has beside the record's fields, which therefore cannot have these names. */
type Envelope = { event_id: string; idempotency_key: string; record_id: string; record_version: number };

/**
 * One flat object per row: Zapier learns names from it and handles nested data by halves. It starts a Zap for every request it
 * accepts, a repeated one too, so each carries an id that a Filter or Storage step can drop repetitions by.
 */
export async function push(call: ConnectorCall, address: URL | null, rows: readonly PushRow[]): Promise<PushResult> {
	if (address === null) return addressMissing;
	const pushed: { ref: string; remoteId: string; created: boolean }[] = [];
	for (const row of rows) {
		const id = messageId(row);
		const payload = payloadOf(id, row);
		if (Buffer.byteLength(JSON.stringify(payload)) > maxPayloadBytes) return tooLarge;
		const failure = failureOf(await send(call, address, payload));
		if (failure !== null) return failure;
		pushed.push({ ref: row.ref, remoteId: id, created: true });
	}
	return { kind: "pushed", rows: pushed };
}

const addressMissing: PushResult = {
	kind: "reconnect",
	reason: "delivery/credential-refused",
	message: "The address of the Catch Hook is not one of Zapier’s. Records wait here until you reconnect.",
};

const tooLarge: PushResult = {
	kind: "split",
	reason: "delivery/record-too-large",
	message: "This record is too large for Zapier. Shorten it, then send it again.",
};

function payloadOf(id: string, { ref, version = 1, cells }: PushRow): Record<string, unknown> & Envelope {
	const flat = Object.entries(cells).map(([name, cell]) => [name, Array.isArray(cell) ? cell.join(", ") : cell]);
	return { ...Object.fromEntries(flat), event_id: id, idempotency_key: id, record_id: ref, record_version: version };
}

async function send(call: ConnectorCall, address: URL, payload: object): Promise<HttpResponse> {
	const request = () =>
		call.http({
			method: "POST",
			url: address.href,
			json: payload,
			signal: call.signal,
			maxBytes: maxAnswerBytes,
		});
	const first = await request();
	return isGone(first) ? await request() : first;
}
