import type { IdentityContext } from "./context.ts";
import type { Hit } from "./limits/rate-limit-store.ts";
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
	passwordPerPerson: { name: "password/person", hits: 10, seconds: 900 },
	/** Nobody's letter box is to be filled from here. A letter is also a code that could be guessed, five times. */
	lettersPerAccount: { name: "letters/account", hits: 5, seconds: 900 },
	lettersPerAddress: { name: "letters/address", hits: 60, seconds: 900 },
	/** Over all letters to one person: what a code of eight digits can bear. The letters' links are not counted. */
	codesPerAccount: { name: "codes/account", hits: 20, seconds: 3_600 },
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
	/** Over all of a person's devices: a session is made in a moment, and must not be a way round the limits above. */
	writesPerPerson: { name: "writes/person", hits: 3_600, seconds: 60 },
	changesPerPerson: { name: "changes/person", hits: 1_800, seconds: 60 },
	/** Whoever signs messages to a target's trigger, and whoever tries to. */
	triggersPerTarget: { name: "triggers/target", hits: 60, seconds: 60 },
	triggersPerAddress: { name: "triggers/address", hits: 300, seconds: 60 },
	/** Notices of changed rows: few senders for all accounts, and whoever tries to be one. */
	noticesPerAddress: { name: "notices/address", hits: 1_200, seconds: 60 },
	noticesPerWatch: { name: "notices/watch", hits: 120, seconds: 60 },
	/** Shown to the operator, who makes one subscription. */
	noticeSetUps: { name: "notices/set-up", hits: 5, seconds: 3_600 },
	/** A hundred entries each: more than a device has to say, and few enough for the log. */
	diagnosticsPerSession: { name: "diagnostics/session", hits: 30, seconds: 60 },
	/** An archive reads everything of a person. */
	exportsPerPerson: { name: "export/person", hits: 10, seconds: 3_600 },
} as const satisfies Record<string, RateLimit>;

/** `ok`, or how many seconds until the window ends. */
export type RateLimitAnswer = { ok: true } | { ok: false; retryAfterSeconds: number };

type Counting = Pick<IdentityContext, "limits" | "now">;

/** Counts one hit and says whether it is still within the limit. `subject` is kept as a hash only. */
export async function countHit(context: Counting, limit: RateLimit, subject: string): Promise<RateLimitAnswer> {
	return await countHits(context, [[limit, subject]]);
}

/** Counts one hit against each of several limits; refused when one of them is, for as long as the longest of those lasts. */
export async function countHits(
	context: Counting,
	counted: readonly (readonly [RateLimit, string])[],
): Promise<RateLimitAnswer> {
	const hits = counted.map(([limit, subject]) => hitOf(context, limit, subject));
	const counts = await context.limits.count(hits);
	const waits = counted.flatMap(([limit], index) => {
		const hit = hits[index];
		return hit && (counts[index] ?? 1) > limit.hits ? [secondsLeft(context, hit)] : [];
	});
	return waits.length === 0 ? { ok: true } : { ok: false, retryAfterSeconds: Math.max(...waits) };
}

/** Takes the hits back: whoever knew the password was not guessing it. */
export async function forgiveHits(context: Counting, limit: RateLimit, subject: string): Promise<void> {
	await context.limits.forget(hitOf(context, limit, subject));
}

function hitOf(context: Counting, limit: RateLimit, subject: string): Hit {
	const windowMs = limit.seconds * 1_000;
	return {
		key: tokenHash(`${limit.name}\n${subject}`),
		windowStart: new Date(Math.floor(context.now() / windowMs) * windowMs),
		windowSeconds: limit.seconds,
	};
}

function secondsLeft(context: Counting, { windowStart, windowSeconds }: Hit): number {
	return Math.max(1, Math.ceil((windowStart.getTime() + windowSeconds * 1_000 - context.now()) / 1_000));
}
