import type { TableField } from "../contract/connections.ts";
import type { Fields } from "../contract/fields.ts";
import type { ConflictPolicy, ConstantEntry, MappingEntry } from "../contract/targets.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import type { StoredDecision } from "../records/stored-conflict.ts";
import type { Intent, StoredBefore } from "../records/undo-standing.ts";
import type { Lane } from "../targets/lane.ts";
import { workerOf } from "./engine-deps.ts";
import { leaseSeconds, releaseCutOff } from "./leases.ts";

/** A row that failed this often goes out alone, so that it can fail no other with it (promise I5). */
const aloneAfterAttempts = 5;

export type ClaimedRow = {
	recordId: string;
	/** Guards the result: a later lease has a higher one. */
	epoch: string;
	/** The version whose fields these are. */
	version: number;
	fields: Fields;
	matchKey: string | null;
	attempts: number;
	/** For `newest_wins`. */
	capturedAt: Date;
	/** Fingerprints of the cells we left there, where policies need them. */
	base: Record<string, string> | null;
	/** What the person chose when this delivery asked. */
	decision: StoredDecision | null;
	/** The row of an earlier delivery. */
	remoteId: string | null;
	/** The row there as it was before this version was written, once it has been looked at. */
	before: StoredBefore | null;
	/** Whether that look is still to be had: a capture just made, which Undo is likely for. Nobody undoes a backlog. */
	fresh: boolean;
	/** Whether another record stands for its row, which only a row that is taken back may have here. */
	superseded: boolean;
	/** Older records of the same match key, the oldest first: their cells go under this one's. */
	older: { recordId: string; version: number; fields: Fields }[];
};

export type ClaimedTarget = {
	id: string;
	name: string;
	containerId: string;
	tableId: string;
	mapping: MappingEntry[];
	constants: ConstantEntry[];
	matchKey: string[];
	columns: TableField[];
	conflictPolicy: ConflictPolicy;
	/** By column id, where it is another one than the target's. */
	fieldPolicies: Record<string, ConflictPolicy>;
	/** When it was last changed, so that a verdict on an older state of it is not carried out. */
	changedAt: string;
};

/** What is to be done with all of `rows`. */
export type Claim = { target: ClaimedTarget; intent: Intent; rows: ClaimedRow[] };

export type ClaimRequest = {
	workspaceId: string;
	lane: Lane;
	laneText: string;
	leaseOwner: string;
	maxRows: number;
	/** The target served last: the next one in turn comes first, so that none waits for another's backlog. */
	afterTargetId: string | null;
	/** Targets that are left out. */
	exceptTargetIds?: readonly string[];
};

/**
 * Takes the oldest due rows of the lane's next target under a lease and opens their attempts (promise I8). Null when nothing is due;
 * a claim without rows when the target's turn brought none (all of them just taken by others).
 */
export async function claim(asTenant: AsTenant, request: ClaimRequest): Promise<Claim | null> {
	return await asTenant(workerOf(request.workspaceId), async (sql) => {
		// What is due is read in the order of its index, and a backlog never to its end: a plan that sorts it looks cheap to a server whose
		// statistics are from before the backlog came. Sent together, and answered together.
		await Promise.all([sql`set local enable_sort = off`, releaseCutOff(sql, request.laneText)]);
		const target = await nextTarget(sql, request);
		if (target === null) return null;
		const rows = await claimRows(sql, { targetId: target.id, ...request });
		const intent = rows[0]?.intent ?? "put";
		const older = await olderRecords(sql, intent === "put" ? rows.map(({ recordId }) => recordId) : []);
		return {
			target,
			intent,
			rows: rows.map((row) => ({ ...row, older: older.filter(({ headId }) => headId === row.recordId) })),
		};
	});
}

/** The look for something due ends at the first row, target by target: as a semi-join it may go through every row that waits. */
async function nextTarget(
	sql: Transaction,
	{ lane, afterTargetId, exceptTargetIds = [] }: ClaimRequest,
): Promise<ClaimedTarget | null> {
	const [target] = await sql<ClaimedTarget[]>`
		select t.id, t.name, t.container_id, t.table_id, t.mapping, t.constants, t.match_key, t.columns,
			t.conflict_policy, t.field_policies, t.updated_at::text as changed_at
		from sheaf.targets t
		cross join lateral (
			select 1 from sheaf.deliveries d
			where d.workspace_id = t.workspace_id and d.target_id = t.id
				and d.state = 'pending' and d.next_attempt_at <= now()
			order by d.next_attempt_at, d.record_id limit 1
		) due
		where t.connection_id = ${lane.connectionId} and t.container_id = ${lane.containerId} and t.status = 'active'
			and t.id <> all(${[...exceptTargetIds]}::uuid[])
		order by coalesce(t.id <= ${afterTargetId}::uuid, false), t.id
		limit 1`;
	return target ?? null;
}

type NewClaim = Omit<ClaimedRow, "older"> & { intent: Intent };

/** After so long, or in such a crowd, a capture is backlog: what was there before it is not looked at any more. */
const freshSeconds = 30;
const crowdRows = 25;

/**
 * One statement. Left out are records another one stands for (they go out under that one), what waits for review, match keys in
 * flight, and rows with an attempt still open: that is a record which was removed and put back while a request with it was on its
 * way. All rows have the intent of the one that is due first.
 */
async function claimRows(
	sql: Transaction,
	{ targetId, leaseOwner, maxRows }: { targetId: string; leaseOwner: string; maxRows: number },
): Promise<NewClaim[]> {
	return await sql<NewClaim[]>`
		with due as (${dueRows(sql, { targetId, maxRows })}
		), placed as (
			select *, row_number() over (order by next_attempt_at, record_id) as place,
				first_value(attempts) over (order by next_attempt_at, record_id) as first_attempts,
				first_value(intent) over (order by next_attempt_at, record_id) as first_intent,
				row_number() over (partition by coalesce(match_key, record_id::text) order by captured_at desc) as copy
			from due
		), claimed as (
			update sheaf.deliveries d
			set state = 'delivering', match_key = p.match_key, lease_owner = ${leaseOwner}::uuid,
				lease_until = now() + make_interval(secs => ${leaseSeconds}), updated_at = now(),
				due_since = case when d.attempts = 0 then p.next_attempt_at else coalesce(d.due_since, p.next_attempt_at) end,
				lease_epoch = 1 + greatest(d.lease_epoch, (
					select max(a.lease_epoch) from sheaf.delivery_attempts a
					where a.workspace_id = d.workspace_id and a.target_id = d.target_id and a.record_id = d.record_id))
			from placed p
			where d.target_id = p.target_id and d.record_id = p.record_id and p.copy = 1 and p.intent = p.first_intent
				and case when p.first_attempts >= ${aloneAfterAttempts} then p.place = 1
					else p.attempts < ${aloneAfterAttempts} end
			returning d.owner_id, d.target_id, d.record_id, d.lease_epoch, d.attempts, p.version, p.match_key, p.fields,
				p.captured_at, d.base, d.decision, d.intent, d.remote_id, d.before, p.superseded,
				p.just_accepted and ${mayBeUndone(sql, targetId)} as fresh
		), opened as (
			insert into sheaf.delivery_attempts (owner_id, target_id, record_id, lease_epoch, version)
			select owner_id, target_id, record_id, lease_epoch, version from claimed
		)
		select record_id, lease_epoch as epoch, version, fields, match_key, attempts, captured_at, base, decision, intent,
			remote_id, before, fresh, superseded
		from claimed order by captured_at, record_id`;
}

function dueRows(sql: Transaction, { targetId, maxRows }: { targetId: string; maxRows: number }) {
	return sql`
			select d.target_id, d.record_id, d.next_attempt_at, d.attempts, r.version, r.match_key, r.fields, r.captured_at,
				d.intent, r.superseded_by is not null and r.target_id = d.target_id as superseded, d.accepted_at > now() - make_interval(secs => ${freshSeconds})
					and (d.before->>'version')::integer is distinct from r.version as just_accepted
			from sheaf.deliveries d
			join sheaf.records r on r.workspace_id = d.workspace_id and r.id = d.record_id
			where d.target_id = ${targetId} and d.state = 'pending' and d.next_attempt_at <= now()
				and (r.superseded_by is null and d.review is distinct from 'waiting' or d.intent <> 'put')
				and not exists (
					select 1 from sheaf.deliveries f
					where f.workspace_id = d.workspace_id and f.target_id = d.target_id and f.match_key = r.match_key
						and f.state = 'delivering')
				and not exists (
					select 1 from sheaf.delivery_attempts a
					where a.workspace_id = d.workspace_id and a.target_id = d.target_id and a.record_id = d.record_id
						and a.closed_at is null and a.opened_at > now() - interval '1 minute')
			order by d.next_attempt_at, d.record_id
			limit ${maxRows}
			for update of d skip locked`;
}

/** Whether captures go out by themselves, and no crowd of them waits. */
function mayBeUndone(sql: Transaction, targetId: string) {
	return sql`(
					select t.frequency = 'on_capture' and (
						select count(*) from (
							select 1 from sheaf.deliveries w
							where w.target_id = ${targetId} and w.state = 'pending' and w.next_attempt_at <= now()
							limit ${crowdRows + 1}) crowd) <= ${crowdRows}
					from sheaf.targets t where t.id = ${targetId})`;
}

/** Looked up head by head (`lateral`): joined freely, the planner may walk through everything that waits instead. */
async function olderRecords(sql: Transaction, headIds: readonly string[]) {
	if (headIds.length === 0) return [];
	return await sql<{ headId: string; recordId: string; version: number; fields: Fields }[]>`
		select head.id as head_id, older.id as record_id, older.version, older.fields
		from unnest(${headIds}::uuid[]) as head(id)
		cross join lateral (
			select r.id, r.version, r.fields, r.captured_at, r.target_id from sheaf.records r
			where r.superseded_by = head.id offset 0
		) older
		cross join lateral (
			select d.state, d.intent, d.review from sheaf.deliveries d
			where d.target_id = older.target_id and d.record_id = older.id limit 1
		) waiting
		where waiting.state = 'pending' and waiting.intent = 'put' and waiting.review is distinct from 'waiting'
		order by older.captured_at, older.id`;
}
