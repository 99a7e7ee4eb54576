import { countOutcomes } from "../audit/count-outcomes.ts";
import { findBlobs } from "../blobs/find-blob.ts";
import { markRevoked, noteSuccess, noteTrouble } from "../connections/standing.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import { emitRecordEvents } from "../events/emit.ts";
import { removeTakenBack } from "../records/remove-taken-back.ts";
import { lockWrites } from "../records/write-lock.ts";
import { pauseTarget } from "../targets/standing.ts";
import { metrics } from "../telemetry/metrics.ts";
import { workerOf } from "./engine-deps.ts";
import type { Outcome, Settlement, SettleRequest } from "./settlement.ts";
import { olderJson, resultsJson } from "./settlement-rows.ts";

/**
 * Writes the results of a batch with one statement, and a second one where older records were folded. A result whose lease is no longer the row's changes nothing (the epoch
 * guards it); a row whose record has a newer version or another intent by now goes back to `pending` for that one (promise I4).
 * Records whose row was taken back go. Attempts are closed in the same transaction (promise I8), and what the results say of the account
 * and the target is noted there too.
 */
export async function settle(asTenant: AsTenant, asked: SettleRequest): Promise<void> {
	if (asked.settlements.length === 0) return;
	const settled = await asTenant(workerOf(asked.workspaceId), async (sql) => {
		const request = { ...asked, settlements: await lookAgain(sql, asked.settlements) };
		const [, settled] = await Promise.all([lockWrites(sql), writeResults(sql, request)]);
		if (request.intent === "put") await settleOlder(sql, request, settled);
		else await removeTakenBack(sql, { targetId: request.target.id, recordIds: takenBack(settled) });
		await emitRecordEvents(sql, { targetId: request.target.id, recordIds: recordIdsOf(request) });
		await noteStanding(sql, request);
		return settled;
	});
	for (const { outcome, waitedSeconds } of settled) {
		metrics.count("sheaf_deliveries_total", { outcome });
		if (outcome === "delivered") metrics.observe("sheaf_sync_seconds", {}, waitedSeconds);
	}
}

/**
 * A picture that was stored since it was looked for woke nothing: no row said yet that it waits. Such a row is due at once. Storing takes the
 * same lock, so that it comes before this look or finds what is written here.
 */
async function lookAgain(sql: Transaction, settlements: readonly Settlement[]): Promise<readonly Settlement[]> {
	const hashes = settlements.flatMap(({ awaits }) => awaits ?? []);
	if (hashes.length === 0) return settlements;
	await lockWrites(sql);
	const stored = (await findBlobs(sql, hashes)).filter((blob) => blob.stored).map(({ sha256 }) => sha256);
	return settlements.map((row) =>
		row.awaits === null || !stored.includes(row.awaits)
			? row
			: { ...row, outcome: "later", reason: null, problem: null, delayMs: 0 },
	);
}

/** `state` is what the attempt led to, `newState` how the row is left: `pending` again when something newer came meanwhile. */
type SettledRow = {
	recordId: string;
	state: string;
	newState: string;
	remoteId: string | null;
	remoteUrl: string | null;
	outcome: string;
	/** Since it was due. */
	waitedSeconds: number;
};

function takenBack(settled: readonly SettledRow[]): string[] {
	return settled.flatMap(({ recordId, newState }) => (newState === "delivered" ? [recordId] : []));
}

/** Returns the rows whose lease was still this run's, with the state that their attempt led to. */
async function writeResults(sql: Transaction, request: SettleRequest): Promise<readonly SettledRow[]> {
	const { target, settlements, intent } = request;
	return await sql<SettledRow[]>`
		with results as (
			select * from jsonb_to_recordset(${resultsJson(settlements)}::text::jsonb)
				as x(record_id uuid, epoch bigint, version integer, outcome text, state text, reason text, problem jsonb,
					attempts integer, delay_ms float8, remote_id text, remote_url text, created boolean, conflict jsonb,
					base jsonb, note jsonb)
		), beneath as (
			select * from jsonb_to_recordset(${olderJson(settlements)}::text::jsonb) as x(record_id uuid, version integer)
		), judged as (${judgedResults(sql, request)}
		), settled as (
			update sheaf.deliveries d
			set lease_owner = null, lease_until = null, updated_at = now(),
				state = case when j.overtaken or j.more_to_fold then 'pending' else j.state end,
				attempts = case when j.overtaken then 0 else j.attempts end,
				problem = case when j.overtaken then null else j.problem end,
				next_attempt_at = case
					when d.intent <> 'put' and j.overtaken then now()
					when d.intent = 'put' and (j.superseded_by is not null or d.review = 'waiting') then 'infinity'
					when j.overtaken and j.frequency <> 'on_capture' then 'infinity'
					when j.overtaken then now()
					else now() + j.delay_ms * interval '1 millisecond' end,
				${whereItIs(sql, request)},
				conflict = case when j.overtaken then null else j.conflict end, base = coalesce(j.base, d.base),
				note = case when j.state = 'delivered' then j.note end
			from judged j
			where d.target_id = ${target.id} and d.record_id = j.record_id and d.state = 'delivering'
				and d.lease_epoch = j.epoch
			returning d.record_id, j.state, d.state as new_state, d.remote_id, d.remote_url, j.reason, d.due_since,
				case when j.outcome = 'delivered' and ${intent}::text <> 'put' then 'taken_back' else j.outcome end as outcome
		), closed as (
			update sheaf.delivery_attempts a set closed_at = now(), outcome = i.outcome, reason = i.reason
			from results i
			where a.target_id = ${target.id} and a.record_id = i.record_id and a.lease_epoch = i.epoch and a.closed_at is null
		), touched as (
			update sheaf.records set updated_at = now() where id in (select record_id from settled)
		), ${countOutcomes(sql, target.id)}
		select record_id, state, new_state, remote_id, remote_url, outcome,
			extract(epoch from now() - coalesce(due_since, now()))::float8 as waited_seconds
		from settled`;
}

/**
 * What of the settling statement says where the record is now. A row that was taken back is nowhere. One that a push made is this
 * version's own, which is worth knowing for undo; one that somebody else made since it was looked for is not. A look that saw a row
 * goes before what the push says: giving cells back does less harm than deleting. What was noticed there before (SYNC-6) is over with a
 * delivery.
 */
function whereItIs(sql: Transaction, { intent, removes, lookAfterMs }: SettleRequest) {
	if (intent !== "put") {
		return sql`
				delivered_version = case when j.state = 'delivered' then null else d.delivered_version end,
				remote_id = case when j.state = 'delivered' then null else d.remote_id end,
				remote_url = case when j.state = 'delivered' then null else d.remote_url end`;
	}
	return sql`
				delivered_version = case when j.state = 'delivered' then j.version else d.delivered_version end,
				delivered_at = case when j.state = 'delivered' then now() else d.delivered_at end,
				remote_id = coalesce(j.remote_id, d.remote_id), remote_url = coalesce(j.remote_url, d.remote_url),
				remote_state = case when j.state <> 'delivered' then d.remote_state end,
				remote_changed_at = case when j.state <> 'delivered' then d.remote_changed_at end,
				remote_seen = case when j.state <> 'delivered' then d.remote_seen end,
				remote_look_at = case when j.state <> 'delivered' then d.remote_look_at
					else now() + ${lookAfterMs}::float8 * interval '1 millisecond' end,
				decision = case when d.decision ? 'remoteId' and j.remote_id is not null
					then jsonb_set(d.decision, '{remoteId}', to_jsonb(j.remote_id)) else d.decision end,
				before = case
					when j.created and ${removes} and (d.before->>'version')::integer is distinct from j.version
						then jsonb_build_object('version', j.version, 'remoteId', null, 'cells', null)
					when not j.created and d.attempts = 0 and d.delivered_version is distinct from j.version and (d.before->>'version')::integer = j.version
						and d.before->'cells' = 'null' then null
					else d.before end,
				undo_until = case when j.created and ${removes} then now() + interval '1 day' else d.undo_until end`;
}

/**
 * The results beside what the record, its delivery and the target say now: whether they are about something that is not wanted any more,
 * and whether older records came to be folded meanwhile.
 */
function judgedResults(sql: Transaction, { target: { id: targetId }, intent }: SettleRequest) {
	return sql`
			select i.*, r.superseded_by, t.frequency, d.version <> i.version or d.intent <> ${intent} as overtaken,
				${intent}::text = 'put' and i.state = 'delivered' and exists (
				select 1 from (
					select o.id, o.target_id from sheaf.records o where o.superseded_by = i.record_id offset 0
				) o
				join sheaf.deliveries od on od.target_id = o.target_id and od.record_id = o.id and od.state = 'pending'
					and od.intent = 'put' and od.review is distinct from 'waiting'
				where not exists (select 1 from beneath b where b.record_id = o.id and b.version = od.version)
			) as more_to_fold
			from results i
			cross join lateral (select superseded_by from sheaf.records where id = i.record_id limit 1) r
			cross join lateral (
				select version, intent from sheaf.deliveries where target_id = ${targetId} and record_id = i.record_id limit 1
			) d
			join sheaf.targets t on t.id = ${targetId}`;
}

/** The older records of a row that arrived: those folded into it are there too, the others say why they are not. */
async function settleOlder(
	sql: Transaction,
	{ target, settlements }: SettleRequest,
	settled: readonly SettledRow[],
): Promise<void> {
	const arrived = new Map(settled.filter(({ state }) => state === "delivered").map((row) => [row.recordId, row]));
	const older = settlements.flatMap((settlement) => {
		const head = arrived.get(settlement.recordId);
		return head === undefined ? [] : settlement.older.map((row) => ({ ...row, ...remoteOf(head) }));
	});
	if (older.length === 0) return;
	await sql`
		with beneath as (
			select * from jsonb_to_recordset(${JSON.stringify(older)}::text::jsonb)
				as x("recordId" uuid, version integer, problem jsonb, "remoteId" text, "remoteUrl" text)
		), settled as (
			update sheaf.deliveries d
			set state = case when b.problem is null then 'delivered' else 'needs_you' end, problem = b.problem, attempts = 0,
				delivered_version = case when b.problem is null then b.version else d.delivered_version end,
				delivered_at = case when b.problem is null then now() else d.delivered_at end,
				remote_id = b."remoteId", remote_url = b."remoteUrl", updated_at = now()
			from beneath b
			where d.target_id = ${target.id} and d.record_id = b."recordId" and d.state = 'pending' and d.version = b.version
			returning d.record_id
		)
		update sheaf.records set updated_at = now() where id in (select record_id from settled)`;
}

function remoteOf({ remoteId, remoteUrl }: SettledRow) {
	return { remoteId, remoteUrl };
}

function recordIdsOf({ settlements }: SettleRequest): string[] {
	return settlements.flatMap(({ recordId, older }) => [recordId, ...older.map((row) => row.recordId)]);
}

async function noteStanding(sql: Transaction, request: SettleRequest): Promise<void> {
	const { target, connection, settlements } = request;
	// A picture that is not here yet is no fault of the account.
	const told = settlements.filter(({ reason }) => reason !== "delivery/picture-waiting");
	const problemOf = (outcome: Outcome) => told.find((row) => row.outcome === outcome)?.problem ?? null;
	if (settlements.some(({ outcome }) => outcome === "delivered")) await noteSuccess(sql, connection.id);
	const [passing, refusedAccount, refusedTarget] = [
		problemOf("later"),
		problemOf("reconnect"),
		problemOf("mend_target"),
	];
	if (passing !== null) await noteTrouble(sql, { connectionId: connection.id, problem: passing });
	if (refusedAccount !== null) {
		const { id: connectionId, credentialJwe } = connection;
		await markRevoked(sql, { connectionId, credentialJwe, problem: refusedAccount });
	}
	if (refusedTarget !== null) {
		await pauseTarget(sql, { targetId: target.id, changedAt: target.changedAt, problem: refusedTarget });
	}
}
