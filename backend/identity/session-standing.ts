import type { Role } from "../contract/users.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import type { Actor } from "../telemetry/actor-uid.ts";
import type { AccessClaims } from "./access-tokens.ts";
import type { IdentityContext } from "./context.ts";

/** ID-3: a revoked session or a removed member is refused at once for writes, and within this time for reads. */
const readCacheMs = 60_000;
/** About 2 MB. The oldest entries go first; losing one costs a query. */
const maxCachedSessions = 10_000;

/** Which of the two it was takes a second question; asking for the next access token answers it. */
const endedText =
	"This device was signed out, or you are no longer in this workspace. Refresh the access token; if that is refused, sign in again.";

/** The role the person has now, and the way in that opened the session, which is who they are in the logs (OBS-1). */
type Known = { role: Role; actor: Actor };
type Cached = Known & { userId: string; checkedAt: number };

export type Standing = { principal: Principal; actor: Actor };

/** What a token says; of a role in it nothing is read: that is the database's to say. */
type Subject = Omit<AccessClaims, "role"> & Partial<Pick<AccessClaims, "role">>;

export type SessionStanding = {
	/**
	 * The principal of a verified token whose session still stands, with the role the person has now.
	 *
	 * @param fresh true for writes: asks the database and not the cache.
	 * @throws SheafError `auth/session-revoked`.
	 */
	check(claims: Subject, fresh: boolean): Promise<Standing>;
	/** Forgets what is known of a session that this process has just ended. */
	forget(sessionId: string): void;
	/** The same for all sessions of a person who may not be who they were; null: for everybody's. */
	forgetPerson(userId: string | null): void;
};

export function createSessionStanding(context: IdentityContext): SessionStanding {
	const cache = new Map<string, Cached>();
	return {
		check: async (claims, fresh) => {
			const key = keyOf(claims);
			const cached = cache.get(key);
			const usable = cached && !fresh && context.now() - cached.checkedAt < readCacheMs;
			const known = usable ? cached : await readKnown(context, claims);
			if (known === null) {
				cache.delete(key);
				throw new SheafError("auth/session-revoked", endedText);
			}
			if (!usable) remember(cache, key, { ...known, userId: claims.userId, checkedAt: context.now() });
			const { userId, workspaceId, sessionId, deviceId } = claims;
			return { principal: { userId, workspaceId, role: known.role, sessionId, deviceId }, actor: known.actor };
		},
		forget: (sessionId) => {
			for (const key of cache.keys()) if (key.startsWith(sessionId)) cache.delete(key);
		},
		forgetPerson: (userId) => {
			for (const [key, known] of cache) if (userId === null || known.userId === userId) cache.delete(key);
		},
	};
}

/** One session may act in several workspaces, with another role in each. */
function keyOf({ sessionId, workspaceId }: Subject): string {
	return `${sessionId}/${workspaceId}`;
}

function remember(cache: Map<string, Cached>, key: string, cached: Cached): void {
	// Deleted first, so that the map's order is the order of checking and the first key is the oldest.
	cache.delete(key);
	cache.set(key, cached);
	if (cache.size <= maxCachedSessions) return;
	const [oldest] = cache.keys();
	if (oldest !== undefined) cache.delete(oldest);
}

/** Of two accounts of one provider the older one speaks for the person, so that their pseudonym stays; unlinked, they do themselves. */
async function readKnown(context: IdentityContext, claims: Subject): Promise<Known | null> {
	return await context.asIdentity(async (sql) => {
		const [row] = await sql<({ role: Role } & Actor)[]>`
			select m.role, s.provider, coalesce((
				select a.subject from sheaf.user_accounts a where a.user_id = s.user_id and a.provider = s.provider
				order by a.linked_at, a.subject limit 1), s.user_id::text) as subject
			from sheaf.device_sessions s
			join sheaf.workspace_members m on m.workspace_id = ${claims.workspaceId} and m.user_id = s.user_id
			where s.id = ${claims.sessionId} and s.user_id = ${claims.userId}
				and s.revoked_at is null and s.absolute_expires_at > ${new Date(context.now())}`;
		return row ? { role: row.role, actor: { provider: row.provider, subject: row.subject } } : null;
	});
}
