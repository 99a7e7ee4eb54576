import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a stand-in was asked, with the query or the form's fields (or a JSON body's) in `fields`. */
export type StandInCall = {
	method: string;
	url: URL;
	headers: IncomingHttpHeaders;
	fields: Record<string, string>;
};

export type StandInReply = { status?: number; headers?: Record<string, string>; json?: unknown; text?: string };

/** Instead of an answer: this reply, or silence for as long as the caller waits. */
export type Fault = StandInReply | "silence";

/** A small HTTP server of a test, on Bun and on Node alike: the browser's tests use it too. */
export class StandInServer {
	/** What was asked, in order. */
	readonly calls: StandInCall[] = [];
	/** By path. */
	readonly faults = new Map<string, Fault>();
	readonly #server = createServer((request, response) => {
		void this.#take(request, response);
	});
	readonly #answer: (call: StandInCall) => Promise<StandInReply>;

	constructor(answer: (call: StandInCall) => Promise<StandInReply>) {
		this.#answer = answer;
	}

	/** `localhost`, because a redirect to a bare address is refused by many. */
	get url(): string {
		return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
	}

	async listen(): Promise<void> {
		await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? "/", this.url);
		const body = await bodyOf(request);
		const fields = { ...Object.fromEntries(url.searchParams), ...fieldsOf(body, request.headers["content-type"]) };
		const call = { method: request.method ?? "GET", url, headers: request.headers, fields };
		this.calls.push(call);
		const fault = this.faults.get(url.pathname);
		if (fault === "silence") return;
		const { status = 200, headers = {}, json, text = "" } = fault ?? (await this.#answer(call));
		const type = json === undefined ? "text/html; charset=utf-8" : "application/json";
		response.writeHead(status, { "content-type": type, ...headers });
		response.end(json === undefined ? text : JSON.stringify(json));
	}
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	let body = "";
	for await (const chunk of request) body += String(chunk);
	return body;
}

function fieldsOf(body: string, type = ""): Record<string, string> {
	if (body === "") return {};
	if (type.startsWith("application/json")) return JSON.parse(body) as Record<string, string>;
	return Object.fromEntries(new URLSearchParams(body));
}
