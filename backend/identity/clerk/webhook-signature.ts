import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { SheafError } from "../../errors.ts";

/** A webhook as it came in. The body is the text that was signed: parsed and written again it would be another one. */
export type SignedMessage = {
	id: string | null;
	/** Seconds since the epoch, as text. */
	timestamp: string | null;
	/** One or more `v1,<base64>`, separated by spaces: while a secret changes there are two. */
	signature: string | null;
	body: string;
};

const longestId = 255;

/**
 * Checks a webhook as Standard Webhooks (and Svix, which Clerk sends through) signs it: HMAC-SHA256 over id, timestamp and body, at most
 * five minutes from our clock.
 *
 * @param secret `whsec_…`
 * @returns the message's id, the same in every repetition.
 * @throws SheafError `webhooks/signature-invalid`, in the same words whatever was wrong.
 */
export function checkSignature(secret: string, { id, timestamp, signature, body }: SignedMessage): string {
	if (id === null || id === "" || id.length > longestId || timestamp === null || signature === null) throw invalid();
	const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
	try {
		new Webhook(secret).verify(body, headers, { jsonParse: false });
		return id;
	} catch (error) {
		if (error instanceof WebhookVerificationError) throw invalid();
		throw error;
	}
}

function invalid(): SheafError {
	return new SheafError("webhooks/signature-invalid", "The signature of this message is missing, wrong or too old.");
}
