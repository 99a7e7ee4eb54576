import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { GuardedHttp, HttpResponse } from "../../connectors/connector.ts";
import { SheafError } from "../../errors.ts";

const Text = Type.Optional(Type.String({ minLength: 1, maxLength: 400 }));
const Seconds = Type.Optional(Type.Integer({ minimum: 1, maximum: 3_600 }));

/** Success and failure alike: GitHub answers both with 200. */
const Answer = Type.Object({
	error: Text,
	device_code: Text,
	user_code: Text,
	verification_uri: Text,
	expires_in: Seconds,
	interval: Seconds,
	access_token: Text,
});
export type GithubAnswer = Static<typeof Answer>;

export type GithubQuestion = { url: string; fields: Record<string, string>; signal: AbortSignal };

const timeoutMs = 10_000;
const usualRetrySeconds = 60;

/**
 * A question to GitHub's OAuth endpoints. A 404 is how GitHub refuses an app that it does not know.
 *
 * @throws SheafError `auth/upstream-unavailable` when GitHub does not answer, or not in its own form.
 */
export async function askGithub(http: GuardedHttp, { url, fields, signal }: GithubQuestion): Promise<GithubAnswer> {
	const response = await http({ method: "POST", url, json: fields, signal, timeoutMs });
	if (response.kind !== "answered") throw unavailable();
	if (response.status === 404) return { error: "incorrect_client_credentials" };
	if (response.status === 429 || response.status === 403) throw unavailable(retryAfter(response));
	const answer = response.status === 200 ? parsed(response.text) : null;
	if (!Value.Check(Answer, answer)) throw unavailable();
	return answer;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function retryAfter({ headers }: Extract<HttpResponse, { kind: "answered" }>): number {
	const seconds = Number(headers.get("retry-after") ?? Number.NaN);
	return Number.isInteger(seconds) && seconds > 0 ? seconds : usualRetrySeconds;
}

function unavailable(retryAfterSeconds = 5): SheafError {
	return new SheafError("auth/upstream-unavailable", "GitHub does not answer right now. Try again in a moment.", {
		details: { retryAfterSeconds },
	});
}
