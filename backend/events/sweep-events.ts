import type { Logger } from "pino";
import type { AsService } from "../db/as-service.ts";
import { wait } from "../sync/wait.ts";

const everyMs = 2_000;

export type DueHook = { workspaceId: string; hookId: string };

/**
 * Rings every two seconds for every hook that has something due. Nothing else rings: events are written inside of other
 * transactions, which need not know who is told of them.
 */
export async function startEventSweep(
	deps: { database: { asService: AsService }; ring(hook: DueHook): Promise<void>; log: Pick<Logger, "warn"> },
	signal: AbortSignal,
): Promise<void> {
	while (!signal.aborted) {
		try {
			for (const hook of await findDueHooks(deps.database.asService)) {
				if (signal.aborted) return;
				await deps.ring(hook);
			}
		} catch (error) {
			deps.log.warn({ err: error }, "the sweep of events found no answer; it tries again");
		}
		await wait(everyMs, signal);
	}
}

/** Over all tenants, and no content. Those of paused hooks are due at infinity. */
export async function findDueHooks(asService: AsService): Promise<DueHook[]> {
	return await asService("find the hooks that have events due", async (sql) => {
		const rows = await sql<DueHook[]>`
			select distinct workspace_id, hook_id from sheaf.event_deliveries
			where state = 'pending' and next_attempt_at <= now()`;
		return rows.map(({ workspaceId, hookId }) => ({ workspaceId, hookId }));
	});
}
