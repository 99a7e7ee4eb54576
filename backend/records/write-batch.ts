import type { RecordProblem } from "../contract/errors.ts";
import type { Transaction } from "../db/connect.ts";
import type { AcceptedOperation } from "./decide.ts";
import type { ParsedPut } from "./parse-operation.ts";
import type { Standing } from "./supersede.ts";
import { planStatements } from "./write-lock.ts";

/** A record as it is to be stored. */
export type RecordRow = {
	put: ParsedPut;
	matchKey: string | null;
	supersededBy: string | null;
	/** Null for a record without a target. */
	delivery: DeliveryRow | null;
};

export type DeliveryRow = {
	lane: string;
	state: "pending" | "needs_you";
	nextAttemptAt: "now" | "infinity";
	/** How long it rests before it is sent, so that it can still be taken back. */
	holdSeconds: number;
	/** Null: its target holds nothing for review. */
	review: "waiting" | null;
	problem: RecordProblem | null;
};

export type BatchRows = { accepted: readonly AcceptedOperation[]; records: readonly RecordRow[] };

/**
 * Writes the whole batch with one statement: operations, records, deliveries and audit rows, so that it costs one round trip
 * and one plan however many rows there are.
 *
 * A delivery that is in flight keeps its lease, its due time (the sweep looks for cut-off ones among the due) and its match key
 * (a unique index lets one row per key be in flight); the version it is now to deliver tells the engine, when it
 * settles, that there is more to do (promise I4). A new version is to be put there, whatever was to be taken back before it.
 *
 * @throws when fewer records were written than decided: under the write lock that is a defect, and nothing may be answered
 */
export async function writeBatch(sql: Transaction, rows: BatchRows, sessionId: string | null): Promise<void> {
	const planned = planStatements(sql, "once");
	// What the columns default to anyway (TEN-2), read once instead of for every row of every table.
	const tenant = sql`(select sheaf.current_workspace()), (select sheaf.current_user_id())`;
	const writing = sql<{ records: number }[]>`
		with accepted as (
			select * from jsonb_to_recordset(${acceptedJson(rows.accepted)}::text::jsonb)
				as x(id uuid, kind text, record_id uuid, removed_version integer, hash text, changes boolean,
					before_hash text, after_hash text)
		), incoming as (
			select * from jsonb_to_recordset(${recordsJson(rows.records)}::text::jsonb)
				as x(id uuid, kind text, version integer, captured_at timestamptz, source jsonb, fields jsonb, provenance jsonb, hash text,
					target_id uuid, match_key text, superseded_by uuid, capture_id uuid, lane text, state text,
					next_attempt_at timestamptz, hold_seconds integer, review text, problem jsonb)
		), new_operations as (
			insert into sheaf.operations (workspace_id, owner_id, id, kind, record_id, removed_version, content_hash)
			select ${tenant}, id, kind, record_id, removed_version, decode(hash, 'hex') from accepted
		), new_records as (
			insert into sheaf.records as r (workspace_id, owner_id, id, kind, version, captured_at, source, fields, provenance,
				content_hash, target_id, match_key, superseded_by, capture_id)
			select ${tenant}, id, kind, version, captured_at, source, fields, provenance, decode(hash, 'hex'), target_id, match_key,
				superseded_by, capture_id from incoming
			on conflict (workspace_id, id) do update set kind = excluded.kind, version = excluded.version,
				captured_at = excluded.captured_at, source = excluded.source, fields = excluded.fields,
				provenance = excluded.provenance, content_hash = excluded.content_hash, target_id = excluded.target_id, match_key = excluded.match_key,
				superseded_by = excluded.superseded_by, capture_id = excluded.capture_id, updated_at = now()
			where r.version < excluded.version
			returning r.id
		), new_deliveries as (
			insert into sheaf.deliveries as d (workspace_id, owner_id, target_id, record_id, lane, state, version, match_key,
				next_attempt_at, review, problem)
			select ${tenant}, target_id, id, lane, state, version, match_key,
				next_attempt_at + make_interval(secs => hold_seconds), review, problem from incoming where target_id is not null
			on conflict (workspace_id, target_id, record_id) do update set
				state = case when d.state = 'delivering' then d.state else excluded.state end,
				match_key = case when d.state = 'delivering' then d.match_key else excluded.match_key end,
				problem = case when d.state = 'delivering' then d.problem else excluded.problem end,
				next_attempt_at = case when d.state = 'delivering' then d.next_attempt_at else excluded.next_attempt_at end,
				intent = 'put', review = excluded.review, accepted_at = now(),
				version = excluded.version, attempts = 0, updated_at = now()
		), new_audit as (
			insert into sheaf.audit_log (workspace_id, owner_id, session_id, action, subject_type, subject_id, outcome,
				before_hash, after_hash)
			select ${tenant}, ${sessionId}::uuid, kind, 'record', record_id, 'stored', decode(before_hash, 'hex'),
				decode(after_hash, 'hex')
			from accepted where changes
		)
		select count(*)::integer as records from new_records`;
	const [, [written]] = await Promise.all([planned, writing]);
	if (written?.records !== rows.records.length) throw new Error("A batch of writes was stored in part.");
}

function acceptedJson(accepted: readonly AcceptedOperation[]): string {
	const rows = accepted.map(({ operation, changes, beforeHash, afterHash }) => ({
		id: operation.id,
		kind: operation.kind,
		record_id: operation.recordId,
		removed_version: operation.kind === "record.put" ? null : operation.version,
		hash: operation.hash,
		changes,
		before_hash: beforeHash,
		after_hash: afterHash,
	}));
	return JSON.stringify(rows);
}

/** Put together by hand, because the heavy parts are JSON already and need no second pass. */
function recordsJson(records: readonly RecordRow[]): string {
	const rows = records.map(({ put, matchKey, supersededBy, delivery }) => {
		const light = {
			id: put.recordId,
			kind: put.recordKind,
			version: put.version,
			captured_at: new Date(put.capturedAtMs).toISOString(),
			hash: put.hash,
			target_id: put.targetId,
			match_key: matchKey,
			superseded_by: supersededBy,
			capture_id: put.captureId,
			lane: delivery?.lane ?? null,
			state: delivery?.state ?? null,
			next_attempt_at: delivery?.nextAttemptAt ?? null,
			hold_seconds: delivery?.holdSeconds ?? 0,
			review: delivery?.review ?? null,
			problem: delivery?.problem ?? null,
		};
		return `${JSON.stringify(light).slice(0, -1)},"source":${put.sourceJson},"fields":${put.fieldsJson},"provenance":${put.provenanceJson}}`;
	});
	return `[${rows.join(",")}]`;
}

/** Stored records that were removed in the batch, perhaps to be put again with a lower version. Deliveries go with them. */
export async function removeRecords(sql: Transaction, ids: ReadonlySet<string>): Promise<void> {
	if (ids.size === 0) return;
	await sql`delete from sheaf.records where workspace_id = sheaf.current_workspace() and id = any(${[...ids]}::uuid[])`;
}

/** What waits for a target that its record has left. A row already at the old destination stays there. */
export async function removeLeftDeliveries(sql: Transaction, recordIds: readonly string[]): Promise<void> {
	if (recordIds.length === 0) return;
	await sql`
		delete from sheaf.deliveries d using sheaf.records r
		where d.workspace_id = sheaf.current_workspace() and d.record_id = any(${recordIds}::uuid[])
			and r.workspace_id = d.workspace_id and r.id = d.record_id and r.target_id is distinct from d.target_id`;
}

/**
 * A record that stands for its row again may still be in flight inside a request of the one that stood for it before:
 * it is held back for longer than any lease.
 */
const heldBackSeconds = 15;

/** Carries out what `standing` found about records outside the batch. Most batches need none of it. */
export async function applyStanding(sql: Transaction, { repointed, headsToSend }: Standing): Promise<void> {
	if (repointed.length > 0) {
		await sql`
			with pointed as (
				select * from jsonb_to_recordset(${JSON.stringify(repointed)}::text::jsonb)
					as x(id uuid, "supersededBy" uuid)
			), records as (
				update sheaf.records r set superseded_by = p."supersededBy", updated_at = now()
				from pointed p where r.workspace_id = sheaf.current_workspace() and r.id = p.id
			)
			update sheaf.deliveries d
			set next_attempt_at = case
					when d.intent <> 'put' then now()
					when p."supersededBy" is not null or t.frequency <> 'on_capture' or d.review = 'waiting' then 'infinity'
					else now() + make_interval(secs => ${heldBackSeconds}) end,
				updated_at = now()
			from pointed p, sheaf.targets t
			where d.workspace_id = sheaf.current_workspace() and d.record_id = p.id and d.state = 'pending'
				and t.workspace_id = d.workspace_id and t.id = d.target_id`;
	}
	if (headsToSend.length > 0) await sendAgain(sql, headsToSend);
}

/** Makes delivered records go out once more, so that what has been folded under them since reaches the row. */
export async function sendAgain(sql: Transaction, recordIds: readonly string[]): Promise<void> {
	await sql`
		update sheaf.deliveries d
		set state = 'pending', attempts = 0, updated_at = now(),
			next_attempt_at = case when t.frequency <> 'on_capture' or d.review = 'waiting' then 'infinity' else now() end
		from sheaf.targets t
		where d.workspace_id = sheaf.current_workspace() and d.record_id = any(${recordIds}::uuid[]) and d.state = 'delivered'
			and t.workspace_id = d.workspace_id and t.id = d.target_id`;
}
