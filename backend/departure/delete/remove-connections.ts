import { deleteConnection } from "../../connections/delete-connection.ts";
import { type Revoked, revokeAtProvider } from "../../connections/revoke-at-provider.ts";
import type { DeletionReceipt } from "../../contract/account-end.ts";
import { SheafError } from "../../errors.ts";
import { forgetJobs, type JobScope } from "../../jobs/forget-jobs.ts";
import { actingFor, type Deletion, type DeletionDeps } from "./deletion-deps.ts";
import { addToReceipt } from "./receipts.ts";

type Connection = { id: string; targets: number };

/**
 * Deletes the person's connections in a workspace that goes on without them: the credentials are of accounts that are theirs. Each is
 * noted on the receipt as soon as it is gone, so that whoever goes on after a kill loses count of one at most.
 */
export async function removeConnections(deps: DeletionDeps, deletion: Deletion, workspaceId: string): Promise<void> {
	const acting = actingFor(deletion, workspaceId, "member");
	const connections = await deps.database.asTenant(
		acting,
		async (sql) =>
			await sql<Connection[]>`
			select c.id, (
				select count(*)::int from sheaf.targets t
				where t.workspace_id = c.workspace_id and t.connection_id = c.id) as targets
			from sheaf.connections c where c.workspace_id = ${workspaceId} and c.owner_id = ${deletion.userId}`,
	);
	const hooks = await removeHooks(deps, deletion, workspaceId);
	for (const { id, targets } of connections) {
		let grant: Revoked;
		try {
			grant = await deleteConnection({ ...deps, vault: deps.identity.vault }, acting, { id, force: true });
		} catch (error) {
			// Another process that ends the same deletion was faster, and has counted it.
			if (error instanceof SheafError && error.code === "connections/not-found") continue;
			throw error;
		}
		const removed = { counts: { connections: 1, targets }, grants: grant === null ? [] : [grant] };
		await deps.identity.asIdentity((sql) => addToReceipt(sql, deletion.receiptId, removed));
	}
	// A hook's lane is its id, a connection's begins with it.
	const gone = [...hooks, ...connections.map(({ id }) => `${id}/`)];
	if (gone.length === 0) return;
	await forgetJobsOf(deps, deletion, ({ lane }) => typeof lane === "string" && gone.some((id) => lane.startsWith(id)));
}

/** Addresses of theirs that were told of events, what was to be told, and which pictures their devices have. Answers the hooks' ids. */
async function removeHooks({ database }: DeletionDeps, deletion: Deletion, workspaceId: string): Promise<string[]> {
	const { userId } = deletion;
	return await database.asTenant(actingFor(deletion, workspaceId, "member"), async (sql) => {
		const hooks = await sql<{ id: string }[]>`
			delete from sheaf.event_hooks where workspace_id = ${workspaceId} and owner_id = ${userId} returning id`;
		await sql`delete from sheaf.events where workspace_id = ${workspaceId} and owner_id = ${userId}`;
		await sql`delete from sheaf.device_blobs where workspace_id = ${workspaceId} and owner_id = ${userId}`;
		await sql`delete from sheaf.trigger_messages where workspace_id = ${workspaceId} and owner_id = ${userId}`;
		return hooks.map(({ id }) => id);
	});
}

/** The same wherever else they have any: a workspace they left before kept theirs, and so does one they are just being taken out of. */
export async function removeConnectionsElsewhere(deps: DeletionDeps, deletion: Deletion): Promise<void> {
	const rows = await deps.database.asService(
		"find the connections of somebody who leaves for good",
		async (sql) =>
			await sql<{ workspaceId: string }[]>`
			select distinct workspace_id from sheaf.connections where owner_id = ${deletion.userId} order by workspace_id`,
	);
	for (const { workspaceId } of rows) await removeConnections(deps, deletion, workspaceId);
}

export async function forgetJobsOf(
	{ queues = [], log, identity }: DeletionDeps,
	{ receiptId }: Deletion,
	isGone: (scope: JobScope) => boolean,
): Promise<void> {
	const jobs = await forgetJobs({ queues, log }, isGone);
	if (jobs > 0) await identity.asIdentity((sql) => addToReceipt(sql, receiptId, { counts: { jobs } }));
}

/** Takes the access of these accounts back, or says once per provider where the person does it. */
export async function revokeAccounts(
	deps: DeletionDeps,
	accounts: readonly Parameters<typeof revokeAtProvider>[1][],
): Promise<DeletionReceipt["grants"]> {
	const vaulted = { ...deps, vault: deps.identity.vault };
	const revoked = await Promise.all(accounts.map((account) => revokeAtProvider(vaulted, account)));
	return onePerProvider(revoked.filter((grant) => grant !== null));
}

function onePerProvider(grants: DeletionReceipt["grants"]): DeletionReceipt["grants"] {
	return [...new Map(grants.map((grant) => [`${grant.provider}/${grant.outcome}`, grant])).values()];
}
