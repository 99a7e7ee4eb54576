import type { WorkspaceView } from "../contract/users.ts";
import { againAfterDeadlock } from "../db/deadlock.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { auditChange } from "./audit-change.ts";
import { lockWorkspace, refusePersonal } from "./membership.ts";
import { removeWorkspace } from "./remove-workspace.ts";
import type { WorkspaceContext } from "./workspace-context.ts";

/**
 * @param principal in the workspace that is renamed
 * @throws SheafError `workspaces/not-found`, `auth/forbidden`
 */
export async function renameWorkspace(
	{ asIdentity }: WorkspaceContext,
	principal: Principal,
	name: string,
): Promise<WorkspaceView> {
	const after = name.trim();
	return await asIdentity(async (sql) => {
		const workspace = await lockWorkspace(sql, principal, "workspace:write");
		const { id, name: before } = workspace;
		await sql`update sheaf.workspaces set name = ${after} where id = ${id}`;
		await auditChange(sql, principal, { action: "workspace.rename", subjectId: id, before, after });
		return { ...workspace, name: after };
	});
}

/**
 * Deletes a workspace with everything in it: records, targets, connections and their credentials, invitations, its part of the
 * audit log. Rows at providers stay. Devices that worked in it go on in their persons' own.
 *
 * @param confirm the workspace's name, as the person typed it
 * @throws SheafError `workspaces/not-found`, `auth/forbidden`, `workspaces/personal`, `users/confirmation-wrong`
 */
export async function deleteWorkspace(
	{ asIdentity }: WorkspaceContext,
	principal: Principal,
	confirm: string,
): Promise<void> {
	await againAfterDeadlock(() =>
		asIdentity(async (sql) => {
			const workspace = await lockWorkspace(sql, principal, "workspace:own");
			refusePersonal(workspace, "Your own workspace cannot be deleted; it goes with your account.");
			if (confirm.trim() !== workspace.name) {
				throw new SheafError("users/confirmation-wrong", "That is not the workspace's name. Nothing was deleted.");
			}
			await removeWorkspace(sql, workspace.id);
		}),
	);
}
