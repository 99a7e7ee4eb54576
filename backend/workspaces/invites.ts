import type { Role } from "../contract/users.ts";
import type { InviteCreate, InviteView } from "../contract/workspaces.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { randomToken, tokenHash } from "../identity/opaque-tokens.ts";
import { auditChange } from "./audit-change.ts";
import { lockWorkspace, refusePersonal } from "./membership.ts";
import { permissionsByRole, roleMay } from "./policy.ts";
import type { WorkspaceContext } from "./workspace-context.ts";

const dayMs = 86_400_000;
const defaultDays = 7;
/** Open at once in one workspace: enough for a class of students, and not a way to fill a table. */
export const maxOpenInvites = 100;

type InviteRow = Omit<InviteView, "createdAt" | "expiresAt"> & { createdAt: Date; expiresAt: Date };

/** Roles that may invite. None of the roles an invitation can give is above any of them. */
const inviting = (Object.keys(permissionsByRole) as Role[]).filter((role) => roleMay(role, "members:write"));

/**
 * The invitations that can still be accepted, as a fragment for the callers' own conditions on `i`: not used, revoked or run out,
 * and made by somebody who may still invite. Whoever lost that role takes their invitations with them.
 */
export function openInvites(sql: Transaction, nowMs: number) {
	return sql`
		from sheaf.workspace_invites i
		join sheaf.workspaces w on w.id = i.workspace_id and not w.personal
		join sheaf.workspace_members inviter on inviter.workspace_id = i.workspace_id and inviter.user_id = i.invited_by
			and inviter.role = any(${inviting})
		join sheaf.users u on u.id = i.invited_by and u.deletion_id is null
		where i.accepted_at is null and i.revoked_at is null and i.expires_at > ${new Date(nowMs)}`;
}

/** The open invitations of the principal's workspace, the oldest first. */
export async function readInvites(
	{ asIdentity, now }: WorkspaceContext,
	{ workspaceId }: Principal,
): Promise<InviteView[]> {
	const rows = await asIdentity(
		(sql) => sql<InviteRow[]>`
			select i.id, i.role, i.created_at, i.expires_at, u.email as invited_by ${openInvites(sql, now())}
				and i.workspace_id = ${workspaceId}
			order by i.created_at, i.id`,
	);
	return rows.map(view);
}

/**
 * A link for one person and one time. Its token is returned here and never again: only its hash is kept.
 *
 * @throws SheafError `workspaces/not-found`, `auth/forbidden`, `workspaces/personal`, `workspaces/too-many`
 */
export async function createInvite(
	{ asIdentity, now }: WorkspaceContext,
	principal: Principal,
	{ role, expiresInDays = defaultDays }: InviteCreate,
): Promise<{ invite: InviteView; token: string }> {
	const { workspaceId, userId } = principal;
	const token = randomToken();
	const createdAt = new Date(now());
	const expiresAt = new Date(createdAt.getTime() + expiresInDays * dayMs);
	return await asIdentity(async (sql) => {
		const workspace = await lockWorkspace(sql, principal, "members:write");
		refusePersonal(
			workspace,
			"Your own workspace is yours alone. Create a workspace to share, and invite people to that.",
		);
		await refuseTooMany(sql, workspaceId, createdAt.getTime());
		const id = Bun.randomUUIDv7();
		const [made] = await sql<InviteRow[]>`
			with made as (
				insert into sheaf.workspace_invites (workspace_id, id, role, token_hash, invited_by, created_at, expires_at)
				values (${workspaceId}, ${id}, ${role}, ${tokenHash(token)}, ${userId}, ${createdAt}, ${expiresAt})
				returning id, role, created_at, expires_at, invited_by
			)
			select made.id, made.role, made.created_at, made.expires_at, u.email as invited_by
			from made join sheaf.users u on u.id = made.invited_by`;
		if (!made) throw new Error("An invitation was inserted and not returned.");
		await auditChange(sql, principal, { action: "invite.create", subjectId: id, after: role });
		return { invite: view(made), token };
	});
}

/** @throws SheafError `workspaces/not-found`, `auth/forbidden`, `workspaces/invite-invalid` for one that is not open any more */
export async function revokeInvite(
	{ asIdentity, now }: WorkspaceContext,
	principal: Principal,
	id: string,
): Promise<void> {
	const at = new Date(now());
	await asIdentity(async (sql) => {
		await lockWorkspace(sql, principal, "members:write");
		const [revoked] = await sql`
			update sheaf.workspace_invites set revoked_at = ${at}
			where workspace_id = ${principal.workspaceId} and id = ${id}
				and accepted_at is null and revoked_at is null and expires_at > ${at}
			returning id`;
		if (!revoked) throw inviteInvalid();
		await auditChange(sql, principal, { action: "invite.revoke", subjectId: id });
	});
}

/** One sentence whatever is the matter, so that nobody learns from a link that it once was good. */
export function inviteInvalid(): SheafError {
	return new SheafError(
		"workspaces/invite-invalid",
		"This invitation cannot be used: it is not there, has run out, was used or was taken back. Ask for a new one.",
	);
}

async function refuseTooMany(sql: Transaction, workspaceId: string, nowMs: number): Promise<void> {
	const [open] = await sql<{ count: number }[]>`
		select count(*)::int as count ${openInvites(sql, nowMs)} and i.workspace_id = ${workspaceId}`;
	if ((open?.count ?? 0) < maxOpenInvites) return;
	throw new SheafError(
		"workspaces/too-many",
		`This workspace has ${maxOpenInvites} open invitations. Take some back before you make more.`,
		{ details: { max: maxOpenInvites } },
	);
}

function view(row: InviteRow): InviteView {
	return { ...row, createdAt: row.createdAt.toISOString(), expiresAt: row.expiresAt.toISOString() };
}
