import type { ConnectorCall, PushResult, PushRow } from "../connector.ts";
import { messageId } from "../message-id.ts";
import { signatureHeaders } from "../sign-message.ts";
import { failureOf } from "./failure.ts";
import { settingsOf, type WebhookSettings } from "./settings.ts";

/** The answer's body is not read beyond this: it says nothing that counts. */
const maxAnswerBytes = 65_536;

/**
 * One signed message per row, delivered once the receiver says 2xx. What was answered before a later row failed is sent again with
 * its id, which the receiver drops; the limits give one row at a time anyway.
 */
export async function push(call: ConnectorCall, rows: readonly PushRow[]): Promise<PushResult> {
	const found = settingsOf(call);
	if (!found.ok) return { kind: "reconnect", reason: "delivery/credential-refused", message: found.message };
	const pushed: { ref: string; remoteId: string; created: boolean }[] = [];
	for (const row of rows) {
		const id = messageId(row);
		const failure = await send(call, found.settings, { id, row });
		if (failure !== null) return failure;
		// Whether the receiver had it before, nobody says.
		pushed.push({ ref: row.ref, remoteId: id, created: true });
	}
	return { kind: "pushed", rows: pushed };
}

async function send(
	call: ConnectorCall,
	{ address, secret }: WebhookSettings,
	{ id, row }: { id: string; row: PushRow },
): Promise<PushResult | null> {
	const { ref, version = 1, cells } = row;
	const message = { type: "record.sent", data: { recordId: ref, version, fields: cells } };
	const response = await call.http({
		method: "POST",
		url: address,
		// `json` is written by the same function, so the text is the one that was signed.
		headers: signatureHeaders(secret, { id, text: JSON.stringify(message) }),
		json: message,
		signal: call.signal,
		maxBytes: maxAnswerBytes,
	});
	return failureOf(response);
}
