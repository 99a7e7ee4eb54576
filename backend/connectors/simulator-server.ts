import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { ConformanceFault } from "./conformance-bench.ts";

/** One request as a simulator reads it. */
export type SimulatedRequest = {
	method: string;
	/** Decoded path segments. */
	segments: readonly string[];
	/** As it was sent: a slash at its end may matter. */
	pathname: string;
	query: URLSearchParams;
	headers: IncomingMessage["headers"];
	/** Parsed where it is JSON; undefined when there is none. */
	body: unknown;
	bytes: Buffer;
};

export type SimulatedReply = { status: number; body?: unknown; headers?: Readonly<Record<string, string>> };

export type SimulatorServer = {
	/** Without a trailing slash, on 127.0.0.1, with the path prefix if there is one. */
	url: string;
	/** Goes wrong with the next request that writes rows, once. */
	fail(fault: ConformanceFault): void;
	/** What was asked so far, as `METHOD /path`. */
	requests: readonly string[];
	stop(): Promise<void>;
};

export type SimulatorServerOptions = {
	/** Applied whole or not at all: it never waits. */
	answer(request: SimulatedRequest): SimulatedReply;
	writesRows(request: SimulatedRequest): boolean;
	throttled: SimulatedReply;
	/** 0, the default, takes a free one. */
	port?: number;
	/** A path that the server lives under, for example `/tables`. */
	prefix?: string;
	/** Requests answered within one second; more are throttled. Without it there is no limit. */
	requestsPerSecond?: number;
};

/** Longest request line and headers together that Node's own servers take. */
const maxHeaderBytes = 16_384;

/** A server that speaks for a simulator, and fails on demand at the moments where a real one would. */
export async function startSimulatorServer(options: SimulatorServerOptions): Promise<SimulatorServer> {
	const faults: ConformanceFault[] = [];
	const requests: string[] = [];
	const answeredAt: number[] = [];
	const server = createServer({ maxHeaderSize: 4 * maxHeaderBytes }, (incoming, response) => {
		void serve({ incoming, response }).catch(() => response.destroy());
	});
	const isTooFast = () => {
		const now = performance.now();
		while (answeredAt.length > 0 && now - (answeredAt[0] ?? 0) >= 1_000) answeredAt.shift();
		if (options.requestsPerSecond !== undefined && answeredAt.length >= options.requestsPerSecond) return true;
		answeredAt.push(now);
		return false;
	};
	const serve = async ({ incoming, response }: Exchange) => {
		const request = await readRequest(incoming, options.prefix ?? "");
		if (request === null) return send(response, { status: 404, body: "<html>Not found</html>" });
		requests.push(`${request.method} ${request.pathname}`);
		if ((incoming.url ?? "").length > maxHeaderBytes) return send(response, { status: 431, body: "" });
		if (isTooFast()) return send(response, options.throttled);
		const fault = options.writesRows(request) ? faults.shift() : undefined;
		if (fault === undefined) return send(response, options.answer(request));
		return goWrong({ fault, response, throttled: options.throttled, answer: () => options.answer(request) });
	};
	server.listen(options.port ?? 0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	const port = typeof address === "object" && address !== null ? address.port : 0;
	return {
		url: `http://127.0.0.1:${port}${options.prefix ?? ""}`,
		fail: (fault) => void faults.push(fault),
		requests,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

type Exchange = { incoming: IncomingMessage; response: ServerResponse };

async function readRequest(incoming: IncomingMessage, prefix: string): Promise<SimulatedRequest | null> {
	const url = new URL(incoming.url ?? "/", "http://simulator.invalid");
	const chunks: Buffer[] = [];
	for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
	if (!url.pathname.startsWith(`${prefix}/`)) return null;
	const bytes = Buffer.concat(chunks);
	const pathname = url.pathname.slice(prefix.length);
	return {
		method: incoming.method ?? "GET",
		segments: pathname.split("/").filter(Boolean).map(decodeURIComponent),
		pathname,
		query: url.searchParams,
		headers: incoming.headers,
		body: incoming.headers["content-type"] === "application/json" ? JSON.parse(bytes.toString("utf8")) : undefined,
		bytes,
	};
}

function send(response: ServerResponse, { status, body, headers = {} }: SimulatedReply): void {
	if (body instanceof Uint8Array) {
		response.writeHead(status, headers).end(body);
		return;
	}
	const isPage = typeof body === "string";
	const text = isPage ? body : body === undefined ? "" : JSON.stringify(body);
	response.writeHead(status, { "content-type": isPage ? "text/html" : "application/json", ...headers }).end(text);
}

type Wrong = { fault: ConformanceFault; response: ServerResponse; throttled: SimulatedReply; answer(): SimulatedReply };

function goWrong({ fault, response, throttled, answer }: Wrong): void {
	switch (fault.kind) {
		case "throttled": {
			const { retryAfterSeconds } = fault;
			const headers = retryAfterSeconds === null ? {} : { "retry-after": String(retryAfterSeconds) };
			return send(response, { ...throttled, headers });
		}
		case "server_error":
			return send(response, {
				status: 500,
				body: { error: "INTERNAL_SERVER_ERROR", message: "Internal server error" },
			});
		case "gateway_page":
			return send(response, { status: 502, body: "<html><h1>502 Bad Gateway</h1></html>" });
		case "no_answer":
			return;
		case "dropped_before":
			return void response.destroy();
		case "dropped_after_commit":
			answer();
			return void response.destroy();
		case "malformed_reply": {
			const { status, body } = answer();
			const text = JSON.stringify(body ?? null);
			response.writeHead(status, { "content-type": "application/json" }).end(text.slice(0, text.length / 2));
			return;
		}
	}
}
