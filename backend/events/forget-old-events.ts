import type { Database } from "../db/connect.ts";
import { workerOf } from "../sync/engine-deps.ts";

const keptDays = 30;

/**
 * Deletes a workspace's events that are past their time; their deliveries go with them. Found by the id, which begins with the
 * moment it was made (UUIDv7), so that it costs an index look-up when there are none.
 */
export async function forgetOldEvents(
	{ asTenant }: Pick<Database, "asTenant">,
	workspaceId: string,
	now: number = Date.now(),
): Promise<void> {
	const oldest = firstIdOf(now - keptDays * 86_400_000);
	await asTenant(workerOf(workspaceId), async (sql) => {
		await sql`delete from sheaf.events where workspace_id = sheaf.current_workspace() and id < ${oldest}::uuid`;
	});
}

/** The smallest UUID that a UUIDv7 of this millisecond can be. */
function firstIdOf(ms: number): string {
	const hex = Math.floor(ms).toString(16).padStart(12, "0");
	return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
