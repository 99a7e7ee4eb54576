import type { BulkKind, BulkView } from "../contract/bulk.ts";
import type { Transaction } from "../db/connect.ts";
import { SheafError } from "../errors.ts";

type BulkRow = {
	id: string;
	kind: BulkKind;
	status: BulkView["status"];
	targetIds: string[];
	toTargetId: string | null;
	remoteRows: boolean;
	total: number;
	done: number;
	failed: number;
	delivered: number;
	waiting: number;
	needsYou: number;
	createdAt: Date;
	finishedAt: Date | null;
};

/**
 * The workspace's operations with what has become of their records by now, the newest first; all of them, or one. Only turns that were
 * taken are counted. A record that moved may have two deliveries, of which one removes its old row: it is as far as the worse of them.
 */
export async function readOperations(sql: Transaction, id: string | null = null): Promise<BulkView[]> {
	const rows = await sql<BulkRow[]>`
		select o.id, o.kind, o.status, o.target_ids, o.to_target_id, o.remote_rows, o.total, o.done, o.failed, o.created_at,
			o.finished_at, came.delivered, came.waiting, came.needs_you
		from sheaf.bulk_operations o
		cross join lateral (
			select count(*) filter (where d.rank = 0)::integer as delivered, count(*) filter (where d.rank = 1)::integer as waiting,
				count(*) filter (where d.rank = 2)::integer as needs_you
			from sheaf.bulk_records b
			cross join lateral (
				select max(case d.state when 'delivered' then 0 when 'needs_you' then 2 else 1 end) as rank
				from sheaf.deliveries d where d.workspace_id = b.workspace_id and d.record_id = b.record_id
			) d
			where b.workspace_id = o.workspace_id and b.operation_id = o.id and b.place <= o.cursor
		) came
		where o.workspace_id = (select sheaf.current_workspace()) and (${id}::uuid is null or o.id = ${id}::uuid)
		order by o.created_at desc, o.id desc`;
	return rows.map(view);
}

/** @throws SheafError `bulk/not-found`, also for another workspace's operation */
export async function readOperation(sql: Transaction, id: string): Promise<BulkView> {
	const [operation] = await readOperations(sql, id);
	if (operation === undefined) throw new SheafError("bulk/not-found", "There is no such operation.");
	return operation;
}

function view({ delivered, waiting, needsYou, createdAt, finishedAt, ...row }: BulkRow): BulkView {
	return {
		...row,
		outcome: { delivered, waiting, needsYou },
		createdAt: createdAt.toISOString(),
		finishedAt: finishedAt?.toISOString() ?? null,
	};
}
