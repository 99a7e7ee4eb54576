import type { GuardedHttp } from "../connectors/connector.ts";
import type { Env } from "../env.ts";
import { keysFetch } from "./clerk/keys-fetch.ts";
import { clerkTokenReader } from "./clerk/token-reader.ts";
import type { IdentityContext } from "./context.ts";
import type { TokenReader } from "./exchange.ts";

export type TokenReaderSettings = { env: Pick<Env, "identity" | "extensionIds">; http: GuardedHttp };

/** Every provider whose tokens can be exchanged here (`exchange.ts`), by its id. */
export function tokenReaders(context: IdentityContext, { env, http }: TokenReaderSettings): Map<string, TokenReader> {
	const readers = new Map<string, TokenReader>();
	const { clerk } = env.identity;
	if (clerk) {
		// What signs in within our own extension names its origin.
		const own = env.extensionIds.map((id) => `chrome-extension://${id}`);
		const authorizedParties = [...clerk.authorizedParties, ...own];
		const settings = { clerk: { issuer: clerk.issuer, authorizedParties }, fetch: keysFetch(http) };
		readers.set("clerk", clerkTokenReader(context, settings));
	}
	return readers;
}
