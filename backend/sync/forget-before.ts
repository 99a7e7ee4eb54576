import type { Database } from "../db/connect.ts";
import { workerOf } from "./engine-deps.ts";

/**
 * Wipes what rows said before they were written, once a day has passed and Undo is not offered any more: the content of other people's
 * tables does not lie around. Over all tenants; which ones have something to wipe is found in an index.
 */
export async function forgetBefore({ asService, asTenant }: Pick<Database, "asService" | "asTenant">): Promise<void> {
	const workspaces = await asService(
		"find where what undo was kept for has passed",
		async (sql) =>
			await sql<{ workspaceId: string }[]>`
			select distinct workspace_id from sheaf.deliveries where undo_until is not null and undo_until <= now()`,
	);
	for (const { workspaceId } of workspaces) {
		await asTenant(workerOf(workspaceId), async (sql) => {
			await sql`
				with passed as (
					select target_id, record_id from sheaf.deliveries
					where workspace_id = sheaf.current_workspace() and undo_until <= now() and state <> 'delivering'
					for update skip locked
				)
				update sheaf.deliveries d set before = null, undo_until = null
				from passed p where d.workspace_id = sheaf.current_workspace()
					and d.target_id = p.target_id and d.record_id = p.record_id`;
		});
	}
}
