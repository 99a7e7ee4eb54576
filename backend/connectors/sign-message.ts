import { Webhook } from "standardwebhooks";

/** How long the bytes of a secret may be, by Standard Webhooks. */
const [leastBytes, mostBytes] = [24, 64];

/** Whether a text is a signing secret as Standard Webhooks writes one: `whsec_` and 24 to 64 bytes in base64. */
export function isSigningSecret(text: string): boolean {
	const [, encoded] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
	if (encoded === undefined) return false;
	const bytes = Buffer.from(encoded, "base64");
	return bytes.length >= leastBytes && bytes.length <= mostBytes;
}

/** A new secret of 32 random bytes. */
export function makeSigningSecret(): string {
	return `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64")}`;
}

/**
 * The headers of Standard Webhooks: HMAC-SHA256 over id, time and text. The time is that of this attempt, so that a repetition
 * hours later is not taken for a replay; the id is the message's own.
 *
 * @param text the body exactly as it is sent
 */
export function signatureHeaders(
	secret: string,
	{ id, text, now = new Date() }: { id: string; text: string; now?: Date },
): Record<string, string> {
	return {
		"webhook-id": id,
		"webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
		"webhook-signature": new Webhook(secret).sign(id, now, text),
	};
}
