import type { Role } from "../contract/users.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import type { AccessClaims } from "./access-tokens.ts";
import type { IdentityContext } from "./context.ts";

/** ID-3: a revoked session or a removed member is refused at once for writes, and within this time for reads. */
const readCacheMs = 60_000;
/** About 2 MB. The oldest entries go first; losing one costs a query. */
const maxCachedSessions = 10_000;

type Standing = { role: Role; checkedAt: number };

export type SessionStanding = {
	/**
	 * The principal of a verified token whose session still stands, with the role the person has now.
	 *
	 * @param fresh true for writes: asks the database and not the cache.
	 * @throws SheafError `auth/session-revoked`.
	 */
	principalOf(claims: AccessClaims, fresh: boolean): Promise<Principal>;
	/** Forgets what is known of a session that this process has just ended. */
	forget(sessionId: string): void;
};

export function createSessionStanding(context: IdentityContext): SessionStanding {
	const cache = new Map<string, Standing>();
	return {
		principalOf: async (claims, fresh) => {
			const key = keyOf(claims);
			const cached = cache.get(key);
			const usable = cached && !fresh && context.now() - cached.checkedAt < readCacheMs;
			const role = usable ? cached.role : await readRole(context, claims);
			if (role === null) {
				cache.delete(key);
				throw new SheafError("auth/session-revoked", "This device was signed out. Sign in again.");
			}
			if (!usable) remember(cache, key, { role, checkedAt: context.now() });
			const { userId, workspaceId, sessionId, deviceId } = claims;
			return { userId, workspaceId, role, sessionId, deviceId };
		},
		forget: (sessionId) => {
			for (const key of cache.keys()) if (key.startsWith(sessionId)) cache.delete(key);
		},
	};
}

/** One session may act in several workspaces, with another role in each. */
function keyOf({ sessionId, workspaceId }: AccessClaims): string {
	return `${sessionId}/${workspaceId}`;
}

function remember(cache: Map<string, Standing>, key: string, standing: Standing): void {
	// Deleted first, so that the map's order is the order of checking and the first key is the oldest.
	cache.delete(key);
	cache.set(key, standing);
	if (cache.size <= maxCachedSessions) return;
	const [oldest] = cache.keys();
	if (oldest !== undefined) cache.delete(oldest);
}

async function readRole(context: IdentityContext, claims: AccessClaims): Promise<Role | null> {
	return await context.asIdentity(async (sql) => {
		const [row] = await sql<{ role: Role }[]>`
			select m.role from sheaf.device_sessions s
			join sheaf.workspace_members m on m.workspace_id = ${claims.workspaceId} and m.user_id = s.user_id
			where s.id = ${claims.sessionId} and s.user_id = ${claims.userId}
				and s.revoked_at is null and s.absolute_expires_at > ${new Date(context.now())}`;
		return row?.role ?? null;
	});
}
