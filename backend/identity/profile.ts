import type { AccountView, SessionView, UserPatch, UserView } from "../contract/users.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { entitlementsOf } from "../workspaces/entitlements.ts";
import { workspacesOf } from "../workspaces/memberships.ts";
import { permissionsByRole } from "../workspaces/policy.ts";
import type { IdentityContext } from "./context.ts";

type UserRow = Omit<UserView, "createdAt"> & { createdAt: Date };

/** The person behind a principal. */
export async function readUser(context: IdentityContext, { userId }: Principal): Promise<UserView> {
	return await context.asIdentity((sql) => selectUser(sql, userId));
}

/**
 * Changes what the person may change of themselves; what is left out stays.
 *
 * @throws SheafError `request/invalid` for a time zone that is none
 */
export async function changeUser(
	context: IdentityContext,
	{ userId }: Principal,
	{ firstName, lastName, timeZone }: UserPatch,
): Promise<UserView> {
	if (timeZone !== undefined && !isTimeZone(timeZone)) {
		throw new SheafError(
			"request/invalid",
			'"timeZone" in the body is not right: expected a name like "Europe/Lisbon".',
			{ details: { in: "body", field: "timeZone" } },
		);
	}
	return await context.asIdentity(async (sql) => {
		await sql`
			update sheaf.users set first_name = coalesce(${firstName?.trim() ?? null}, first_name),
				last_name = coalesce(${lastName?.trim() ?? null}, last_name), time_zone = coalesce(${timeZone ?? null}, time_zone)
			where id = ${userId}`;
		return await selectUser(sql, userId);
	});
}

async function selectUser(sql: Transaction, userId: string): Promise<UserView> {
	const [row] = await sql<UserRow[]>`
		select id, email, email_verified_at is not null as email_verified, first_name, last_name, time_zone, created_at
		from sheaf.users where id = ${userId}`;
	if (!row) throw ended();
	return { ...row, createdAt: row.createdAt.toISOString() };
}

/** Offsets (`+01:00`), which newer engines take too, would not follow the clock's changes. */
function isTimeZone(name: string): boolean {
	if (!/^[A-Za-z]/.test(name)) return false;
	try {
		return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
	} catch {
		return false;
	}
}

type AccountRow = Omit<AccountView, "linkedAt" | "lastUsedAt"> & { linkedAt: Date; lastUsedAt: Date | null };

/** The person's ways in, oldest first. */
export async function readAccounts(context: IdentityContext, { userId }: Principal): Promise<AccountView[]> {
	const rows = await context.asIdentity(
		(sql) => sql<AccountRow[]>`
			select id, provider, subject, label, linked_at, last_used_at from sheaf.user_accounts
			where user_id = ${userId} order by linked_at, provider`,
	);
	return rows.map((row) => ({
		...row,
		linkedAt: row.linkedAt.toISOString(),
		lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
	}));
}

/** The session a token speaks for, with what its holder may do: the UI obeys this. */
export async function readSession(context: IdentityContext, principal: Principal): Promise<SessionView> {
	const { userId, workspaceId, sessionId, deviceId, role } = principal;
	if (sessionId === null || deviceId === null || role === "worker") throw ended();
	const workspaces = await workspacesOf(context.asIdentity, userId);
	const workspace = workspaces.find(({ id }) => id === workspaceId);
	const expiresAt = await readExpiry(context, sessionId);
	if (!workspace || !expiresAt) throw ended();
	// The role as it is now, and not as it was when the token was last looked at: devices wait to hear that it was raised.
	const permissions = [...permissionsByRole[workspace.role]];
	const entitlements = entitlementsOf(workspace.role, workspace.plan);
	return { sessionId, deviceId, userId, workspace, permissions, entitlements, expiresAt: expiresAt.toISOString() };
}

async function readExpiry(context: IdentityContext, sessionId: string): Promise<Date | null> {
	return await context.asIdentity(async (sql) => {
		const [row] = await sql<{ expiresAt: Date }[]>`
			select expires_at from sheaf.device_sessions where id = ${sessionId}`;
		return row?.expiresAt ?? null;
	});
}

function ended(): SheafError {
	return new SheafError("auth/session-revoked", "This device was signed out. Sign in again.");
}
