import type { IdentityContext } from "./context.ts";
import { publishedAfterSeconds } from "./key-rotation.ts";

/** A used code is kept this long after its minute, because a replay that comes late must still end the session. */
const usedCodeKeptSeconds = 86_400;
const rateLimitKeptSeconds = 3_600;
/** Svix tries for about a day; nothing older than this can still be a repetition. */
const messageKeptSeconds = 7 * 86_400;
/** An open invitation shows until it runs out; what became of an old one is in the audit log. */
const inviteKeptSeconds = 30 * 86_400;
/** A device that still asks is to hear that its time is over, and not that there never was such a code. */
const deviceGrantKeptSeconds = 3_600;
/** A replayed code has to find the session it opened for as long as the code is kept; after that an ended one is of no use. */
const endedSessionKeptSeconds = 30 * 86_400;
const pauseMs = 60_000;

/** Their rows are worth nothing once `expires_at` has passed. */
const endingTables = [
	"dpop_proofs",
	"browser_sessions",
	"upstream_flows",
	"link_tickets",
	"email_challenges",
	"connection_flows",
] as const;

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
		const before = (keptSeconds: number) => new Date(now - keptSeconds * 1_000);
		await context.asIdentity(async (sql) => {
			for (const table of endingTables) await sql`delete from sheaf.${sql(table)} where expires_at < ${before(0)}`;
			await sql`delete from sheaf.authorization_codes where expires_at < ${before(usedCodeKeptSeconds)}`;
			await sql`delete from sheaf.signing_keys where retired_at < ${before(publishedAfterSeconds)}`;
			await sql`delete from sheaf.device_grants where expires_at < ${before(deviceGrantKeptSeconds)}`;
			await sql`delete from sheaf.rate_limits where window_start < ${before(rateLimitKeptSeconds)}`;
			await sql`delete from sheaf.inbound_messages where received_at < ${before(messageKeptSeconds)}`;
			await sql`delete from sheaf.workspace_invites where expires_at < ${before(inviteKeptSeconds)}`;
			await sql`
				delete from sheaf.device_sessions
				where least(revoked_at, absolute_expires_at) < ${before(endedSessionKeptSeconds)}`;
		});
	};
}
