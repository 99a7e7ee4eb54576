import { deleteConnection } from "../../connections/delete-connection.ts";
import type { DeletionReceipt } from "../../contract/account-end.ts";
import type { Transaction } from "../../db/connect.ts";
import { againAfterDeadlock } from "../../db/deadlock.ts";
import { forgetJobs } from "../../jobs/forget-jobs.ts";
import { auditChange } from "../../workspaces/audit-change.ts";
import { removeWorkspace } from "../../workspaces/remove-workspace.ts";
import { actingFor, type Deletion, type DeletionDeps } from "./deletion-deps.ts";
import { addCounts } from "./receipts.ts";

type Grants = DeletionReceipt["grants"];

/**
 * Takes the person out of every workspace: what is only theirs is deleted, what is shared goes on without them and without their
 * connections. May be repeated from any point.
 *
 * @returns what they have to take back at providers
 */
export async function leaveWorkspaces(deps: DeletionDeps, deletion: Deletion): Promise<Grants> {
	const grants: Grants = [];
	for (;;) {
		const workspaceId = await nextWorkspace(deps, deletion);
		if (workspaceId === null) return grants;
		const shared = await deps.identity.asIdentity((sql) => hasOthers(sql, deletion, workspaceId));
		const step = shared ? leaveShared : deleteOwn;
		grants.push(...(await step(deps, deletion, workspaceId)));
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

async function deleteOwn(deps: DeletionDeps, deletion: Deletion, workspaceId: string): Promise<Grants> {
	const { found, providers } = await deps.database.asTenant(actingFor(deletion, workspaceId, "owner"), async (sql) => {
		const [counts] = await sql<{ records: number; targets: number; connections: number; deliveries: number }[]>`
				select (select count(*)::int from sheaf.records where workspace_id = ${workspaceId}) as records,
					(select count(*)::int from sheaf.targets where workspace_id = ${workspaceId}) as targets,
					(select count(*)::int from sheaf.connections where workspace_id = ${workspaceId}) as connections,
					(select count(*)::int from sheaf.deliveries where workspace_id = ${workspaceId}) as deliveries`;
		const connected = await sql<{ provider: string }[]>`
			select provider from sheaf.connections where workspace_id = ${workspaceId}`;
		return { found: counts, providers: connected.map(({ provider }) => provider) };
	});
	const removed = await againAfterDeadlock(() =>
		deps.identity.asIdentity(async (sql) => {
			await lock(sql, workspaceId);
			if (await hasOthers(sql, deletion, workspaceId)) return false;
			if (await removeWorkspace(sql, workspaceId))
				await addCounts(sql, deletion.receiptId, { workspaces: 1, ...found });
			return true;
		}),
	);
	if (!removed) return [];
	await forgetJobsOf(deps, deletion, (scope) => scope.workspaceId === workspaceId);
	return byHand(deps, providers);
}

/** Records they captured stay; the connections are theirs, with credentials of accounts that are theirs. */
async function leaveShared(deps: DeletionDeps, deletion: Deletion, workspaceId: string): Promise<Grants> {
	const acting = actingFor(deletion, workspaceId, "member");
	const connections = await deps.database.asTenant(
		acting,
		async (sql) =>
			await sql<{ id: string; provider: string; targets: number }[]>`
			select c.id, c.provider, (
				select count(*)::int from sheaf.targets t
				where t.workspace_id = c.workspace_id and t.connection_id = c.id) as targets
			from sheaf.connections c where c.workspace_id = ${workspaceId} and c.owner_id = ${deletion.userId}`,
	);
	for (const { id } of connections) await deleteConnection(deps, acting, { id, force: true });
	await deps.identity.asIdentity(async (sql) => {
		await lock(sql, workspaceId);
		const targets = connections.reduce((sum, connection) => sum + connection.targets, 0);
		await addCounts(sql, deletion.receiptId, { connections: connections.length, targets });
		// The others may have left in the meantime: then it is looked at again, as one that is only theirs.
		if (!(await hasOthers(sql, deletion, workspaceId))) return;
		await sql`
			delete from sheaf.workspace_members where workspace_id = ${workspaceId} and user_id = ${deletion.userId}`;
		await auditChange(sql, acting, { action: "member.leave", subjectId: deletion.userId });
		await addCounts(sql, deletion.receiptId, { memberships: 1 });
	});
	const gone = connections.map(({ id }) => `${id}/`);
	await forgetJobsOf(deps, deletion, ({ lane }) => typeof lane === "string" && gone.some((id) => lane.startsWith(id)));
	return byHand(
		deps,
		connections.map(({ provider }) => provider),
	);
}

async function lock(sql: Transaction, workspaceId: string): Promise<void> {
	await sql`select 1 from sheaf.workspaces where id = ${workspaceId} for no key update`;
}

async function forgetJobsOf(
	{ queues = [], log, identity }: DeletionDeps,
	{ receiptId }: Deletion,
	isGone: Parameters<typeof forgetJobs>[1],
): Promise<void> {
	const jobs = await forgetJobs({ queues, log }, isGone);
	if (jobs > 0) await identity.asIdentity((sql) => addCounts(sql, receiptId, { jobs }));
}

/** No connector can take its access back yet: the person is told where they can, once per provider. */
function byHand({ connectors }: DeletionDeps, providers: readonly string[]): Grants {
	return [...new Set(providers)].flatMap((provider) => {
		const manifest = connectors.get(provider)?.manifest;
		if (manifest?.auth === "none") return [];
		const url = manifest?.form.find(({ helpUrl }) => helpUrl !== undefined)?.helpUrl ?? null;
		return [{ provider, outcome: "by_hand" as const, url }];
	});
}
