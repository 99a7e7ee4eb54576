import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { ConformanceFault } from "./conformance-bench.ts";

/** A message as it came in over the wire. */
export type Received = { method: string; path: string; headers: Headers; text: string };
export type Answer = { status: number; headers?: Record<string, string>; text: string };

/** A server that messages are posted to, and that fails on demand; what it answers otherwise is the simulator's affair. */
export type Receiver = {
	url: string;
	/** What goes wrong with the next POST. */
	fail(fault: ConformanceFault): void;
	stop(): Promise<void>;
};

export async function startReceiver(answer: (received: Received) => Answer): Promise<Receiver> {
	const faults: ConformanceFault[] = [];
	const server = createServer((incoming, outgoing) => {
		void take(incoming, outgoing, {
			answer,
			fault: incoming.method === "POST" ? (faults.shift() ?? null) : null,
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const place = server.address();
	if (place === null || typeof place === "string") throw new Error("The receiver listens nowhere.");
	return {
		url: `http://127.0.0.1:${place.port}`,
		fail: (fault) => void faults.push(fault),
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

type Taking = { answer: (received: Received) => Answer; fault: ConformanceFault | null };

async function take(incoming: IncomingMessage, outgoing: ServerResponse, { answer, fault }: Taking): Promise<void> {
	const chunks: Buffer[] = [];
	try {
		for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
	} catch {
		return;
	}
	const received = {
		method: incoming.method ?? "",
		path: incoming.url ?? "",
		headers: new Headers(
			Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
		),
		text: Buffer.concat(chunks).toString("utf8"),
	};
	switch (fault?.kind) {
		case undefined:
			return write(outgoing, answer(received));
		case "throttled": {
			const { retryAfterSeconds } = fault;
			const headers = retryAfterSeconds === null ? {} : { "retry-after": String(retryAfterSeconds) };
			return write(outgoing, { status: 429, headers, text: "" });
		}
		case "server_error":
			return write(outgoing, { status: 500, text: "" });
		case "gateway_page":
			return write(outgoing, { status: 502, headers: { "content-type": "text/html" }, text: "<h1>Bad Gateway</h1>" });
		case "no_answer":
			return;
		case "dropped_before":
			return void incoming.socket.destroy();
		case "dropped_after_commit":
			answer(received);
			return void incoming.socket.destroy();
		case "malformed_reply":
			return write(outgoing, { ...answer(received), text: "{" });
	}
}

function write(outgoing: ServerResponse, { status, headers = {}, text }: Answer): void {
	outgoing.writeHead(status, { "content-type": "application/json", ...headers });
	outgoing.end(text);
}
