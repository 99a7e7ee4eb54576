import { deleteConnection } from "../../connections/delete-connection.ts";
import type { DeletionReceipt } from "../../contract/account-end.ts";
import { SheafError } from "../../errors.ts";
import { forgetJobs, type JobScope } from "../../jobs/forget-jobs.ts";
import { actingFor, type Deletion, type DeletionDeps } from "./deletion-deps.ts";
import { addToReceipt } from "./receipts.ts";

type Connection = { id: string; provider: string; targets: number };

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
			select c.id, c.provider, (
				select count(*)::int from sheaf.targets t
				where t.workspace_id = c.workspace_id and t.connection_id = c.id) as targets
			from sheaf.connections c where c.workspace_id = ${workspaceId} and c.owner_id = ${deletion.userId}`,
	);
	for (const { id, provider, targets } of connections) {
		try {
			await deleteConnection(deps, acting, { id, force: true });
		} catch (error) {
			// Another process that ends the same deletion was faster, and has counted it.
			if (error instanceof SheafError && error.code === "connections/not-found") continue;
			throw error;
		}
		const removed = { counts: { connections: 1, targets }, grants: byHand(deps, [provider]) };
		await deps.identity.asIdentity((sql) => addToReceipt(sql, deletion.receiptId, removed));
	}
	if (connections.length === 0) return;
	const gone = connections.map(({ id }) => `${id}/`);
	await forgetJobsOf(deps, deletion, ({ lane }) => typeof lane === "string" && gone.some((id) => lane.startsWith(id)));
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

/** No connector can take its access back yet: the person is told where they can, once per provider. */
export function byHand({ connectors }: DeletionDeps, providers: readonly string[]): DeletionReceipt["grants"] {
	return [...new Set(providers)].flatMap((provider) => {
		const manifest = connectors.get(provider)?.manifest;
		if (manifest?.ways[0] === "none") return [];
		const url = manifest?.form.find(({ helpUrl }) => helpUrl !== undefined)?.helpUrl ?? null;
		return [{ provider, outcome: "by_hand" as const, url }];
	});
}
