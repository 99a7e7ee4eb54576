import { takeWatches } from "../../connections/close-watches.ts";
import type { Transaction } from "../../db/connect.ts";
import { againAfterDeadlock } from "../../db/deadlock.ts";
import { auditChange } from "../../workspaces/audit-change.ts";
import { removeWorkspace } from "../../workspaces/remove-workspace.ts";
import { actingFor, type Deletion, type DeletionDeps } from "./deletion-deps.ts";
import { addToReceipt } from "./receipts.ts";
import { forgetJobsOf, removeConnections, revokeAccounts } from "./remove-connections.ts";

/**
 * Takes the person out of every workspace: what is only theirs is deleted, what is shared goes on without them and without their
 * connections. May be repeated from any point.
 */
export async function leaveWorkspaces(deps: DeletionDeps, deletion: Deletion): Promise<void> {
	for (;;) {
		const workspaceId = await nextWorkspace(deps, deletion);
		if (workspaceId === null) return;
		const shared = await deps.identity.asIdentity((sql) => hasOthers(sql, deletion, workspaceId));
		const step = shared ? leaveShared : deleteOwn;
		await step(deps, deletion, workspaceId);
	}
}

async function nextWorkspace({ identity }: DeletionDeps, { userId }: Deletion): Promise<string | null> {
	return await identity.asIdentity(async (sql) => {
		const [row] = await sql<{ workspaceId: string }[]>`
			select workspace_id from sheaf.workspace_members where user_id = ${userId} order by workspace_id limit 1`;
		return row?.workspaceId ?? null;
	});
}

/** Whether somebody would stay in it; whoever is being deleted too would not. */
async function hasOthers(sql: Transaction, { userId }: Deletion, workspaceId: string): Promise<boolean> {
	const [other] = await sql`
		select 1 from sheaf.workspace_members m join sheaf.users u on u.id = m.user_id and u.deletion_id is null
		where m.workspace_id = ${workspaceId} and m.user_id <> ${userId} limit 1`;
	return other !== undefined;
}

async function deleteOwn(deps: DeletionDeps, deletion: Deletion, workspaceId: string): Promise<void> {
	const { found, accounts } = await deps.database.asTenant(actingFor(deletion, workspaceId, "owner"), async (sql) => {
		const [counts] = await sql<{ records: number; targets: number; connections: number; deliveries: number }[]>`
				select (select count(*)::int from sheaf.records where workspace_id = ${workspaceId}) as records,
					(select count(*)::int from sheaf.targets where workspace_id = ${workspaceId}) as targets,
					(select count(*)::int from sheaf.connections where workspace_id = ${workspaceId}) as connections,
					(select count(*)::int from sheaf.deliveries where workspace_id = ${workspaceId}) as deliveries`;
		const connected = await sql<{ id: string; provider: string; credentialJwe: string | null }[]>`
			select id, provider, credential_jwe from sheaf.connections where workspace_id = ${workspaceId}`;
		const opened = await takeWatches(sql, null);
		const watchesOf = (id: string) => opened.filter(({ connectionId }) => connectionId === id);
		return { found: counts, accounts: connected.map(({ id, ...account }) => ({ ...account, watches: watchesOf(id) })) };
	});
	const receipt = { counts: { workspaces: 1, ...found }, grants: await revokeAccounts(deps, accounts) };
	const removed = await againAfterDeadlock(() =>
		deps.identity.asIdentity(async (sql) => {
			await lock(sql, workspaceId);
			if (await hasOthers(sql, deletion, workspaceId)) return false;
			if (await removeWorkspace(sql, workspaceId)) await addToReceipt(sql, deletion.receiptId, receipt);
			return true;
		}),
	);
	if (!removed) return;
	await forgetJobsOf(deps, deletion, (scope) => scope.workspaceId === workspaceId);
}

/** Records they captured stay; their connections go, before they do. */
async function leaveShared(deps: DeletionDeps, deletion: Deletion, workspaceId: string): Promise<void> {
	await removeConnections(deps, deletion, workspaceId);
	await deps.identity.asIdentity(async (sql) => {
		await lock(sql, workspaceId);
		// The others may have left in the meantime: then it is looked at again, as one that is only theirs.
		if (!(await hasOthers(sql, deletion, workspaceId))) return;
		const left = await sql`
			delete from sheaf.workspace_members where workspace_id = ${workspaceId} and user_id = ${deletion.userId} returning 1`;
		if (left.length === 0) return;
		const acting = actingFor(deletion, workspaceId, "member");
		await auditChange(sql, acting, { action: "member.leave", subjectId: deletion.userId });
		await addToReceipt(sql, deletion.receiptId, { counts: { memberships: 1 } });
	});
}

async function lock(sql: Transaction, workspaceId: string): Promise<void> {
	await sql`select 1 from sheaf.workspaces where id = ${workspaceId} for no key update`;
}
