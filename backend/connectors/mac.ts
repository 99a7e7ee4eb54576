import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether a header of the form `<prefix><hex>` is the HMAC-SHA256 of these bytes. The comparison takes as long for a wrong one as for a
 * right one; a header of another form is told apart at once, which says nothing of the secret.
 */
export function isMacOf(header: string | null, prefix: string, { key, body }: { key: Uint8Array; body: Uint8Array }) {
	const hex = header?.startsWith(prefix) === true ? header.slice(prefix.length).toLowerCase() : "";
	const expected = createHmac("sha256", key).update(body).digest();
	return /^[0-9a-f]{64}$/.test(hex) && timingSafeEqual(Buffer.from(hex, "hex"), expected);
}
