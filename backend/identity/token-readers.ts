import type { GuardedHttp } from "../connectors/connector.ts";
import type { Env } from "../env.ts";
import { clerkTokenReader } from "./clerk/token-reader.ts";
import type { IdentityContext } from "./context.ts";
import type { TokenReader } from "./exchange.ts";
import { guardedFetch } from "./upstream/guarded-fetch.ts";
import type { Upstreams } from "./upstream/registry.ts";
import { upstreamTokenReader } from "./upstream-token-reader.ts";

export type TokenReaderSettings = {
	env: Pick<Env, "identity" | "extensionIds">;
	http: GuardedHttp;
	upstreams: Upstreams;
};

/** Every provider whose tokens can be exchanged here (`exchange.ts`), by its id. */
export function tokenReaders(
	context: IdentityContext,
	{ env, http, upstreams }: TokenReaderSettings,
): Map<string, TokenReader> {
	const readers = new Map<string, TokenReader>();
	for (const upstream of upstreams.values()) {
		const reader = upstreamTokenReader(context, upstream);
		if (reader) readers.set(upstream.id, reader);
	}
	const { clerk } = env.identity;
	if (clerk) {
		// What signs in within our own extension names its origin.
		const own = env.extensionIds.map((id) => `chrome-extension://${id}`);
		const authorizedParties = [...clerk.authorizedParties, ...own];
		const settings = { clerk: { issuer: clerk.issuer, authorizedParties }, fetch: guardedFetch(http) };
		readers.set("clerk", clerkTokenReader(context, settings));
	}
	return readers;
}
