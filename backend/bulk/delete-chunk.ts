import type { Transaction } from "../db/connect.ts";
import type { Chunk, Failure } from "./kinds.ts";
import { standAnew } from "./stand-anew.ts";

type GoingRow = {
	id: string;
	capturedAt: Date;
	targetId: string | null;
	matchKey: string | null;
	/** Its row has to go first; the engine takes the record away after it. */
	rowFirst: boolean;
};

/** Records go, at once or once their rows are gone. */
export async function deleteChunk(sql: Transaction, chunk: Chunk): Promise<Failure[]> {
	const rows = await sql<GoingRow[]>`
		select r.id, r.captured_at, r.target_id, r.match_key,
			${chunk.remoteRows} and d.remote_id is not null and r.superseded_by is null as row_first
		from sheaf.records r
		left join sheaf.deliveries d on d.workspace_id = r.workspace_id and d.target_id = r.target_id and d.record_id = r.id
			and d.record_id = any(${chunk.recordIds}::uuid[])
		where r.workspace_id = (select sheaf.current_workspace()) and r.id = any(${chunk.recordIds}::uuid[])`;
	await noteRemovals(sql, chunk);
	await removeRows(
		sql,
		rows.flatMap(({ id, rowFirst }) => (rowFirst ? [id] : [])),
	);
	const going = rows.filter(({ rowFirst }) => !rowFirst);
	await sql`
		delete from sheaf.records where workspace_id = (select sheaf.current_workspace())
			and id = any(${going.map(({ id }) => id)}::uuid[])`;
	await standAnew(
		sql,
		going.map((row) => ({ ...row, to: null })),
	);
	return [];
}

/** Which version went, so that a device that comes late with it brings nothing back (promise I4), and one that asks is told. */
async function noteRemovals(sql: Transaction, { recordIds, ownerId }: Chunk): Promise<void> {
	await sql`
		insert into sheaf.operations (owner_id, id, kind, record_id, removed_version, content_hash)
		select ${ownerId}::uuid, uuidv7(), 'record.delete', r.id, r.version, r.content_hash
		from sheaf.records r
		where r.workspace_id = (select sheaf.current_workspace()) and r.id = any(${recordIds}::uuid[])`;
}

async function removeRows(sql: Transaction, recordIds: string[]): Promise<void> {
	if (recordIds.length === 0) return;
	await sql`
		with due as (
			update sheaf.deliveries d
			set intent = 'remove', state = 'pending', attempts = 0, problem = null, conflict = null, review = null,
				next_attempt_at = now(), updated_at = now()
			from sheaf.records r
			where d.workspace_id = (select sheaf.current_workspace()) and d.record_id = any(${recordIds}::uuid[])
				and r.workspace_id = d.workspace_id and r.id = any(${recordIds}::uuid[]) and r.id = d.record_id and r.target_id = d.target_id
			returning d.record_id
		)
		update sheaf.records set updated_at = now()
		where workspace_id = (select sheaf.current_workspace()) and id in (select record_id from due)`;
}
