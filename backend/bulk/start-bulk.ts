import type { ConnectorRegistry } from "../connectors/registry.ts";
import type { BulkStart, BulkView } from "../contract/bulk.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { lockWrites } from "../records/write-lock.ts";
import { readOperation } from "./bulk-view.ts";
import { checkedRequest } from "./checked-request.ts";
import { rowsStayAt } from "./preview-bulk.ts";
import { type BulkRequest, chosenRecords } from "./selection.ts";

export type BulkDeps = { database: { asTenant: AsTenant }; connectors: ConnectorRegistry };

/** So many are kept of a workspace; what became of older ones is in its records and its audit log. */
const keptOperations = 20;

/**
 * Writes down what is to be done and with which records: exactly those that match now, under the write lock. The sweep finds it and
 * the job carries it out.
 *
 * @throws SheafError `bulk/nothing-matches`; `bulk/selection-changed` when other than `expected` many match; `bulk/running` while another one
 *   works on one of these targets; `bulk/rows-stay` when rows are to go at a destination that takes none back; what `checkedRequest` throws
 */
export async function startBulk(deps: BulkDeps, principal: Principal, body: BulkStart): Promise<BulkView> {
	return await deps.database.asTenant(principal, async (sql) => {
		await lockWrites(sql);
		const request = await checkedRequest(sql, body);
		if (request.remoteRows) refuseWhereRowsStay(await rowsStayAt(sql, request, deps.connectors));
		const id = await insertOperation(sql, request);
		const { total, targetIds } = await fixSelection(sql, id, request);
		refuseUnlessExpected(total, body.expected);
		await refuseWhileRunning(sql, id, targetIds);
		await forgetOld(sql);
		await sql`
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			values (${principal.sessionId}::uuid, ${`bulk.${request.kind}`}, 'bulk', ${id}, 'stored')`;
		return await readOperation(sql, id);
	});
}

async function insertOperation(sql: Transaction, request: BulkRequest): Promise<string> {
	const { kind, selection, toTargetId, remoteRows } = request;
	const asked = "ids" in selection ? { ids: selection.ids.length } : selection;
	const [row] = await sql<{ id: string }[]>`
		insert into sheaf.bulk_operations (kind, selection, target_ids, to_target_id, remote_rows, total, last_place)
		values (${kind}, ${JSON.stringify(asked)}::text::jsonb, '{}', ${toTargetId}, ${remoteRows}, 0, 0)
		returning id`;
	if (row === undefined) throw new Error("An operation was not stored.");
	return row.id;
}

async function fixSelection(
	sql: Transaction,
	id: string,
	request: BulkRequest,
): Promise<{ total: number; targetIds: string[] }> {
	const [fixed] = await sql<{ total: number; targetIds: string[] }[]>`
		with chosen as materialized (${chosenRecords(sql, request)}
		), placed as (
			insert into sheaf.bulk_records (operation_id, place, record_id)
			select ${id}, row_number() over (order by place_key, id), id from chosen
			returning place
		), touched as (
			select distinct target_id from chosen where target_id is not null
			union select ${request.toTargetId}::uuid where ${request.toTargetId}::uuid is not null
		)
		select (select count(*)::integer from placed) as total,
			coalesce((select array_agg(target_id) from touched), '{}') as target_ids`;
	const { total, targetIds } = fixed ?? { total: 0, targetIds: [] };
	await sql`
		update sheaf.bulk_operations set total = ${total}, last_place = ${total}, target_ids = ${targetIds}::uuid[]
		where workspace_id = sheaf.current_workspace() and id = ${id}`;
	return { total, targetIds };
}

function refuseUnlessExpected(total: number, expected: number | undefined): void {
	if (total === 0) throw new SheafError("bulk/nothing-matches", "There are no records to do this with.");
	if (expected === undefined || expected === total) return;
	throw new SheafError(
		"bulk/selection-changed",
		`There are ${total} records now, and not ${expected}. Nothing was done: look again.`,
		{ details: { total } },
	);
}

async function refuseWhileRunning(sql: Transaction, id: string, targetIds: readonly string[]): Promise<void> {
	const [other] = await sql`
		select from sheaf.bulk_operations
		where workspace_id = sheaf.current_workspace() and status = 'running' and id <> ${id}
			and target_ids && ${[...targetIds]}::uuid[] limit 1`;
	if (other === undefined) return;
	throw new SheafError(
		"bulk/running",
		"Something else is still being done with these records. Wait until it is finished, or stop it.",
	);
}

function refuseWhereRowsStay(titles: readonly string[]): void {
	if (titles.length === 0) return;
	throw new SheafError(
		"bulk/rows-stay",
		`Rows in ${titles.join(" and ")} cannot be deleted from here. Leave them there, or delete them there yourself.`,
	);
}

async function forgetOld(sql: Transaction): Promise<void> {
	await sql`
		delete from sheaf.bulk_operations
		where workspace_id = sheaf.current_workspace() and status <> 'running' and id not in (
			select id from sheaf.bulk_operations where workspace_id = sheaf.current_workspace()
			order by created_at desc, id desc limit ${keptOperations})`;
}
