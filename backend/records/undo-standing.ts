import type { Transaction } from "../db/connect.ts";

/** The row as it was right before a version was written, as `deliveries.before` keeps it. `cells` null: there was no row. */
export type StoredBefore = { version: number; remoteId: string | null; cells: Record<string, unknown> | null };

export type Intent = "put" | "remove" | "restore";

/** What of a stored record says whether it can be taken back. */
export type UndoRow = {
	version: number;
	/** Null for a record without a target. */
	state: "pending" | "delivering" | "delivered" | "needs_you" | null;
	intent: Intent;
	deliveredVersion: number | null;
	/** Whether this version may have left for the destination although nothing says that it arrived. */
	maybeSent: boolean;
	/** Null once its day is over. */
	before: Pick<StoredBefore, "version" | "cells"> | null;
	superseded: boolean;
	/** Whether its destination lets a row be taken back. */
	removes: boolean;
};

/** What Undo comes to: the record just goes, the engine carries an intent out, it is doing so already, or it is too late. */
export type UndoStanding =
	| { kind: "take_back" | "under_way" }
	| { kind: "carry_out"; intent: Exclude<Intent, "put"> }
	| { kind: "too_late"; message: string };

/**
 * Pure. What may have been sent without our hearing of it is `restore`: the engine looks what is there before it takes
 * anything away.
 */
export function undoStanding(row: UndoRow): UndoStanding {
	const { state, intent, before, superseded, removes } = row;
	if (state === null) return { kind: "take_back" };
	if (intent !== "put") return { kind: "under_way" };
	if (superseded && state === "delivered") return { kind: "too_late", message: overtaken };
	if (state === "pending" || state === "needs_you") {
		const left = removes && !superseded && (row.maybeSent || before?.version === row.version);
		return left && row.deliveredVersion !== row.version
			? { kind: "carry_out", intent: "restore" }
			: { kind: "take_back" };
	}
	if (!removes) return { kind: "too_late", message: cannotTakeBack };
	if (state === "delivering") return { kind: "carry_out", intent: "restore" };
	if (before === null || before.version !== row.version) return { kind: "too_late", message: notKept };
	return { kind: "carry_out", intent: before.cells === null ? "remove" : "restore" };
}

const overtaken = "A newer capture has taken this one's place in its row. Undo that one, or change the row there.";
const cannotTakeBack = "It has been sent, and this destination cannot take anything back. Delete it there.";
const notKept = "The row was there before, and what it said is not kept any more. Change it there.";

/** What a record itself says of it, which is enough to show it. */
export type ShownUndo = Omit<UndoRow, "maybeSent" | "removes">;

/** As columns of `r` (records) and `d` (deliveries, perhaps none). */
export function undoColumns(sql: Transaction) {
	return sql`
		r.version, d.state, coalesce(d.intent, 'put') as intent, d.delivered_version,
		r.superseded_by is not null as superseded,
		case when d.undo_until > now() then d.before end as before`;
}

export type UndoableRecord = UndoRow & { id: string; targetId: string | null; lane: string | null };

/** The records that a batch wants to take back, as they are. Under the write lock. */
export async function readUndoable(
	sql: Transaction,
	recordIds: readonly string[],
	removes: (provider: string) => boolean,
): Promise<Map<string, UndoableRecord>> {
	if (recordIds.length === 0) return new Map();
	const rows = await sql<(Omit<UndoableRecord, "removes"> & { provider: string | null })[]>`
		select r.id, r.target_id, d.lane, c.provider, ${undoColumns(sql)}, exists (
				select from sheaf.delivery_attempts a
				where a.workspace_id = d.workspace_id and a.target_id = d.target_id and a.record_id = d.record_id
					and a.version = r.version
					and (a.outcome is null or a.outcome = 'unknown' or a.outcome = 'later' and a.reason is not null)
			) as maybe_sent
		from sheaf.records r
		left join sheaf.deliveries d
			on d.workspace_id = r.workspace_id and d.target_id = r.target_id and d.record_id = r.id
		left join sheaf.targets t on t.workspace_id = d.workspace_id and t.id = d.target_id
		left join sheaf.connections c on c.workspace_id = t.workspace_id and c.id = t.connection_id
		where r.workspace_id = sheaf.current_workspace() and r.id = any(${recordIds}::uuid[])`;
	return new Map(
		rows.map(({ provider, ...row }) => [row.id, { ...row, removes: provider !== null && removes(provider) }]),
	);
}

/** Gives the engine its orders; what is in flight keeps its lease and is done when that has settled. */
export async function writeUndos(sql: Transaction, undos: ReadonlyMap<string, Exclude<Intent, "put">>): Promise<void> {
	if (undos.size === 0) return;
	const rows = [...undos].map(([id, intent]) => ({ id, intent }));
	await sql`
		with wanted as (
			select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as x(id uuid, intent text)
		), touched as (
			update sheaf.records set updated_at = now()
			where workspace_id = sheaf.current_workspace() and id in (select id from wanted)
		)
		update sheaf.deliveries d
		set intent = w.intent, attempts = 0, problem = null, conflict = null, updated_at = now(),
			state = case when d.state = 'delivering' then d.state else 'pending' end,
			next_attempt_at = case when d.state = 'delivering' then d.next_attempt_at else now() end
		from wanted w, sheaf.records r
		where d.workspace_id = sheaf.current_workspace() and d.record_id = w.id
			and r.workspace_id = d.workspace_id and r.id = d.record_id and r.target_id = d.target_id`;
}
