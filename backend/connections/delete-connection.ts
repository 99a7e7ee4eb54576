import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { lockWrites } from "../records/write-lock.ts";
import { removeTargets } from "../targets/remove-targets.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { connectionNotFound } from "./read-connections.ts";

/**
 * Disconnects an account and wipes its credential; the row is gone, nothing of the envelope stays behind. Its targets go with
 * it. Records are never lost: those of its targets are kept as `stored` with no target, waiting to be given another.
 * Rows already at the provider stay there.
 *
 * @param force also when it still has targets; without it that is refused, because their mapping is work that is lost
 * @throws SheafError `connections/not-found`, or `connections/in-use` with how many targets and waiting records there are
 */
export async function deleteConnection(
	deps: Pick<ConnectionDeps, "database">,
	principal: Principal,
	{ id, force }: { id: string; force: boolean },
): Promise<void> {
	await deps.database.asTenant(principal, async (sql) => {
		await lockWrites(sql);
		const targets = await sql<{ id: string; waiting: number }[]>`
			select t.id, (select count(*)::integer from sheaf.deliveries d
				where d.workspace_id = t.workspace_id and d.target_id = t.id and d.state <> 'delivered') as waiting
			from sheaf.targets t where t.workspace_id = sheaf.current_workspace() and t.connection_id = ${id}`;
		if (targets.length > 0 && !force) {
			const waiting = targets.reduce((sum, target) => sum + target.waiting, 0);
			throw new SheafError(
				"connections/in-use",
				`${counted(targets.length, "target")} would be deleted with this connection, and ${counted(waiting, "record")} would wait without one. Delete the targets first, or say force=true.`,
				{ details: { targets: targets.length, waiting } },
			);
		}
		await removeTargets(sql, { ids: targets.map((target) => target.id), sessionId: principal.sessionId });
		const [deleted] = await sql`
			delete from sheaf.connections where workspace_id = sheaf.current_workspace() and id = ${id} returning id`;
		if (deleted === undefined) throw connectionNotFound();
		await sql`
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			values (${principal.sessionId}::uuid, 'connection.delete', 'connection', ${id}, 'stored')`;
	});
}

function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
