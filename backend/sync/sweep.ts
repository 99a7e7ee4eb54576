import type { AsService } from "../db/as-service.ts";
import type { EngineDeps } from "./engine-deps.ts";
import { forgetBefore } from "./forget-before.ts";
import { wait } from "./wait.ts";

const everyMs = 2_000;
const forgetEveryMs = 600_000;

export type SweepDeps = {
	database: Pick<EngineDeps["database"], "asTenant" | "asService">;
	ring: EngineDeps["ring"];
	log: Pick<EngineDeps["log"], "warn">;
};

export type DueLane = { workspaceId: string; lane: string };

/**
 * Rings every two seconds for every lane that has something due: what was rung for and lost, what has rested long enough,
 * what a killed worker held. So the queue may lose everything (promise I6), and nothing is due for long unnoticed.
 *
 * A loop of this process and no schedule of the queue, which is what it makes up for. Resolves once the signal is aborted; a database
 * that is away is waited for. Now and then it also wipes what was kept for undo.
 */
export async function startSweep(deps: SweepDeps, signal: AbortSignal, intervalMs: number = everyMs): Promise<void> {
	let forgetAt = 0;
	while (!signal.aborted) {
		try {
			for (const lane of await findDueLanes(deps.database.asService)) {
				if (signal.aborted) return;
				await deps.ring(lane);
			}
			if (performance.now() >= forgetAt) {
				forgetAt = performance.now() + forgetEveryMs;
				await forgetBefore(deps.database);
			}
		} catch (error) {
			deps.log.warn({ err: error }, "the sweep found no answer; it tries again");
		}
		await wait(intervalMs, signal);
	}
}

/**
 * Over all tenants, and no content: which lanes have a delivery that is due, or one whose lease has run out. Asked target by
 * target, so that a backlog of one hides no other and is not read through.
 */
export async function findDueLanes(asService: AsService): Promise<DueLane[]> {
	return await asService("find the lanes that are due", async (sql) => {
		// For the same reason as a claim: the order of the index, whatever the statistics say.
		const order = sql`set local enable_sort = off`;
		const lanes = sql<DueLane[]>`
			select distinct t.workspace_id, due.lane
			from sheaf.targets t
			cross join lateral (
				select d.lane from sheaf.deliveries d
				where d.workspace_id = t.workspace_id and d.target_id = t.id and d.state in ('pending', 'delivering')
					and d.next_attempt_at <= now()
					and (d.state = 'pending' and t.status = 'active' or d.state = 'delivering' and d.lease_until < now())
				order by d.next_attempt_at limit 1
			) due`;
		const [, rows] = await Promise.all([order, lanes]);
		return rows.map(({ workspaceId, lane }) => ({ workspaceId, lane }));
	});
}
