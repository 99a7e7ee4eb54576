import type { WorkspaceView } from "../contract/users.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { auditChange } from "./audit-change.ts";
import type { WorkspaceContext } from "./workspace-context.ts";

/** Shared workspaces one person may own: more than anybody has teams, fewer than a loop would make. */
export const maxOwnedWorkspaces = 20;

/**
 * A new shared workspace with its maker as the owner.
 *
 * @throws SheafError `workspaces/too-many`
 */
export async function createWorkspace(
	{ asIdentity }: WorkspaceContext,
	principal: Principal,
	name: string,
): Promise<WorkspaceView> {
	const { userId } = principal;
	return await asIdentity(async (sql) => {
		// Two at once are counted one after the other. Whoever is just being deleted starts nothing that would be left over.
		const [person] = await sql`
			select 1 from sheaf.users where id = ${userId} and deletion_id is null for no key update`;
		if (!person) throw new SheafError("auth/session-revoked", "This account is gone.");
		const [owned] = await sql<{ count: number }[]>`
			select count(*)::int as count from sheaf.workspace_members m
			join sheaf.workspaces w on w.id = m.workspace_id and not w.personal
			where m.user_id = ${userId} and m.role = 'owner'`;
		if ((owned?.count ?? 0) >= maxOwnedWorkspaces) throw tooMany();
		const id = Bun.randomUUIDv7();
		const [workspace] = await sql<Omit<WorkspaceView, "role">[]>`
			insert into sheaf.workspaces (id, name, personal) values (${id}, ${name.trim()}, false)
			returning id, name, personal, plan`;
		if (!workspace) throw new Error("A workspace was inserted and not returned.");
		await sql`
			insert into sheaf.workspace_members (workspace_id, user_id, role) values (${id}, ${userId}, 'owner')`;
		await auditChange(sql, { ...principal, workspaceId: id }, { action: "workspace.create", subjectId: id });
		return { ...workspace, role: "owner" };
	});
}

function tooMany(): SheafError {
	return new SheafError(
		"workspaces/too-many",
		`You own ${maxOwnedWorkspaces} workspaces, which is as many as one person can. Delete one, or give one to somebody else.`,
		{ details: { max: maxOwnedWorkspaces } },
	);
}
