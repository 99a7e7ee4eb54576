import type { Database } from "../db/connect.ts";
import type { Vault } from "../vault/vault.ts";
import type { OAuthClient } from "./clients.ts";
import type { RateLimitStore } from "./limits/rate-limit-store.ts";
import type { SigningKeys } from "./signing-keys.ts";

/** What this room works with, handed in once by whoever composes the app. */
export type IdentityContext = {
	asIdentity: Database["asIdentity"];
	vault: Vault;
	keys: SigningKeys;
	/** Where tries are counted. */
	limits: RateLimitStore;
	/** `SHEAF_PUBLIC_URL`: issuer and audience of every token. */
	issuer: string;
	clients: readonly OAuthClient[];
	/** Milliseconds since the epoch. Every expiry is computed from it, none by the database's own clock. */
	now: () => number;
};

/** A moment `seconds` from now. */
export function fromNow(context: Pick<IdentityContext, "now">, seconds: number): Date {
	return new Date(context.now() + seconds * 1_000);
}
