import type { EventType } from "../contract/events.ts";
import type { Transaction } from "../db/connect.ts";

/**
 * Events of the records whose delivery this transaction changed: `record.delivered` and `record.needs_you`. One statement,
 * whatever the number; where no hook wants them it finds that in an index and writes nothing.
 *
 * Rows that this transaction changed carry its `now()`: those of earlier ones have been told already.
 */
export async function emitRecordEvents(
	sql: Transaction,
	{ targetId, recordIds }: { targetId: string; recordIds: readonly string[] },
): Promise<void> {
	await emit(
		sql,
		sql`
			select d.owner_id, d.record_id as subject_id, 'record.' || d.state as type, jsonb_build_object('version', d.version,
				'targetId', d.target_id, 'remoteUrl', d.remote_url, 'problem', d.problem) as data
			from sheaf.deliveries d
			where d.workspace_id = sheaf.current_workspace() and d.target_id = ${targetId}
				and d.record_id = any(${recordIds}::uuid[]) and d.state in ('delivered', 'needs_you') and d.updated_at = now()`,
		targetId,
	);
}

/** An event of a connection, with how it is at the end of the statements so far. Only for one that has just come to be so. */
export async function emitConnectionEvent(
	sql: Transaction,
	{ type, connectionId }: { type: Extract<EventType, `connection.${string}`>; connectionId: string },
): Promise<void> {
	await emit(
		sql,
		sql`
			select c.owner_id, c.id as subject_id, ${type}::text as type,
				jsonb_build_object('status', c.status, 'problem', c.problem, 'expiresAt', c.expires_at) as data
			from sheaf.connections c where c.workspace_id = sheaf.current_workspace() and c.id = ${connectionId}`,
		null,
	);
}

/** The hooks are locked against being deleted meanwhile: that would fail the transaction in which something happened. */
async function emit(sql: Transaction, happened: ReturnType<Transaction>, targetId: string | null): Promise<void> {
	await sql`
		with hooks as (
			select h.id, h.event_types from sheaf.event_hooks h
			where h.workspace_id = sheaf.current_workspace() and h.status = 'active'
				and (h.target_id is null or h.target_id = ${targetId}::uuid)
			for key share
		), happened as (${happened} and exists (select from hooks)
		), written as (
			insert into sheaf.events (owner_id, type, subject_id, data)
			select e.owner_id, e.type, e.subject_id, e.data from happened e
			where exists (select from hooks h where e.type = any(h.event_types))
			returning id, owner_id, type
		)
		insert into sheaf.event_deliveries (owner_id, hook_id, event_id)
		select w.owner_id, h.id, w.id from written w join hooks h on w.type = any(h.event_types)`;
}
