import { Elysia } from "elysia";
import { blobPartBytes } from "../../contract/blobs.ts";
import { SheafError } from "../../errors.ts";
import { noticesPrefix } from "./public-api.ts";

/** OUT-2 allows 1 MiB of operations; the rest is room for the envelope and for clients that count differently. */
const writesMaxBytes = 1_310_720;
/** What is compared before it is written is as large as what is written; a selection may name thousands of rows. */
const asLargeAsWrites = /^\/api\/v1\/(writes\/|targets\/[^/]+\/compare$|selections(\/|$))/;
const webhooksPrefix = "/webhooks/";
/** Where a signature is over the text as it came. */
const signedPrefixes = [webhooksPrefix, "/triggers/"];
/** Senders of webhooks do not split what they have to say. */
const webhooksMaxBytes = 1_048_576;
const otherMaxBytes = 65_536;
/** The bytes of a picture or file as they are; one part of them at a time. */
const blobParts = /^\/api\/v1\/blobs\/[^/]+\/parts\//;

/**
 * What the server itself refuses, bare: without a reason, request id or security header. So high that our own answer always
 * comes first; nothing is kept of a body that is too large, and the rest of it is let go unread.
 */
export const serverMaxBytes = 2 ** 40;

export function maxBodyBytes(path: string): number {
	if (asLargeAsWrites.test(path)) return writesMaxBytes;
	if (blobParts.test(path)) return blobPartBytes;
	return path.startsWith(webhooksPrefix) ? webhooksMaxBytes : otherMaxBytes;
}

/**
 * Reads every body itself, because a declared length can be left out (chunked) or be wrong: the limit is on the bytes
 * that arrive. JSON and forms are understood, a body of another type is refused.
 */
export function readBody() {
	return new Elysia({ name: "read-body" })
		.onRequest(({ request }) => {
			const declared = Number(request.headers.get("content-length") ?? 0);
			refuseAbove(new URL(request.url).pathname, declared);
		})
		.onParse({ as: "global" }, async ({ request, contentType }) => {
			const { pathname } = new URL(request.url);
			const bytes = await limitedBytes(request);
			// What is signed here are the bytes, whatever they spell.
			if (pathname.startsWith(noticesPrefix)) return bytes;
			if (blobParts.test(pathname)) return bytes;
			const text = new TextDecoder().decode(bytes);
			// Its route parses it, once it is known who wrote it.
			if (signedPrefixes.some((prefix) => pathname.startsWith(prefix))) return text;
			if (contentType === "application/x-www-form-urlencoded") return formFields(text);
			if (contentType === "application/json") return parsedJson(text);
			if (text === "") return undefined;
			throw new SheafError("request/invalid", "The body must be JSON, with the header Content-Type: application/json.");
		});
}

function refuseAbove(path: string, bytes: number): void {
	const maxBytes = maxBodyBytes(path);
	if (bytes <= maxBytes) return;
	throw new SheafError("request/too-large", `The request is too large: at most ${maxBytes} bytes.`, {
		details: { maxBytes },
	});
}

async function limitedBytes(request: Request): Promise<Uint8Array> {
	if (!request.body) return new Uint8Array();
	const path = new URL(request.url).pathname;
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of request.body) {
		size += chunk.byteLength;
		refuseAbove(path, size);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks, size);
}

/** A field that was sent twice becomes a list, so that whoever expects one text notices (RFC 6749 §3.2). */
function formFields(text: string): Record<string, string | string[]> {
	const parameters = new URLSearchParams(text);
	return Object.fromEntries(
		[...new Set(parameters.keys())].map((name) => {
			const values = parameters.getAll(name);
			return [name, values[0] !== undefined && values.length === 1 ? values[0] : values];
		}),
	);
}

function parsedJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// The parser's own message quotes the body, which may be captured content.
		throw new SheafError("request/invalid", "The body could not be read: it is not valid JSON.");
	}
}
