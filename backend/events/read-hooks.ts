import type { RecordProblem } from "../contract/errors.ts";
import type { EventHookView, EventType } from "../contract/events.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import type { HookDeps } from "./event-deps.ts";

type HookRow = {
	id: string;
	kind: EventHookView["kind"];
	shown: string;
	eventTypes: EventType[];
	targetId: string | null;
	status: EventHookView["status"];
	problem: RecordProblem | null;
	waiting: number;
	lastDeliveredAt: Date | null;
	createdAt: Date;
};

function selectHooks(sql: Transaction) {
	return sql`
		select h.id, h.kind, h.shown, h.event_types, h.target_id, h.status, h.problem, h.created_at, d.waiting, d.last_delivered_at
		from sheaf.event_hooks h
		cross join lateral (
			select count(*) filter (where state = 'pending')::integer as waiting, max(delivered_at) as last_delivered_at
			from sheaf.event_deliveries where workspace_id = h.workspace_id and hook_id = h.id
		) d
		where h.workspace_id = sheaf.current_workspace()`;
}

/** Every hook of the workspace, the oldest first. Never with its address or secret. */
export async function listHooks({ database }: Pick<HookDeps, "database">, principal: Principal) {
	const rows = await database.asTenant(
		principal,
		async (sql) => await sql<HookRow[]>`${selectHooks(sql)} order by h.created_at, h.id`,
	);
	return rows.map(viewOf);
}

/** @throws SheafError `events/hook-not-found`, also for another workspace's hook */
export async function getHook(
	{ database }: Pick<HookDeps, "database">,
	principal: Principal,
	id: string,
): Promise<EventHookView> {
	const [row] = await database.asTenant(
		principal,
		async (sql) => await sql<HookRow[]>`${selectHooks(sql)} and h.id = ${id}`,
	);
	if (row === undefined) throw hookNotFound();
	return viewOf(row);
}

export function hookNotFound(): SheafError {
	return new SheafError("events/hook-not-found", "There is no such hook.");
}

function viewOf({ eventTypes, lastDeliveredAt, createdAt, ...row }: HookRow): EventHookView {
	return {
		...row,
		events: eventTypes,
		lastDeliveredAt: lastDeliveredAt?.toISOString() ?? null,
		createdAt: createdAt.toISOString(),
	};
}
