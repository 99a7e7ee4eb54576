/** RFC 7636: the verifier stays here, its hash goes with the request, so that a stolen code is of no use. */
export async function createPkce(): Promise<{ verifier: string; challenge: string }> {
	const verifier = randomText();
	const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
	return { verifier, challenge: base64Url(new Uint8Array(hash)) };
}

/** 256 random bits in base64url: 43 characters. */
export function randomText(): string {
	return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64Url(bytes: Uint8Array): string {
	return btoa(String.fromCharCode(...bytes))
		.replaceAll("+", "-")
		.replaceAll("/", "_")
		.replace(/=+$/, "");
}
