import type { AsTenant } from "../db/as-tenant.ts";
import { workerOf } from "../sync/engine-deps.ts";

/** A day more than cursors live (`read-changes.ts`). */
const keptDays = 31;
const everyMs = 3_600_000;
/** Workspaces that are remembered; the one that was swept longest ago goes first, and is at worst swept once more. */
const maxRemembered = 10_000;

/** Deletes what no reader needs: what is too old for any cursor, and what a later change tells too, whatever the cursor. */
export async function compactChanges(asTenant: AsTenant, workspaceId: string): Promise<void> {
	await asTenant(workerOf(workspaceId), async (sql) => {
		await sql`
			delete from sheaf.changes old
			where workspace_id = sheaf.current_workspace() and (
				changed_at < now() - make_interval(days => ${keptDays})
				or exists (
					select from sheaf.changes later
					where later.workspace_id = old.workspace_id and later.subject = old.subject and later.subject_id = old.subject_id
						and later.settled_before > old.changed_by))`;
	});
}

/** Sweeps a workspace at most once an hour, however often it is asked to. */
export function createSweep(asTenant: AsTenant, now: () => number = Date.now): (workspaceId: string) => Promise<void> {
	const sweptAt = new Map<string, number>();
	return async (workspaceId) => {
		if (now() - (sweptAt.get(workspaceId) ?? 0) < everyMs) return;
		sweptAt.delete(workspaceId);
		sweptAt.set(workspaceId, now());
		const [oldest] = sweptAt.keys();
		if (sweptAt.size > maxRemembered && oldest !== undefined) sweptAt.delete(oldest);
		await compactChanges(asTenant, workspaceId);
	};
}
