import type { IdentityContext } from "./context.ts";

/** A used code is kept this long after its minute, because a replay that comes late must still end the session. */
const usedCodeKeptSeconds = 86_400;
const rateLimitKeptSeconds = 3_600;
const pauseMs = 60_000;

/**
 * Returns a function that deletes what has run out, at most once a minute however often it is called. It is called by
 * the traffic that makes the rows, so that no timer outlives the app and an idle backend does nothing.
 */
export function createSweep(context: IdentityContext): () => Promise<void> {
	let nextAt = 0;
	return async () => {
		const now = context.now();
		if (now < nextAt) return;
		nextAt = now + pauseMs;
		await context.asIdentity(async (sql) => {
			await sql`delete from sheaf.dpop_proofs where expires_at < ${new Date(now)}`;
			await sql`delete from sheaf.browser_sessions where expires_at < ${new Date(now)}`;
			await sql`
				delete from sheaf.authorization_codes where expires_at < ${new Date(now - usedCodeKeptSeconds * 1_000)}`;
			await sql`
				delete from sheaf.rate_limits where window_start < ${new Date(now - rateLimitKeptSeconds * 1_000)}`;
		});
	};
}
