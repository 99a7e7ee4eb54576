import { markRevoked, noteSuccess, noteTrouble } from "../connections/standing.ts";
import type { ErrorCode, RecordProblem } from "../contract/errors.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import { lockWrites } from "../records/write-lock.ts";
import { pauseTarget } from "../targets/standing.ts";
import type { ClaimedTarget } from "./claim.ts";
import { workerOf } from "./engine-deps.ts";
import type { OlderRow } from "./plan-rows.ts";

/** How an attempt ended, as it stands in `delivery_attempts`. */
export type Outcome = "delivered" | "later" | "reconnect" | "refused" | "mend_target";

/** The state a delivery is in after each outcome, when its record has not changed meanwhile. Complete by type. */
export const stateAfter: Readonly<Record<Outcome, "delivered" | "pending" | "needs_you">> = {
	delivered: "delivered",
	later: "pending",
	reconnect: "pending",
	mend_target: "pending",
	refused: "needs_you",
};

export type Settlement = {
	recordId: string;
	epoch: string;
	version: number;
	outcome: Outcome;
	reason: ErrorCode | null;
	/** Shown beside the record while it waits or needs the person. */
	problem: RecordProblem | null;
	/** Failed attempts so far, this one included. */
	attempts: number;
	/** Before the next attempt, when there is one. */
	delayMs: number;
	remoteId: string | null;
	remoteUrl: string | null;
	older: readonly OlderRow[];
};

export type SettleRequest = {
	workspaceId: string;
	target: ClaimedTarget;
	connection: { id: string; credentialJwe: string };
	settlements: readonly Settlement[];
};

/**
 * Writes the results of a batch with one statement. A result whose lease is no longer the row's changes nothing (the epoch
 * guards it); a row whose record has a newer version by now goes back to `pending` for that one (promise I4). Attempts are
 * closed in the same transaction (promise I8), and what the results say of the account and the target is noted there too.
 */
export async function settle(asTenant: AsTenant, request: SettleRequest): Promise<void> {
	if (request.settlements.length === 0) return;
	await asTenant(workerOf(request.workspaceId), async (sql) => {
		await Promise.all([lockWrites(sql), writeResults(sql, request)]);
		await noteStanding(sql, request);
	});
}

async function writeResults(sql: Transaction, { target, settlements }: SettleRequest): Promise<void> {
	await sql`
		with results as (
			select * from jsonb_to_recordset(${resultsJson(settlements)}::text::jsonb)
				as x(record_id uuid, epoch bigint, version integer, outcome text, state text, reason text, problem jsonb,
					attempts integer, delay_ms float8, remote_id text, remote_url text)
		), beneath as (
			select * from jsonb_to_recordset(${olderJson(settlements)}::text::jsonb)
				as x(head_id uuid, record_id uuid, version integer, problem jsonb)
		), judged as (${judgedResults(sql, target.id)}
		), settled as (
			update sheaf.deliveries d
			set lease_owner = null, lease_until = null, updated_at = now(),
				state = case when d.version <> j.version or j.more_to_fold then 'pending' else j.state end,
				attempts = case when d.version <> j.version then 0 else j.attempts end,
				problem = case when d.version <> j.version then null else j.problem end,
				next_attempt_at = case
					when j.superseded_by is not null then 'infinity'
					when d.version <> j.version and j.frequency = 'manual' then 'infinity'
					when d.version <> j.version then now()
					else now() + j.delay_ms * interval '1 millisecond' end,
				delivered_version = case when j.state = 'delivered' then j.version else d.delivered_version end,
				delivered_at = case when j.state = 'delivered' then now() else d.delivered_at end,
				remote_id = coalesce(j.remote_id, d.remote_id), remote_url = coalesce(j.remote_url, d.remote_url)
			from judged j
			where d.target_id = ${target.id} and d.record_id = j.record_id and d.state = 'delivering'
				and d.lease_epoch = j.epoch
			returning d.record_id, j.state, d.remote_id, d.remote_url
		), settled_beneath as (
			update sheaf.deliveries d
			set state = case when b.problem is null then 'delivered' else 'needs_you' end, problem = b.problem, attempts = 0,
				delivered_version = case when b.problem is null then b.version else d.delivered_version end,
				delivered_at = case when b.problem is null then now() else d.delivered_at end,
				remote_id = s.remote_id, remote_url = s.remote_url, updated_at = now()
			from beneath b join settled s on s.record_id = b.head_id and s.state = 'delivered'
			where d.target_id = ${target.id} and d.record_id = b.record_id and d.state = 'pending' and d.version = b.version
			returning d.record_id
		), closed as (
			update sheaf.delivery_attempts a set closed_at = now(), outcome = i.outcome, reason = i.reason
			from results i
			where a.target_id = ${target.id} and a.record_id = i.record_id and a.lease_epoch = i.epoch and a.closed_at is null
		)
		update sheaf.records set updated_at = now()
		where id in (select record_id from settled union all select record_id from settled_beneath)`;
}

/** The results beside what the record and the target say now, and whether older records came to be folded meanwhile. */
function judgedResults(sql: Transaction, targetId: string) {
	return sql`
			select i.*, r.superseded_by, t.frequency, i.state = 'delivered' and exists (
				select 1 from sheaf.records o
				join sheaf.deliveries od
					on od.workspace_id = o.workspace_id and od.target_id = o.target_id and od.record_id = o.id
				where o.superseded_by = i.record_id and od.state = 'pending' and not exists (
					select 1 from beneath b where b.record_id = o.id and b.version = od.version)) as more_to_fold
			from results i
			join sheaf.records r on r.id = i.record_id
			join sheaf.targets t on t.id = ${targetId}`;
}

async function noteStanding(sql: Transaction, request: SettleRequest): Promise<void> {
	const { target, connection, settlements } = request;
	const problemOf = (outcome: Outcome) => settlements.find((row) => row.outcome === outcome)?.problem ?? null;
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

function resultsJson(settlements: readonly Settlement[]): string {
	const rows = settlements.map((row) => ({
		record_id: row.recordId,
		epoch: row.epoch,
		version: row.version,
		outcome: row.outcome,
		state: stateAfter[row.outcome],
		reason: row.reason,
		// Where the account or the target is at fault, they carry the reason: the record shows theirs while they do.
		problem: row.outcome === "reconnect" || row.outcome === "mend_target" ? null : row.problem,
		attempts: row.attempts,
		delay_ms: row.delayMs,
		remote_id: row.remoteId,
		remote_url: row.remoteUrl,
	}));
	return JSON.stringify(rows);
}

function olderJson(settlements: readonly Settlement[]): string {
	const rows = settlements.flatMap(({ recordId, older }) =>
		older.map((row) => ({
			head_id: recordId,
			record_id: row.recordId,
			version: row.version,
			problem: row.problem,
		})),
	);
	return JSON.stringify(rows);
}
