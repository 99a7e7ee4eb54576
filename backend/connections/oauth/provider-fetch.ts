import type { GuardedHttp } from "../../connectors/connector.ts";
import type { OAuthManifest } from "../../connectors/oauth-manifest.ts";

/** A provider's authorization server gave no answer that could be used. */
export class NoAnswer extends Error {
	override readonly name = "NoAnswer";
	/** False when the request cannot have arrived, so that nothing was done there. */
	readonly mayHaveActed: boolean;

	constructor(reason: string, mayHaveActed: boolean) {
		super(reason);
		this.mayHaveActed = mayHaveActed;
	}
}

/** As much of `fetch` as oauth4webapi asks for. */
export type ProviderFetch = (
	url: string,
	options: { method: string; headers: Record<string, string>; body?: unknown },
) => Promise<Response>;

const timeoutMs = 15_000;
const maxBytes = 262_144;
const statusesWithoutBody = new Set([204, 205, 304]);

/**
 * The guarded way out as oauth4webapi takes it (SEC-2). Parameters travel as JSON where the provider wants them so, and an ID token
 * in the answer is left out: nobody is signed in by it, so nobody has to check it.
 */
export function providerFetch(
	http: GuardedHttp,
	{ requestFormat }: Pick<OAuthManifest, "requestFormat">,
): ProviderFetch {
	return async (url, { method, headers, body }) => {
		const fields = body instanceof URLSearchParams ? Object.fromEntries(body) : null;
		const { "content-type": _form, ...rest } = headers;
		const answer = await http({
			method: method === "POST" ? "POST" : "GET",
			url,
			headers: rest,
			...(fields === null ? {} : requestFormat === "json" ? { json: fields } : { form: fields }),
			signal: AbortSignal.timeout(timeoutMs),
			timeoutMs,
			maxBytes,
		});
		if (answer.kind === "forbidden") throw new NoAnswer(answer.reason, true);
		if (answer.kind === "unanswered") throw new NoAnswer(answer.reason, answer.reason !== "unreachable");
		const { status } = answer;
		if (status < 200 || status > 599) throw new NoAnswer("the status is none", true);
		const text = statusesWithoutBody.has(status) ? null : withoutIdToken(answer.text);
		return new Response(text, { status, headers: answer.headers });
	};
}

function withoutIdToken(text: string): string {
	try {
		const body: unknown = JSON.parse(text);
		if (typeof body !== "object" || body === null) return text;
		// Notion answers null for what it has not; RFC 6749 leaves it out.
		const entries = Object.entries(body).filter(([name, value]) => name !== "id_token" && value !== null);
		return JSON.stringify(Object.fromEntries(entries));
	} catch {
		return text;
	}
}
