import type { Role, WorkspaceView } from "../contract/users.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { auditChange } from "./audit-change.ts";
import { lockWorkspace, refusePersonal } from "./membership.ts";
import { refuseUnless } from "./policy.ts";
import type { WorkspaceContext } from "./workspace-context.ts";

/**
 * Gives a member another role. Only an owner makes or unmakes owners, which is also why nobody can raise themselves: whoever may
 * change members is below an owner by nothing else.
 *
 * @throws SheafError `workspaces/not-found`, `workspaces/member-not-found`, `auth/forbidden`, `workspaces/last-owner`
 */
export async function changeRole(
	{ asIdentity }: WorkspaceContext,
	principal: Principal,
	{ userId, role }: { userId: string; role: Role },
): Promise<void> {
	const { workspaceId } = principal;
	await asIdentity(async (sql) => {
		const { role: own } = await lockWorkspace(sql, principal, "members:write");
		const before = await memberRole(sql, { workspaceId, userId });
		if (before === role) return;
		if (before === "owner" || role === "owner") refuseUnless(own, "workspace:own");
		await setRole(sql, { workspaceId, userId }, role);
		await refuseWithoutOwner(sql, workspaceId);
		await auditChange(sql, principal, { action: "member.role", subjectId: userId, before, after: role });
	});
}

/**
 * Takes a member out. What they captured stays with the workspace; their devices go on in another one of theirs.
 *
 * @throws SheafError as `changeRole`
 */
export async function removeMember(
	{ asIdentity }: WorkspaceContext,
	principal: Principal,
	userId: string,
): Promise<void> {
	const { workspaceId } = principal;
	await asIdentity(async (sql) => {
		const { role: own } = await lockWorkspace(sql, principal, "members:write");
		const before = await memberRole(sql, { workspaceId, userId });
		if (before === "owner") refuseUnless(own, "workspace:own");
		await takeOut(sql, { workspaceId, userId });
		await auditChange(sql, principal, { action: "member.remove", subjectId: userId, before });
	});
}

/** @throws SheafError `workspaces/not-found`, `workspaces/personal`, `workspaces/last-owner` */
export async function leaveWorkspace({ asIdentity }: WorkspaceContext, principal: Principal): Promise<void> {
	const { workspaceId, userId } = principal;
	await asIdentity(async (sql) => {
		const workspace = await lockWorkspace(sql, principal, null);
		refusePersonal(workspace, "This is your own workspace: nobody else is in it, and you cannot leave it.");
		await takeOut(sql, { workspaceId, userId });
		await auditChange(sql, principal, { action: "member.leave", subjectId: userId, before: workspace.role });
	});
}

/**
 * Hands the workspace over: that member becomes owner, and the principal admin.
 *
 * @throws SheafError `workspaces/not-found`, `auth/forbidden`, `workspaces/personal`, `workspaces/member-not-found`
 */
export async function transferWorkspace(
	{ asIdentity }: WorkspaceContext,
	principal: Principal,
	userId: string,
): Promise<WorkspaceView> {
	const { workspaceId } = principal;
	return await asIdentity(async (sql) => {
		const workspace = await lockWorkspace(sql, principal, "workspace:own");
		refusePersonal(workspace, "Your own workspace cannot be given away. Create one to share.");
		if (userId === principal.userId) {
			throw new SheafError("workspaces/already-member", "You own this workspace already. Choose another member.");
		}
		const before = await memberRole(sql, { workspaceId, userId });
		await setRole(sql, { workspaceId, userId }, "owner");
		await setRole(sql, principal, "admin");
		await auditChange(sql, principal, { action: "workspace.transfer", subjectId: userId, before, after: "owner" });
		return { ...workspace, role: "admin" };
	});
}

type Member = { workspaceId: string; userId: string };

/** Whoever is just deleting their account stays for that moment only: made an owner now, they would leave the workspace without one. */
async function memberRole(sql: Transaction, { workspaceId, userId }: Member): Promise<Role> {
	const [member] = await sql<{ role: Role }[]>`
		select m.role from sheaf.workspace_members m join sheaf.users u on u.id = m.user_id and u.deletion_id is null
		where m.workspace_id = ${workspaceId} and m.user_id = ${userId}`;
	if (!member) throw new SheafError("workspaces/member-not-found", "There is no such member in this workspace.");
	return member.role;
}

async function setRole(sql: Transaction, { workspaceId, userId }: Member, role: Role): Promise<void> {
	await sql`
		update sheaf.workspace_members set role = ${role} where workspace_id = ${workspaceId} and user_id = ${userId}`;
}

/** Their sessions fall back to their own workspace; a token they still hold is refused by `identity/session-standing.ts`. */
async function takeOut(sql: Transaction, { workspaceId, userId }: Member): Promise<void> {
	await sql`delete from sheaf.workspace_members where workspace_id = ${workspaceId} and user_id = ${userId}`;
	await sql`
		update sheaf.device_sessions set workspace_id = null where workspace_id = ${workspaceId} and user_id = ${userId}`;
	await refuseWithoutOwner(sql, workspaceId);
}

/** At least one owner, always: checked after the change and under the lock, and rolled back with it. */
async function refuseWithoutOwner(sql: Transaction, workspaceId: string): Promise<void> {
	const [owner] = await sql`
		select 1 from sheaf.workspace_members where workspace_id = ${workspaceId} and role = 'owner' limit 1`;
	if (owner) return;
	throw new SheafError(
		"workspaces/last-owner",
		"A workspace needs an owner, and this is its last one. Make another member owner first, or delete the workspace.",
	);
}
