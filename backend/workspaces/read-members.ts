import type { MemberView } from "../contract/workspaces.ts";
import type { Principal } from "../db/principal.ts";
import type { WorkspaceContext } from "./workspace-context.ts";

type MemberRow = Omit<MemberView, "joinedAt" | "you"> & { joinedAt: Date };

/** Who belongs to the principal's workspace and is not just leaving Sheaf for good: owners first, then by name. */
export async function readMembers(
	{ asIdentity }: WorkspaceContext,
	{ workspaceId, userId }: Principal,
): Promise<MemberView[]> {
	const rows = await asIdentity(
		(sql) => sql<MemberRow[]>`
			select u.id as user_id, u.email, u.first_name, u.last_name, m.role, m.joined_at
			from sheaf.workspace_members m join sheaf.users u on u.id = m.user_id and u.deletion_id is null
			where m.workspace_id = ${workspaceId}
			order by m.role = 'owner' desc, lower(concat_ws(' ', nullif(u.first_name, ''), nullif(u.last_name, ''), u.email)), u.id`,
	);
	return rows.map((row) => ({ ...row, joinedAt: row.joinedAt.toISOString(), you: row.userId === userId }));
}
