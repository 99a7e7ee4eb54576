import type { GuardedHttp, HttpRequest } from "../../connectors/connector.ts";

/** An upstream gave no answer that could be used; the libraries in between hand it on as a `cause`. */
export class NoAnswer extends Error {
	override readonly name = "NoAnswer";
}

/** As much of `fetch` as openid-client and jose ask for. */
export type GuardedFetch = (
	url: string,
	options: { method: string; headers: Record<string, string> | Headers; body?: unknown; signal?: AbortSignal },
) => Promise<Response>;

/** Metadata and keys of the largest issuers are under 50 kB. */
const maxBytes = 262_144;
const timeoutMs = 10_000;
const statusesWithoutBody = new Set([204, 205, 304]);

/** The guarded way out in the form that openid-client and jose take: SSRF guard, no redirects, bounded size and time (SEC-2). */
export function guardedFetch(http: GuardedHttp): GuardedFetch {
	return async (url, { method, headers, body, signal }) => {
		const answer = await http({
			method: method === "POST" ? "POST" : "GET",
			url,
			headers: Object.fromEntries(new Headers(headers)),
			...(body instanceof URLSearchParams ? { form: Object.fromEntries(body) } : {}),
			signal: signal ?? AbortSignal.timeout(timeoutMs),
			timeoutMs,
			maxBytes,
		});
		if (answer.kind !== "answered") throw new NoAnswer(answer.reason);
		const { status } = answer;
		if (status < 200 || status > 599) throw new NoAnswer("the status is none");
		const text = statusesWithoutBody.has(status) ? null : answer.text;
		return new Response(text, { status, headers: answer.headers });
	};
}

/** A request that speaks JSON both ways. @throws NoAnswer when there is none; what is not JSON is null */
export type GuardedJson = (request: Omit<HttpRequest, "signal">) => Promise<{ status: number; body: unknown }>;

export function guardedJson(http: GuardedHttp): GuardedJson {
	return async (request) => {
		const answer = await http({ ...request, signal: AbortSignal.timeout(timeoutMs), timeoutMs, maxBytes });
		if (answer.kind !== "answered") throw new NoAnswer(answer.reason);
		return { status: answer.status, body: parsed(answer.text) };
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
