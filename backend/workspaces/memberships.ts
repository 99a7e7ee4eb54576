import type { WorkspaceView } from "../contract/users.ts";
import type { Database } from "../db/connect.ts";

/** The workspaces a person belongs to, their own first. */
export async function workspacesOf(asIdentity: Database["asIdentity"], userId: string): Promise<WorkspaceView[]> {
	return await asIdentity(
		(sql) => sql<WorkspaceView[]>`
			select w.id, w.name, w.personal, w.plan, m.role from sheaf.workspaces w
			join sheaf.workspace_members m on m.workspace_id = w.id
			where m.user_id = ${userId}
			order by w.personal desc, w.created_at, w.id`,
	);
}
