import { type ExtensionBuilds, oauthClients } from "./clients.ts";
import type { IdentityContext } from "./context.ts";
import { createPostgresLimits } from "./limits/postgres-store.ts";
import type { RateLimitStore } from "./limits/rate-limit-store.ts";
import { createSessionStanding, type SessionStanding } from "./session-standing.ts";
import { createSigningKeys } from "./signing-keys.ts";
import { createSweep } from "./sweep.ts";

/** The room as one object: its context for the functions that take one, and the two parts that keep state. */
export type Identity = IdentityContext & {
	standing: SessionStanding;
	/** Deletes what has run out; cheap to call often. */
	sweep: () => Promise<void>;
};

export type IdentitySettings = Pick<IdentityContext, "asIdentity" | "vault" | "issuer" | "now"> &
	ExtensionBuilds & {
		/** Left out, tries are counted in PostgreSQL. */
		limits?: RateLimitStore | undefined;
	};

/** One per process: the caches in it (keys, sessions) are shared by all routes. */
export function createIdentity({ extensionIds, firefoxIds, ...settings }: IdentitySettings): Identity {
	const context: IdentityContext = {
		...settings,
		keys: createSigningKeys(settings),
		limits: settings.limits ?? createPostgresLimits(settings.asIdentity),
		clients: oauthClients({ extensionIds, firefoxIds }),
	};
	return { ...context, standing: createSessionStanding(context), sweep: createSweep(context) };
}
