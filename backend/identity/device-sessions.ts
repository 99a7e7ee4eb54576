import type { TransactionSql } from "postgres";
import type { Role } from "../contract/users.ts";
import { ensurePersonalWorkspace } from "../workspaces/personal.ts";
import { fromNow, type IdentityContext } from "./context.ts";
import { OAuthError } from "./oauth-error.ts";
import { tokenHash } from "./opaque-tokens.ts";
import type { SignedIn } from "./signed-in.ts";

/** ID-3: a device that is used stays signed in, but not for longer than 90 days without a password. */
const slidingSeconds = 30 * 86_400;
const absoluteSeconds = 90 * 86_400;

export type NewSession = SignedIn & {
	clientId: string;
	deviceId: string;
	deviceName: string;
	refreshToken: string;
	/** The key that has to prove every refresh. */
	dpopThumbprint: string;
	/** The upstream's own session, where the upstream can end it (Clerk). */
	upstreamSession?: string;
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

type NoWorkspace = Omit<SessionFacts, "workspaceId" | "role"> & { workspaceId: null };

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
				refresh_token_hash, dpop_thumbprint, provider, upstream_session, created_at, last_used_at, expires_at,
				absolute_expires_at)
			values (uuidv7(), ${session.userId}, ${workspaceId}, ${session.clientId}, ${session.deviceId},
				${session.deviceName}, ${tokenHash(session.refreshToken)}, ${session.dpopThumbprint}, ${session.provider},
				${session.upstreamSession ?? null}, ${now}, ${now},
				${fromNow(context, slidingSeconds)}, ${fromNow(context, absoluteSeconds)})
			returning id, user_id, workspace_id, device_id, client_id
		)
		select o.id as session_id, o.user_id, o.workspace_id, m.role, o.device_id, o.client_id
		from opened o
		join sheaf.workspace_members m on m.workspace_id = o.workspace_id and m.user_id = o.user_id`;
	if (!facts) throw new Error("A session was inserted and not returned.");
	return facts;
}

export type RefreshUse = {
	refreshToken: string;
	clientId: string;
	dpopThumbprint: string;
	/** The workspace the access token is to be for; null: the one the session works in, or else the person's own. */
	workspaceId: string | null;
};

/**
 * Uses a refresh token with proof of its key: the session slides on, and the token stays the same (no rotation).
 *
 * @throws OAuthError `invalid_grant`, in the same words for a wrong token, a foreign key and an ended session.
 */
export async function useRefreshToken(context: IdentityContext, use: RefreshUse): Promise<SessionFacts> {
	const now = new Date(context.now());
	const facts = await context.asIdentity(async (sql) => {
		const [row] = await sql<(SessionFacts | NoWorkspace)[]>`
			with used as (
				update sheaf.device_sessions s
				set last_used_at = ${now},
					expires_at = least(${fromNow(context, slidingSeconds)}::timestamptz, s.absolute_expires_at)
				where s.refresh_token_hash = ${tokenHash(use.refreshToken)}
					and s.client_id = ${use.clientId}
					and s.dpop_thumbprint = ${use.dpopThumbprint}
					and s.revoked_at is null
					and s.expires_at > ${now}
				returning s.id, s.user_id, s.workspace_id, s.device_id, s.client_id
			)
			select u.id as session_id, u.user_id, m.workspace_id, m.role, u.device_id, u.client_id
			from used u
			left join lateral (
				select m.workspace_id, m.role from sheaf.workspace_members m
				join sheaf.workspaces w on w.id = m.workspace_id
				where m.user_id = u.user_id
					and (${use.workspaceId}::uuid is null or m.workspace_id = ${use.workspaceId}::uuid)
				order by m.workspace_id is not distinct from u.workspace_id desc, w.personal desc, m.joined_at
				limit 1
			) m on true`;
		return row;
	});
	if (!facts) {
		throw new OAuthError("invalid_grant", "the refresh token is wrong, expired, revoked, or bound to another key");
	}
	// RFC 8707 §2 has the name for a place that is not, or is no longer, the person's to ask a token for.
	if (facts.workspaceId === null) throw new OAuthError("invalid_target", "the workspace is not one of this person's");
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
