import { type AttributesOf, note } from "../diagnostics/note.ts";
import { t } from "../i18n/t.ts";
import { ApiFailure, failureOf, failureOfFetch, unreadableAnswer } from "./api-failure.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * A bearer token, or null when nobody is signed in. `refused`: the token that was just answered 401; the answer is
 * another one or null.
 * @throws ApiFailure `client/workspace-gone` when the person is no longer in the workspace that the token would be for
 */
export type TokenSource = (refused?: string) => Promise<string | null>;

export type RequesterDeps = {
	/** The backend's address without a trailing slash. */
	serverUrl: () => Promise<string>;
	token: TokenSource;
	fetch?: Fetch;
};

export type Call<T> = {
	method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
	/** From `/api/v1/` on, query included. */
	path: string;
	body?: unknown;
	/** Sent as they are, instead of a `body`. */
	bytes?: Blob;
	/** `never`: the answer is the same for everyone. Without a word a request needs somebody signed in. */
	token?: "if-signed-in" | "never";
	/** `blob`: the answer is a file. */
	accepts?: "json" | "blob";
	/** W3C Trace Context, for what an operator may want to follow. */
	traceparent?: string | null;
	/** For requests that are longer than others. Only pages can wait so long. */
	timeoutMs?: number;
	/** Whether a 2xx answer can be from our backend. Captive portals answer 200 too. */
	answers: (body: unknown) => body is T;
	signal?: AbortSignal | undefined;
};

/** Below the 25 s within which a service worker that only waits for an answer is stopped. */
const requestTimeoutMs = 20_000;

/** @returns the answer's body, or null for one without. @throws ApiFailure and nothing else. */
export type Requester = <T>(call: Call<T>) => Promise<T>;

/** One request with a bearer token; a 401 is answered with one refresh and one more try (OUT-2). */
export function createRequester(deps: RequesterDeps): Requester {
	return async (call) => {
		const began = performance.now();
		try {
			return await answerTo(deps, call);
		} catch (error) {
			if (error instanceof ApiFailure) noteFailure(call, error, performance.now() - began);
			throw error;
		}
	};
}

type Failed = AttributesOf<"request.failed">;

/** Which kind of thing was asked for: what comes after it in the path, ids and searches, is not told. Other words are left out (`entry.ts`). */
function noteFailure({ method = "GET", path, signal }: Call<unknown>, { code, status }: ApiFailure, ms: number): void {
	if (signal?.aborted) return;
	const area = path.split(/[/?]/)[3] as Failed["area"];
	note("request.failed", { method, area, code, status: status ?? 0, ms });
}

async function answerTo<T>(deps: RequesterDeps, call: Call<T>): Promise<T> {
	// The address before the token: a source gives tokens of the address that is set, never of one that is left.
	const address = await addressFor(deps, call);
	const token = await tokenFor(deps, call);
	const response = await send(deps, call, { address, token });
	if (response.status !== 401 || token === null) return await read(response, call);
	const again = await addressFor(deps, call);
	const next = await tokenFor(deps, call, token);
	return await read(next === token ? response : await send(deps, call, { address: again, token: next }), call);
}

async function addressFor(deps: RequesterDeps, call: Call<unknown>): Promise<string> {
	return `${await deps.serverUrl()}${call.path}`;
}

/** @returns null when the request goes without one. */
async function tokenFor(deps: RequesterDeps, call: Call<unknown>, refused?: string): Promise<string | null> {
	if (call.token === "never") return null;
	const token = await deps.token(refused).catch((error: unknown) => Promise.reject(failureOfFetch(error)));
	if (token !== null || call.token === "if-signed-in") return token;
	throw new ApiFailure("client/signed-out", t("errors.client/signed-out"));
}

type Addressed = { address: string; token: string | null };

async function send(deps: RequesterDeps, call: Call<unknown>, { address, token }: Addressed): Promise<Response> {
	const timeout = AbortSignal.timeout(call.timeoutMs ?? requestTimeoutMs);
	const headers: Record<string, string> = { accept: call.accepts === "blob" ? "*/*" : "application/json" };
	if (token !== null) headers["authorization"] = `Bearer ${token}`;
	if (call.body !== undefined) headers["content-type"] = "application/json";
	if (call.bytes !== undefined) headers["content-type"] = "application/octet-stream";
	if (call.traceparent) headers["traceparent"] = call.traceparent;
	const init: RequestInit = {
		method: call.method ?? "GET",
		headers,
		// The browser would send the person's cookies of the backend's own pages along.
		credentials: "omit",
		cache: "no-store",
		redirect: "error",
		signal: call.signal ? AbortSignal.any([call.signal, timeout]) : timeout,
	};
	if (call.body !== undefined) init.body = JSON.stringify(call.body);
	if (call.bytes !== undefined) init.body = call.bytes;
	const fetch: Fetch = deps.fetch ?? ((url, options) => globalThis.fetch(url, options));
	try {
		return await fetch(address, init);
	} catch (error) {
		throw failureOfFetch(error);
	}
}

async function read<T>(response: Response, call: Call<T>): Promise<T> {
	if (!response.ok) throw await failureOf(response, Date.now());
	const body = await bodyOf(response, call).catch(rejectUnreadable);
	if (call.answers(body)) return body;
	throw unreadableAnswer(null);
}

async function bodyOf(response: Response, call: Call<unknown>): Promise<unknown> {
	if (call.accepts === "blob") return await response.blob();
	return response.status === 204 ? null : await response.json();
}

/** Reading the body can time out too: then there was no answer, rather than a wrong one. */
function rejectUnreadable(cause: unknown): never {
	throw cause instanceof SyntaxError ? unreadableAnswer(cause) : failureOfFetch(cause);
}
