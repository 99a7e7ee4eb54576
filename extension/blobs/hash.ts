/** The SHA-256 of bytes as records and the server name it: base64url, 43 characters. All of it is held in memory meanwhile. */
export async function sha256Of(bytes: Blob | ArrayBuffer): Promise<string> {
	const whole = bytes instanceof Blob ? await bytes.arrayBuffer() : bytes;
	const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
	const text = btoa(String.fromCharCode(...digest));
	return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
