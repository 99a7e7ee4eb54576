import { ApiFailure, failureOfFetch } from "../api/api-failure.ts";
import { t } from "../i18n/t.ts";
import { ask } from "../messages/ask.ts";

/**
 * A request that goes on for longer than others may, with a token that is good; one that is refused is replaced once.
 *
 * @param onRefused called before that: the person may have another role, or be signed out
 * @throws ApiFailure when nobody is signed in, or for no answer
 */
export async function fetchSigned(
	url: string,
	init: { accept: string; signal: AbortSignal },
	onRefused: () => Promise<void> = async () => undefined,
): Promise<Response> {
	const first = await request(url, await tokenFor(), init);
	if (first.response.status !== 401) return first.response;
	await onRefused();
	return (await request(url, await tokenFor(first.token), init)).response;
}

async function tokenFor(refused?: string): Promise<string> {
	const { token } = await ask("session.token", refused === undefined ? {} : { refused });
	if (token === null) throw new ApiFailure("client/signed-out", t("errors.client/signed-out"));
	return token;
}

/** Without the deadline that requests have: this answer is meant to go on. */
async function request(url: string, token: string, { accept, signal }: { accept: string; signal: AbortSignal }) {
	const headers = { accept, authorization: `Bearer ${token}` };
	try {
		const init = { headers, credentials: "omit", cache: "no-store", redirect: "error", signal } as const;
		return { token, response: await fetch(url, init) };
	} catch (error) {
		throw failureOfFetch(error);
	}
}
