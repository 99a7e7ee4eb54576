import type { WorkspaceView } from "../contract/users.ts";
import type { InviteRole } from "../contract/workspaces.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { tokenHash } from "../identity/opaque-tokens.ts";
import { auditChange } from "./audit-change.ts";
import { inviteInvalid, openInvites } from "./invites.ts";
import { readWorkspace, roleIn } from "./membership.ts";
import type { WorkspaceContext } from "./workspace-context.ts";

/** What an invitation says about itself to whoever holds its link. */
export type Invitation = {
	workspaceName: string;
	role: InviteRole;
	/** Their name, or their e-mail when they told none. */
	inviter: string;
};

/** The invitation of a link, or null when it cannot be used, for whatever reason. */
export async function findInvitation({ asIdentity, now }: WorkspaceContext, token: string): Promise<Invitation | null> {
	return await asIdentity(async (sql) => {
		const [found] = await sql<Invitation[]>`
			select w.name as workspace_name, i.role,
				coalesce(nullif(concat_ws(' ', nullif(u.first_name, ''), nullif(u.last_name, '')), ''), u.email) as inviter
			${openInvites(sql, now())} and i.token_hash = ${tokenHash(token)}`;
		return found ?? null;
	});
}

/** Who accepts; on the backend's own page there is no session. */
export type Joining = Pick<Principal, "userId" | "sessionId">;

/**
 * Joins the workspace of an invitation, once: of many who hold the link the first one gets in. The same person may come again, which
 * changes nothing.
 *
 * @throws SheafError `workspaces/invite-invalid`, or `workspaces/already-member` for somebody who needs no invitation
 */
export async function acceptInvite(
	{ asIdentity, now }: WorkspaceContext,
	{ userId, sessionId }: Joining,
	token: string,
): Promise<WorkspaceView> {
	const hash = tokenHash(token);
	return await asIdentity(async (sql) => {
		const workspaceId = await lockInvited(sql, hash);
		const member = await roleIn(sql, { workspaceId, userId });
		if (member !== null) {
			const [mine] = await sql`
				select 1 from sheaf.workspace_invites where token_hash = ${hash} and accepted_by = ${userId}`;
			if (mine) return await readWorkspace(sql, { workspaceId, userId });
		}
		const [open] = await sql<{ id: string; role: InviteRole }[]>`
			select i.id, i.role ${openInvites(sql, now())} and i.token_hash = ${hash}`;
		if (!open) throw inviteInvalid();
		if (member !== null) {
			throw new SheafError(
				"workspaces/already-member",
				"You are in this workspace already. The invitation stays open.",
			);
		}
		await sql`
			update sheaf.workspace_invites set accepted_by = ${userId}, accepted_at = ${new Date(now())}
			where workspace_id = ${workspaceId} and id = ${open.id}`;
		await sql`
			insert into sheaf.workspace_members (workspace_id, user_id, role) values (${workspaceId}, ${userId}, ${open.role})`;
		const principal = { userId, workspaceId, sessionId };
		await auditChange(sql, principal, { action: "invite.accept", subjectId: open.id, after: open.role });
		return await readWorkspace(sql, { workspaceId, userId });
	});
}

/** Locks the invitation's workspace, as everybody does who changes its members. */
async function lockInvited(sql: Transaction, hash: Buffer): Promise<string> {
	const [invited] = await sql<{ id: string }[]>`
		select w.id from sheaf.workspaces w
		where w.id = (select workspace_id from sheaf.workspace_invites where token_hash = ${hash})
		for no key update`;
	if (!invited) throw inviteInvalid();
	return invited.id;
}
