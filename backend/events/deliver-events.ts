import type { GuardedHttp } from "../connectors/connector.ts";
import type { Database, Transaction } from "../db/connect.ts";
import { workerOf } from "../sync/engine-deps.ts";
import type { Vault } from "../vault/vault.ts";
import type { ClaimedEvent } from "./event-messages.ts";
import { forgetOldEvents } from "./forget-old-events.ts";
import { openAddress } from "./hook-address.ts";
import { type Sent, sendEvent } from "./send-event.ts";
import { settleEvents } from "./settle-events.ts";

export type EventDeps = {
	database: Pick<Database, "asTenant" | "asService">;
	vault: Pick<Vault, "open">;
	http: GuardedHttp;
};

/** At once, so that a slow receiver costs no more than its slowest answer. */
const batchSize = 10;
/** Longer than a request may take. A worker that was killed leaves its rows claimed for this long (I3: then they are sent again). */
const claimSeconds = 45;
/** After so many events, or so long, a job ends and rings again: other hooks wait for a free worker too. */
const [maxEvents, maxRunMs] = [1_000, 60_000];

/**
 * Delivers what is due to one hook, until nothing is, the hook rests or its share is over.
 *
 * @returns `more`: it stopped because of its share, and has to be rung again
 */
export async function deliverEvents(
	deps: EventDeps,
	{ workspaceId, hookId }: { workspaceId: string; hookId: string },
	signal: AbortSignal,
): Promise<{ more: boolean }> {
	const endsAt = performance.now() + maxRunMs;
	for (let taken = 0; taken < maxEvents && performance.now() < endsAt; ) {
		if (signal.aborted) return { more: false };
		const claimed = await deps.database.asTenant(workerOf(workspaceId), (sql) => claim(sql, hookId));
		if (claimed === null || claimed.events.length === 0) {
			await forgetOldEvents(deps.database, workspaceId);
			return { more: false };
		}
		taken += claimed.events.length;
		const { kind, addressJwe, events } = claimed;
		const address = await openAddress(deps.vault, addressJwe);
		const results = await Promise.all(
			events.map(async (event): Promise<Sent> => await sendEvent(deps, { kind, ...address, event, signal })),
		);
		// Cut short because this process stops: whether they arrived is unknown, and they are sent again.
		if (signal.aborted) return { more: false };
		await settleEvents(deps.database.asTenant, { workspaceId, hookId, results });
	}
	return { more: true };
}

type ClaimedHook = { kind: "webhook" | "zapier"; addressJwe: string; events: readonly ClaimedEvent[] };

async function claim(sql: Transaction, hookId: string): Promise<ClaimedHook | null> {
	const [hook] = await sql<Omit<ClaimedHook, "events">[]>`
		select kind, address_jwe from sheaf.event_hooks
		where workspace_id = sheaf.current_workspace() and id = ${hookId} and status = 'active'`;
	if (hook === undefined) return null;
	const events = await sql<ClaimedEvent[]>`
		with due as (
			select event_id from sheaf.event_deliveries
			where workspace_id = sheaf.current_workspace() and hook_id = ${hookId} and state = 'pending'
				and next_attempt_at <= now()
			order by next_attempt_at, event_id limit ${batchSize} for update skip locked
		), claimed as (
			update sheaf.event_deliveries d
			set attempts = d.attempts + 1, next_attempt_at = now() + make_interval(secs => ${claimSeconds})
			from due
			where d.workspace_id = sheaf.current_workspace() and d.hook_id = ${hookId} and d.event_id = due.event_id
			returning d.event_id, d.attempts
		)
		select e.id, e.type, e.subject_id, e.created_at, e.data, c.attempts, ${aboutSubject(sql)}
		from claimed c
		join sheaf.events e on e.workspace_id = sheaf.current_workspace() and e.id = c.event_id
		${subjectOf(sql)}
		order by e.id`;
	return { ...hook, events };
}

/** What was captured is read when it is told; a record deleted since is null. */
export function aboutSubject(sql: Transaction) {
	return sql`
		case when r.id is not null then jsonb_build_object('kind', r.kind, 'source', r.source, 'fields', r.fields) end as record,
		case when k.id is not null then jsonb_build_object('provider', k.provider, 'name', k.name) end as connection`;
}

export function subjectOf(sql: Transaction) {
	return sql`
		left join sheaf.records r
			on e.type like 'record.%' and r.workspace_id = e.workspace_id and r.id = e.subject_id
		left join sheaf.connections k
			on e.type like 'connection.%' and k.workspace_id = e.workspace_id and k.id = e.subject_id`;
}
