import { type IncomingMessage, type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import { checkAddress, guardReasons, type Resolve, resolveBySystem } from "./checked-address.ts";
import type { GuardedHttp, HttpRequest, HttpResponse } from "./connector.ts";
import { Deadline } from "./deadline.ts";

export type GuardedHttpOptions = {
	/**
	 * Origins the operator set himself (an overridden provider address, the practice base). They may be private and
	 * may be plain http; nothing else may.
	 */
	allowedOrigins?: readonly string[];
	/** Hosts, or host:port, that may be private although a person typed them (`SHEAF_ALLOWED_PRIVATE_HOSTS`). */
	allowedPrivateHosts?: readonly string[];
	/** Largest reply body read, in bytes. */
	maxBytes?: number;
	/** From the first look-up to the last byte, unless the request says otherwise. */
	timeoutMs?: number;
	/** All addresses of a name; the system's resolver unless a test brings its own. */
	resolve?: Resolve;
};

export { guardReasons } from "./checked-address.ts";

const defaultMaxBytes = 8 * 1024 * 1024;
const defaultTimeoutMs = 30_000;

/**
 * The only way out (SEC-2). A name is resolved once, every answer has to be public, and the connection goes to the
 * address that was checked, with the name kept for TLS and Host: checking and then resolving again would let the name
 * change its mind in between. Redirects are not followed. Each request has a connection of its own, so that nothing
 * is sent twice by a retrying pool and nothing travels over a connection checked for another request.
 */
export function createGuardedHttp(options: GuardedHttpOptions = {}): GuardedHttp {
	const settings: GuardSettings = {
		allowedOrigins: new Set((options.allowedOrigins ?? []).map((address) => new URL(address).origin)),
		allowedPrivateHosts: new Set((options.allowedPrivateHosts ?? []).map((host) => host.toLowerCase())),
		maxBytes: options.maxBytes ?? defaultMaxBytes,
		timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
		resolve: options.resolve ?? resolveBySystem,
	};
	return async (request) => {
		const url = URL.canParse(request.url) ? new URL(request.url) : null;
		const refusal = url === null ? guardReasons.malformed : refusalOf(url, settings);
		if (url === null || refusal !== null) return { kind: "forbidden", reason: refusal ?? guardReasons.malformed };
		const deadline = new Deadline(request.signal, request.timeoutMs ?? settings.timeoutMs);
		try {
			return await carryOut({ url, request, settings, deadline });
		} finally {
			deadline.clear();
		}
	};
}

type GuardSettings = {
	allowedOrigins: ReadonlySet<string>;
	allowedPrivateHosts: ReadonlySet<string>;
	maxBytes: number;
	timeoutMs: number;
	resolve: Resolve;
};

type Journey = { url: URL; request: HttpRequest; settings: GuardSettings; deadline: Deadline };

function refusalOf(url: URL, settings: GuardSettings): string | null {
	if (url.protocol !== "https:" && url.protocol !== "http:") return guardReasons.malformed;
	if (url.username !== "" || url.password !== "") return guardReasons.credentials;
	if (url.protocol === "http:" && !mayBePrivate(url, settings)) return guardReasons.insecure;
	return null;
}

function mayBePrivate(url: URL, settings: GuardSettings): boolean {
	return (
		settings.allowedOrigins.has(url.origin) ||
		settings.allowedPrivateHosts.has(url.hostname) ||
		settings.allowedPrivateHosts.has(url.host)
	);
}

async function carryOut({ url, request, settings, deadline }: Journey): Promise<HttpResponse> {
	// The URL parser has already turned 2130706433, 0x7f.1 and the like into dotted decimals.
	const hostname = url.hostname.replace(/^\[|\]$/g, "");
	const checked = await checkAddress({
		hostname,
		mayBePrivate: mayBePrivate(url, settings),
		resolve: settings.resolve,
		deadline,
	});
	if (checked.kind !== "checked") return checked;
	const { address } = checked;
	const maxBytes = Math.min(settings.maxBytes, request.maxBytes ?? settings.maxBytes);
	const answer = await deadline.race(send({ url, request, address, maxBytes, deadline }));
	if (answer.kind === "stopped") return { kind: "unanswered", reason: answer.reason };
	if (answer.kind === "failed") return { kind: "unanswered", reason: "dropped" };
	return answer.value;
}

type Sending = { url: URL; request: HttpRequest; address: string; maxBytes: number; deadline: Deadline };

function send({ url, request, address, maxBytes, deadline }: Sending): Promise<HttpResponse> {
	const body = bodyOf(request);
	return new Promise((resolve) => {
		const outgoing = (url.protocol === "https:" ? requestHttps : requestHttp)(
			{ ...requestOptions(url, address), method: request.method, headers: requestHeaders(request, body) },
			(incoming) => {
				void readReply(incoming, { maxBytes, asBytes: request.asBytes === true }).then((reply) => {
					resolve(reply);
					outgoing.destroy();
				});
			},
		);
		outgoing.on("error", (error) => resolve({ kind: "unanswered", reason: failureOf(error) }));
		deadline.onStop(() => outgoing.destroy());
		outgoing.end(body?.bytes);
	});
}

function requestOptions(url: URL, address: string): RequestOptions {
	const family = isIP(address) === 6 ? 6 : 4;
	return {
		protocol: url.protocol,
		hostname: url.hostname.replace(/^\[|\]$/g, ""),
		port: url.port === "" ? undefined : Number(url.port),
		path: `${url.pathname}${url.search}`,
		agent: false,
		lookup: (_hostname, lookupOptions, callback) => {
			if (lookupOptions.all === true) callback(null, [{ address, family }]);
			else callback(null, address, family);
		},
	};
}

type Body = { type: string; bytes: Buffer };

function bodyOf({ json, form, raw }: HttpRequest): Body | null {
	if (raw) return { type: raw.type, bytes: Buffer.from(raw.bytes) };
	if (form) {
		const text = new URLSearchParams(form).toString();
		return { type: "application/x-www-form-urlencoded", bytes: Buffer.from(text, "utf8") };
	}
	return json === undefined ? null : { type: "application/json", bytes: Buffer.from(JSON.stringify(json), "utf8") };
}

function requestHeaders(request: HttpRequest, body: Body | null): Record<string, string> {
	const content = body === null ? {} : { "content-type": body.type, "content-length": String(body.bytes.length) };
	return {
		accept: "application/json",
		// Without compression the size limit counts what is kept: no small reply can unpack into a large one.
		"accept-encoding": "identity",
		"user-agent": "Sheaf",
		...content,
		...request.headers,
		connection: "close",
	};
}

type Reading = { maxBytes: number; asBytes: boolean };

async function readReply(incoming: IncomingMessage, { maxBytes, asBytes }: Reading): Promise<HttpResponse> {
	const status = incoming.statusCode ?? 0;
	if (status >= 300 && status < 400 && status !== 304) return { kind: "forbidden", reason: guardReasons.redirect };
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of incoming as AsyncIterable<Buffer>) {
			size += chunk.length;
			if (size > maxBytes) return { kind: "forbidden", reason: guardReasons.tooLarge };
			chunks.push(chunk);
		}
	} catch {
		return { kind: "unanswered", reason: "dropped" };
	}
	if (!incoming.complete) return { kind: "unanswered", reason: "dropped" };
	const [headers, bytes] = [headersOf(incoming), Buffer.concat(chunks)];
	if (asBytes) return { kind: "answered", status, headers, text: "", bytes };
	return { kind: "answered", status, headers, text: bytes.toString("utf8") };
}

function headersOf(incoming: IncomingMessage): Headers {
	const headers = new Headers();
	for (const [name, value] of Object.entries(incoming.headers)) {
		for (const one of Array.isArray(value) ? value : [value ?? ""]) headers.append(name, one);
	}
	return headers;
}

/** Errors that strike before a connection stands: the provider cannot have acted. */
const neverArrived = new Set([
	"ECONNREFUSED",
	"ENOTFOUND",
	"EAI_AGAIN",
	"EHOSTUNREACH",
	"ENETUNREACH",
	"EADDRNOTAVAIL",
]);

function failureOf(error: Error): "unreachable" | "dropped" {
	const code = "code" in error ? String(error.code) : "";
	return neverArrived.has(code) || code.startsWith("ERR_TLS") || code.startsWith("CERT_") ? "unreachable" : "dropped";
}
