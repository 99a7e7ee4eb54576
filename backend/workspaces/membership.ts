import type { Permission, Role, WorkspaceView } from "../contract/users.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { refuseUnless } from "./policy.ts";
import type { WorkspaceContext } from "./workspace-context.ts";

/**
 * The person as they stand in another workspace than their token's: every route with a workspace in its address is judged by
 * the role in that one.
 *
 * @throws SheafError `workspaces/not-found`, in the same words for one that is not there and one that is not theirs;
 *   `auth/forbidden` when their role there lacks the permission
 */
export async function principalIn(
	{ asIdentity }: Pick<WorkspaceContext, "asIdentity">,
	principal: Principal,
	{ workspaceId, permission }: { workspaceId: string; permission: Permission | null },
): Promise<Principal> {
	const role = await asIdentity((sql) => roleIn(sql, { workspaceId, userId: principal.userId }));
	if (role === null) throw workspaceNotFound();
	refuseUnless(role, permission);
	return { ...principal, workspaceId, role };
}

/**
 * Locks the principal's workspace and reads it and their role anew: what was known before the lock may have changed while
 * it was waited for. Whoever changes members or invitations takes it first, so that of two owners who leave at once one stays.
 *
 * @throws SheafError `workspaces/not-found` or `auth/forbidden`
 */
export async function lockWorkspace(
	sql: Transaction,
	{ userId, workspaceId }: Pick<Principal, "userId" | "workspaceId">,
	permission: Permission | null,
): Promise<WorkspaceView> {
	// Two statements, because one sees what was there when it began to wait. "no key": writes of records need not wait.
	await sql`select 1 from sheaf.workspaces where id = ${workspaceId} for no key update`;
	const workspace = await readWorkspace(sql, { userId, workspaceId });
	refuseUnless(workspace.role, permission);
	return workspace;
}

/** @throws SheafError `workspaces/not-found`, also for one that the person is not in */
export async function readWorkspace(
	sql: Transaction,
	{ userId, workspaceId }: Pick<Principal, "userId" | "workspaceId">,
): Promise<WorkspaceView> {
	const [workspace] = await sql<WorkspaceView[]>`
		select w.id, w.name, w.personal, w.plan, m.role from sheaf.workspaces w
		join sheaf.workspace_members m on m.workspace_id = w.id and m.user_id = ${userId}
		where w.id = ${workspaceId}`;
	if (!workspace) throw workspaceNotFound();
	return workspace;
}

/** The role of a person in a workspace; null when they are no member or it is not there. */
export async function roleIn(
	sql: Transaction,
	{ workspaceId, userId }: { workspaceId: string; userId: string },
): Promise<Role | null> {
	const [row] = await sql<{ role: Role }[]>`
		select role from sheaf.workspace_members where workspace_id = ${workspaceId} and user_id = ${userId}`;
	return row?.role ?? null;
}

/** @throws SheafError `workspaces/personal` */
export function refusePersonal({ personal }: WorkspaceView, why: string): void {
	if (personal) throw new SheafError("workspaces/personal", why);
}

export function workspaceNotFound(): SheafError {
	return new SheafError("workspaces/not-found", "There is no such workspace, or you are not in it.");
}
