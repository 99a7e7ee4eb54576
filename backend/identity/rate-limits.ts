import type { IdentityContext } from "./context.ts";
import { tokenHash } from "./opaque-tokens.ts";

/** At most `hits` per `seconds`, counted in fixed windows that all processes share. */
export type RateLimit = { name: string; hits: number; seconds: number };

/**
 * SEC-1. The account's limit stops guessing one person's password; the address's limit stops trying one password on
 * many people, and is wide because a whole office or a proxy may stand behind one address.
 */
export const rateLimits = {
	passwordPerAccount: { name: "password/account", hits: 10, seconds: 900 },
	passwordPerAddress: { name: "password/address", hits: 300, seconds: 900 },
	tokenPerAddress: { name: "token/address", hits: 600, seconds: 60 },
	/** The API's ways in, before there is a session: exchanges, and GitHub's device flow, which is polled every five seconds. */
	authPerAddress: { name: "auth/address", hits: 600, seconds: 60 },
	/** A code at GitHub is for one person at one screen. */
	githubCodePerAddress: { name: "github-code/address", hits: 30, seconds: 900 },
	/** Waiting devices: each is a code that could be guessed. */
	devicesPerAddress: { name: "devices/address", hits: 100, seconds: 600 },
	/** RFC 8628 §5.1. Signing a device in takes two; never forgiven, because whoever guesses can make right codes of their own. */
	userCodePerPerson: { name: "user-code/person", hits: 20, seconds: 600 },
	userCodePerAddress: { name: "user-code/address", hits: 100, seconds: 600 },
	writesPerSession: { name: "writes/session", hits: 1_200, seconds: 60 },
	/** Connections, targets, runs and retries by hand; several of them ask a provider, which has limits of its own. */
	changesPerSession: { name: "changes/session", hits: 600, seconds: 60 },
	/** An archive reads everything of a person. */
	exportsPerPerson: { name: "export/person", hits: 10, seconds: 3_600 },
} as const satisfies Record<string, RateLimit>;

/** `ok`, or how many seconds until the window ends. */
export type RateLimitAnswer = { ok: true } | { ok: false; retryAfterSeconds: number };

/** Counts one hit and says whether it is still within the limit. `subject` is kept as a hash only. */
export async function countHit(context: IdentityContext, limit: RateLimit, subject: string): Promise<RateLimitAnswer> {
	const window = windowOf(context, limit);
	const hits = await context.asIdentity(async (sql) => {
		// A counter may be lost in a crash; without this each hit would wait for the disk.
		await sql`set local synchronous_commit = off`;
		const [row] = await sql<{ hits: number }[]>`
			insert into sheaf.rate_limits as r (key, window_start, hits)
			values (${keyOf(limit, subject)}, ${window.start}, 1)
			on conflict (key, window_start) do update set hits = r.hits + 1
			returning hits`;
		return row?.hits ?? 1;
	});
	return hits <= limit.hits ? { ok: true } : { ok: false, retryAfterSeconds: window.secondsLeft };
}

/** Takes the hits back: whoever knew the password was not guessing it. */
export async function forgiveHits(context: IdentityContext, limit: RateLimit, subject: string): Promise<void> {
	await context.asIdentity((sql) => sql`delete from sheaf.rate_limits where key = ${keyOf(limit, subject)}`);
}

function windowOf(context: IdentityContext, { seconds }: RateLimit) {
	const windowMs = seconds * 1_000;
	const startMs = Math.floor(context.now() / windowMs) * windowMs;
	return {
		start: new Date(startMs),
		secondsLeft: Math.max(1, Math.ceil((startMs + windowMs - context.now()) / 1_000)),
	};
}

function keyOf(limit: RateLimit, subject: string): Buffer {
	return tokenHash(`${limit.name}\n${subject}`);
}
