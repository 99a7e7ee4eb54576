/** How a record refers to bytes: RFC 6920 §3. The contract has the same (`backend/contract/blobs.ts`), and a test compares them. */
export const blobAddressPrefix = "ni:///sha-256;";

/** What a picture may have at most, in bytes. */
export const maxPictureBytes = 20 * 1024 * 1024;

const hash = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** The address of a picture that was taken by Sheaf, by the SHA-256 of its bytes (base64url). */
export function blobAddress(sha256: string): string {
	return `${blobAddressPrefix}${sha256}`;
}

/** The SHA-256 (base64url) that an address names; null: it is another kind of address. */
export function hashOfAddress(address: string): string | null {
	if (!address.startsWith(blobAddressPrefix)) return null;
	const sha256 = address.slice(blobAddressPrefix.length);
	return hash.test(sha256) ? sha256 : null;
}
