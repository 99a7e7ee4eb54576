import type { TransactionSql } from "postgres";
import type { Role } from "../contract/users.ts";
import { ensurePersonalWorkspace } from "../workspaces/personal.ts";
import { fromNow, type IdentityContext } from "./context.ts";
import { OAuthError } from "./oauth-error.ts";
import { tokenHash } from "./opaque-tokens.ts";

/** ID-3: a device that is used stays signed in, but not for longer than 90 days without a password. */
const slidingSeconds = 30 * 86_400;
const absoluteSeconds = 90 * 86_400;

export type NewSession = {
	userId: string;
	clientId: string;
	deviceId: string;
	deviceName: string;
	refreshToken: string;
	/** The key that has to prove every refresh. */
	dpopThumbprint: string;
};

/** What an access token is made from, as the database has it now. */
export type SessionFacts = {
	sessionId: string;
	userId: string;
	workspaceId: string;
	role: Role;
	deviceId: string;
	clientId: string;
};

/** Opens a device's session in the person's own workspace, which is made now if this is the first sign-in. */
export async function openSession(
	context: IdentityContext,
	sql: TransactionSql,
	session: NewSession,
): Promise<SessionFacts> {
	const workspaceId = await ensurePersonalWorkspace(sql, session.userId);
	const now = new Date(context.now());
	const [facts] = await sql<SessionFacts[]>`
		with opened as (
			insert into sheaf.device_sessions (id, user_id, workspace_id, client_id, device_id, device_name,
				refresh_token_hash, dpop_thumbprint, created_at, last_used_at, expires_at, absolute_expires_at)
			values (uuidv7(), ${session.userId}, ${workspaceId}, ${session.clientId}, ${session.deviceId},
				${session.deviceName}, ${tokenHash(session.refreshToken)}, ${session.dpopThumbprint}, ${now}, ${now},
				${fromNow(context, slidingSeconds)}, ${fromNow(context, absoluteSeconds)})
			returning id, user_id, workspace_id, device_id, client_id
		)
		select o.id as session_id, o.user_id, o.workspace_id, m.role, o.device_id, o.client_id
		from opened o
		join sheaf.workspace_members m on m.workspace_id = o.workspace_id and m.user_id = o.user_id`;
	if (!facts) throw new Error("A session was inserted and not returned.");
	return facts;
}

/**
 * Uses a refresh token with proof of its key: the session slides on, and the token stays the same (no rotation).
 *
 * @throws OAuthError `invalid_grant`, in the same words for a wrong token, a foreign key and an ended session.
 */
export async function useRefreshToken(
	context: IdentityContext,
	use: { refreshToken: string; clientId: string; dpopThumbprint: string },
): Promise<SessionFacts> {
	const now = new Date(context.now());
	const facts = await context.asIdentity(async (sql) => {
		const [row] = await sql<SessionFacts[]>`
			update sheaf.device_sessions s
			set last_used_at = ${now},
				expires_at = least(${fromNow(context, slidingSeconds)}::timestamptz, s.absolute_expires_at)
			from sheaf.workspace_members m
			where s.refresh_token_hash = ${tokenHash(use.refreshToken)}
				and s.client_id = ${use.clientId}
				and s.dpop_thumbprint = ${use.dpopThumbprint}
				and s.revoked_at is null
				and s.expires_at > ${now}
				and m.workspace_id = s.workspace_id and m.user_id = s.user_id
			returning s.id as session_id, s.user_id, s.workspace_id, m.role, s.device_id, s.client_id`;
		return row;
	});
	if (!facts) {
		throw new OAuthError("invalid_grant", "the refresh token is wrong, expired, revoked, or bound to another key");
	}
	return facts;
}

/**
 * Ends the session of a refresh token (RFC 7009). Whoever holds the token may end it, key or no key: a thief who ends a
 * session helps. An unknown token is no error.
 *
 * @returns the session that ended, or null.
 */
export async function endSessionOf(
	context: IdentityContext,
	refreshToken: string,
	clientId: string,
): Promise<string | null> {
	return await context.asIdentity(async (sql) => {
		const [row] = await sql<{ id: string }[]>`
			update sheaf.device_sessions set revoked_at = ${new Date(context.now())}
			where refresh_token_hash = ${tokenHash(refreshToken)} and client_id = ${clientId} and revoked_at is null
			returning id`;
		return row?.id ?? null;
	});
}
