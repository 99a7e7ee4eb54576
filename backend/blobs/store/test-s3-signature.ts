import { createHash, createHmac } from "node:crypto";

type Signed = { method: string; url: URL; headers: Headers };

/**
 * What the signature of a request has to be, computed from the request alone as Amazon says it ("Signature Calculations for the
 * Authorization Header"): the test's own word against that of the client.
 */
export function signatureDue({ method, url, headers }: Signed, secretAccessKey: string): string {
	const { scope, signedHeaders } = authorizationOf(headers);
	const query = [...url.searchParams]
		.map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
		.toSorted()
		.join("&");
	const names = signedHeaders.split(";");
	const canonical = [
		method,
		url.pathname,
		query,
		...names.map((name) => `${name}:${(headers.get(name) ?? "").trim()}`),
		"",
		signedHeaders,
		headers.get("x-amz-content-sha256"),
	].join("\n");
	const toSign = ["AWS4-HMAC-SHA256", headers.get("x-amz-date"), scope, sha256(canonical)].join("\n");
	const key = scope.split("/").reduce<string | Buffer>((under, part) => mac(under, part), `AWS4${secretAccessKey}`);
	return mac(key, toSign).toString("hex");
}

/** `AWS4-HMAC-SHA256 Credential=<key>/<scope>, SignedHeaders=…, Signature=…`, with or without spaces. */
export function authorizationOf(headers: Headers): {
	accessKeyId: string;
	scope: string;
	signedHeaders: string;
	signature: string;
} {
	const form = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
	const [, accessKeyId = "", scope = "", signedHeaders = "", signature = ""] =
		form.exec(headers.get("authorization") ?? "") ?? [];
	return { accessKeyId, scope, signedHeaders, signature };
}

function encoded(text: string): string {
	return encodeURIComponent(text).replace(
		/[!'()*]/g,
		(letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

function sha256(text: string): string {
	return createHash("sha256").update(text).digest("hex");
}

function mac(key: string | Buffer, text: string): Buffer {
	return createHmac("sha256", key).update(text).digest();
}
