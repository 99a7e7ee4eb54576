import { Client } from "@notionhq/client";
import type { Static, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { ConnectorCall, HttpRequest, HttpResponse } from "../connector.ts";
import { type Trouble, troubleOf } from "./errors.ts";

/** From this version on rows belong to data sources; the next one renames fields that are used here. */
export const notionVersion = "2025-09-03";

/** How one Notion (or its stand-in) is spoken to. */
export type ApiSettings = {
	/** The origin, without `/v1` and without a trailing slash. */
	apiUrl: string;
	/** How long Notion's index may lag behind a page that was made just now; see `push.ts`. */
	settleMs: number;
};

export type Answer<Value> = { ok: true; value: Value } | { ok: false; trouble: Trouble };

export type ApiRequest<Schema extends TSchema> = {
	method: "get" | "post" | "patch" | "delete";
	/** Under `/v1/`, without a leading slash. */
	path: string;
	query?: Record<string, string | number | string[]>;
	body?: Record<string, unknown>;
	/** A file, sent as a multipart form. */
	file?: { filename: string; data: Blob };
	reply: Schema;
};

/**
 * One request by Notion's own client, and its reply as the shape asked for or what kept it from coming. What Notion's edge turns away
 * with a page of its own never reached Notion, so it is sent once more.
 */
export async function ask<Schema extends TSchema>(
	settings: ApiSettings,
	call: ConnectorCall,
	request: ApiRequest<Schema>,
): Promise<Answer<Static<Schema>>> {
	const first = await askOnce(settings, call, request);
	return first.ok || first.trouble.kind !== "edge" ? first : askOnce(settings, call, request);
}

async function askOnce<Schema extends TSchema>(
	settings: ApiSettings,
	call: ConnectorCall,
	request: ApiRequest<Schema>,
): Promise<Answer<Static<Schema>>> {
	const auth = (call.credential.token ?? "").trim();
	// Pasted with a line break or in other letters it could not even be sent.
	if (!/^[\x21-\x7e]+$/.test(auth)) return { ok: false, trouble: { kind: "credential" } };
	const wire = new Wire(call);
	const client = new Client({
		auth,
		baseUrl: settings.apiUrl,
		notionVersion,
		fetch: (url, init) => wire.fetch(url, init),
		// The engine repeats, and it knows of every worker. Waiting for a turn may be long and is no timeout: the guarded http has its own.
		retry: false,
		timeoutMs: longestTimerMs,
		logger: () => {},
	});
	const { method, path, query, body, file } = request;
	try {
		const value = await client.request<object>({
			method,
			path,
			...(query === undefined ? {} : { query }),
			...(body === undefined ? {} : { body }),
			...(file === undefined ? {} : { formDataParams: { file } }),
		});
		if (Value.Check(request.reply, value)) return { ok: true, value };
	} catch (error) {
		if (wire.response === null) throw error;
	}
	return { ok: false, trouble: wire.response === null ? { kind: "refused", said: "" } : troubleOf(wire.response) };
}

const longestTimerMs = 2 ** 31 - 1;

type FetchInit = { method?: string; headers?: Record<string, string>; body?: string | FormData };

type FetchReply = { ok: boolean; status: number; headers: Headers; text(): Promise<string> };

/** What the client takes for `fetch`: the guarded http, remembering what was answered, since the client's errors keep less of it. */
class Wire {
	response: HttpResponse | null = null;
	readonly #call: ConnectorCall;

	constructor(call: ConnectorCall) {
		this.#call = call;
	}

	async fetch(url: string, init: FetchInit = {}): Promise<FetchReply> {
		const raw = await rawBody(init.body);
		const response = await this.#call.http({
			method: (init.method ?? "GET") as HttpRequest["method"],
			url,
			headers: init.headers ?? {},
			...(raw === null ? {} : { raw }),
			signal: this.#call.signal,
		});
		this.response = response;
		if (response.kind !== "answered") throw new Error(`Notion gave no answer: ${response.reason}`);
		const { status, headers, text } = response;
		return { ok: status >= 200 && status < 300, status, headers, text: async () => text };
	}
}

async function rawBody(body: string | FormData | undefined): Promise<Exclude<HttpRequest["raw"], undefined> | null> {
	if (body === undefined) return null;
	if (typeof body === "string") return { type: "application/json", bytes: new TextEncoder().encode(body) };
	const form = new Response(body);
	return { type: form.headers.get("content-type") ?? "", bytes: new Uint8Array(await form.arrayBuffer()) };
}

/** Whether this can be an id of Notion's; anything else could change the path that is asked for. */
export function isNotionId(text: string): boolean {
	return /^[0-9a-f]{32}$/i.test(text.replaceAll("-", ""));
}

/** The id as pages' addresses write it, so that what is stored has one spelling. */
export function compactId(id: string): string {
	return id.replaceAll("-", "").toLowerCase();
}
