import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { Call, type SentFile } from "./call.ts";
import { isRecord } from "./checks.ts";
import { failure, type Reply, throttled } from "./replies.ts";
import type { World } from "./state.ts";

const maxJsonBytes = 500_000;
const version = "2025-09-03";

/** A request as it came, its body read in the two forms it may have. */
export type Received = {
	method: string;
	url: URL;
	headers: IncomingHttpHeaders;
	text: string;
	size: number;
	body: Readonly<Record<string, unknown>>;
	isJson: boolean;
	file: SentFile | null;
};

export async function receive(request: IncomingMessage, bytes: Uint8Array): Promise<Received> {
	const type = request.headers["content-type"] ?? "";
	const isForm = type.startsWith("multipart/form-data");
	const text = isForm ? "" : Buffer.from(bytes).toString("utf8");
	const parsed = text === "" ? {} : parse(text);
	return {
		method: request.method ?? "GET",
		url: new URL(request.url ?? "/", "http://simulator.invalid"),
		headers: request.headers,
		text,
		size: bytes.length,
		body: isRecord(parsed) ? parsed : {},
		isJson: isRecord(parsed),
		file: isForm ? await readForm(type, bytes) : null,
	};
}

/** Everything that is decided before a request is looked at: whose it is, which version it speaks, and whether it is too soon. */
export function admit(world: World, received: Received): Call | Reply {
	const { method, url, headers, file, body } = received;
	const segments = decodeSegments(url.pathname);
	if (segments === null) return failure(400, "invalid_request_url", "Invalid request URL.");
	const token = world.tokens.get(/^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1] ?? "");
	if (token === undefined) return failure(401, "unauthorized", "API token is invalid.");
	const spoken = headers["notion-version"];
	if (spoken === undefined) return failure(400, "missing_version", "Notion-Version header should be defined.");
	if (spoken !== version) return failure(400, "invalid_request_url", `This stands in for ${version} only.`);
	const limited = limit(world, token.secret);
	if (limited !== null) return limited;
	if (file === null && !received.isJson) return failure(400, "invalid_json", "Error parsing JSON body.");
	if (file === null && received.size > maxJsonBytes) {
		return failure(400, "validation_error", "The request body is larger than 500 KB.");
	}
	return new Call({ world, token, method, segments, query: url.searchParams, body, file });
}

function limit(world: World, secret: string): Reply | null {
	if (world.requestsPerMinute === null) return null;
	const minute = Math.floor(Date.now() / 60_000);
	const before = world.throttles.get(secret);
	const count = before?.minute === minute ? before.count + 1 : 1;
	world.throttles.set(secret, { minute, count });
	return count > world.requestsPerMinute ? throttled(5) : null;
}

function decodeSegments(pathname: string): string[] | null {
	try {
		return pathname.startsWith("/v1/") ? pathname.slice("/v1/".length).split("/").map(decodeURIComponent) : null;
	} catch {
		return null;
	}
}

async function readForm(type: string, bytes: Uint8Array): Promise<SentFile | null> {
	const form = await new Response(Uint8Array.from(bytes), { headers: { "content-type": type } }).formData();
	const file = form.get("file");
	if (file === null || typeof file === "string") return null;
	return { type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) };
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
