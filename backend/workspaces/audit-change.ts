import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";

type WorkspaceAction =
	| "workspace.create"
	| "workspace.rename"
	| "workspace.transfer"
	| "member.role"
	| "member.remove"
	| "member.leave"
	| "invite.create"
	| "invite.revoke"
	| "invite.accept";

export type WorkspaceChange = {
	action: WorkspaceAction;
	/** The id of what was changed: the workspace, the member's user id, or the invitation. */
	subjectId: string;
	/** What it was and what it is now (a name, a role): kept as hashes. */
	before?: string;
	after?: string;
};

/** SYNC-8: one row per accepted change, in the transaction that makes it. It names people by id only. */
export async function auditChange(
	sql: Transaction,
	{ userId, workspaceId, sessionId }: Pick<Principal, "userId" | "workspaceId" | "sessionId">,
	{ action, subjectId, before, after }: WorkspaceChange,
): Promise<void> {
	const [subjectType] = action.split(".");
	await sql`
		insert into sheaf.audit_log (workspace_id, owner_id, session_id, action, subject_type, subject_id, outcome,
			before_hash, after_hash)
		values (${workspaceId}, ${userId}, ${sessionId}::uuid, ${action}, ${subjectType ?? action}, ${subjectId}, 'stored',
			sha256(convert_to(${before ?? null}::text, 'UTF8')), sha256(convert_to(${after ?? null}::text, 'UTF8')))`;
}
