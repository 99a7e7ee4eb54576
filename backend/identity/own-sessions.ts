import type { TransactionSql } from "postgres";
import type { DeviceSessionView } from "../contract/sessions.ts";
import type { SessionView } from "../contract/users.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { roleIn, workspaceNotFound } from "../workspaces/membership.ts";
import type { IdentityContext } from "./context.ts";
import type { Identity } from "./identity.ts";
import { readSession } from "./profile.ts";

type Row = Omit<DeviceSessionView, "createdAt" | "lastUsedAt" | "expiresAt" | "current"> &
	Record<"createdAt" | "lastUsedAt" | "expiresAt", Date>;

/** The devices a person is signed in on, last used first. */
export async function listSessions(context: IdentityContext, principal: Principal): Promise<DeviceSessionView[]> {
	const rows = await context.asIdentity(
		(sql) => sql<Row[]>`
			select id, device_id, device_name, client_id, provider, created_at, last_used_at, expires_at
			from sheaf.device_sessions
			where user_id = ${principal.userId} and revoked_at is null and expires_at > ${new Date(context.now())}
			order by last_used_at desc, id desc`,
	);
	return rows.map((row) => ({
		...row,
		createdAt: row.createdAt.toISOString(),
		lastUsedAt: row.lastUsedAt.toISOString(),
		expiresAt: row.expiresAt.toISOString(),
		current: row.id === principal.sessionId,
	}));
}

/**
 * Signs one of the person's devices out.
 *
 * @throws SheafError `sessions/not-found`, in the same words for one that is not there, one that has ended and one of somebody else
 */
export async function endOneSession(identity: Identity, { userId }: Principal, id: string): Promise<void> {
	const ended = await identity.asIdentity(
		(sql) => sql<{ id: string }[]>`
			update sheaf.device_sessions set revoked_at = ${new Date(identity.now())}
			where id = ${id} and user_id = ${userId} and revoked_at is null returning id`,
	);
	if (ended.length === 0) throw new SheafError("sessions/not-found", "There is no such device among yours.");
	identity.standing.forget(id);
}

/**
 * Signs the person out everywhere, or everywhere else: with the devices end the cookies of the backend's pages and what could still
 * become a device's session, or whoever had one of those would be back in a moment.
 *
 * @returns how many devices were signed out.
 */
export async function endSessions(
	identity: Identity,
	{ userId, sessionId }: Principal,
	{ keepsCurrent }: { keepsCurrent: boolean },
): Promise<number> {
	const keptSession = keepsCurrent ? sessionId : null;
	const ended = await identity.asIdentity((sql) => endSessionsIn(identity, sql, { userId, keptSession }));
	for (const id of ended) identity.standing.forget(id);
	return ended.length;
}

/** The same in the caller's transaction. @returns the sessions that ended, for `standing.forget` once it is committed */
export async function endSessionsIn(
	context: IdentityContext,
	sql: TransactionSql,
	{ userId, keptSession }: { userId: string; keptSession: string | null },
): Promise<string[]> {
	const now = new Date(context.now());
	await endBeginnings(sql, userId);
	const ended = await sql<{ id: string }[]>`
		update sheaf.device_sessions set revoked_at = ${now}
		where user_id = ${userId} and revoked_at is null and expires_at > ${now} and id is distinct from ${keptSession}
		returning id`;
	return ended.map(({ id }) => id);
}

async function endBeginnings(sql: TransactionSql, userId: string): Promise<void> {
	await sql`delete from sheaf.browser_sessions where user_id = ${userId}`;
	await sql`delete from sheaf.authorization_codes where user_id = ${userId} and redeemed_at is null`;
	await sql`delete from sheaf.link_tickets where user_id = ${userId}`;
	await sql`delete from sheaf.upstream_flows where user_id = ${userId}`;
	await sql`update sheaf.device_grants set status = 'denied' where user_id = ${userId} and status = 'approved'`;
}

/**
 * Makes another workspace the one this session works in. Tokens that are out stay good for theirs.
 *
 * @throws SheafError `workspaces/not-found`, also for one that the person is not in
 */
export async function moveSession(
	context: IdentityContext,
	principal: Principal,
	workspaceId: string,
): Promise<SessionView> {
	const { userId, sessionId } = principal;
	const role = await context.asIdentity(async (sql) => {
		const found = await roleIn(sql, { workspaceId, userId });
		if (found === null) throw workspaceNotFound();
		await sql`
			update sheaf.device_sessions set workspace_id = ${workspaceId} where id = ${sessionId} and user_id = ${userId}`;
		return found;
	});
	return await readSession(context, { ...principal, workspaceId, role });
}
