import type { OneAtATime } from "../messages/one-at-a-time.ts";
import { serverUrl } from "../settings/items.ts";
import type { IdentityApi } from "./auth-window.ts";
import { type Client, createClient } from "./client.ts";
import type { Fetch, TokenSource } from "./request.ts";

/** What happens to the records on this device when their person comes and goes; the background puts the outbox in. */
export type RecordKeeping = {
	/** Sends what can be sent within seconds; gives up quietly. */
	lastFlush(): Promise<void>;
	/**
	 * Seals whatever is readable of anybody but this person, null: of anybody. Can be repeated.
	 * @throws OutboxError with the rest still to be put away at the next start
	 */
	putAwayOthers(present: string | null): Promise<void>;
	/** Opens what was sealed of the person; their seal key is there. @returns how many parcels stayed closed */
	takeOut(userId: string): Promise<number>;
	/** Deletes everything of the person on this device. */
	discard(userId: string): Promise<void>;
};

export type SessionDeps = {
	identity: IdentityApi;
	fetch: Fetch;
	locks: OneAtATime;
	records: RecordKeeping;
	/** Stops and forgets what the person has going on in tabs. */
	endWork: () => Promise<void>;
	/** How long a sign-in window may stay open (ID-4: 5 minutes). */
	signInTimeoutMs: number;
};

/** A client of the server that is set. */
export function clientWith({ fetch }: Pick<SessionDeps, "fetch">, token: TokenSource): Client {
	return createClient({ serverUrl: () => serverUrl.getValue(), token, fetch });
}
