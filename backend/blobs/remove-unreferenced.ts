import { type BlobHash, blobAddressPrefix } from "../contract/blobs.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import { lockWrites } from "../records/write-lock.ts";
import { workerOf } from "../sync/engine-deps.ts";
import { lockBlobs } from "./announce-blob.ts";

type Deps = { database: { asTenant: AsTenant }; keepDays: number };

/** Records read at once while references are looked for. */
const pageRows = 5_000;
/** A record that was being written while the look began carries the time at which its transaction began; none runs as long as this. */
const margin = "1 hour";

/**
 * Removes the blobs that no record and no connection refers to and that no device has announced for long. Records are many and their writing
 * must not be slowed, by an index least of all: they are read page by page without a lock, and what was written since is looked through once
 * more in the transaction that removes, with every writer waiting (`lockWrites`). So a record that is accepted meanwhile keeps its picture.
 *
 * @returns how many went
 */
export async function removeUnreferenced({ database, keepDays }: Deps, workspaceId: string): Promise<number> {
	const worker = workerOf(workspaceId);
	const old = await database.asTenant(
		worker,
		async (sql) =>
			await sql<{ sha256: BlobHash; begunAt: Date }[]>`
			select sha256, now() as begun_at from sheaf.blobs_meta
			where workspace_id = sheaf.current_workspace() and touched_at < now() - make_interval(days => ${keepDays})`,
	);
	const begunAt = old[0]?.begunAt;
	if (begunAt === undefined) return 0;
	const unseen = new Set(old.map(({ sha256 }) => sha256));
	for (let after: string | null = null; unseen.size > 0; ) {
		const page: Page = await database.asTenant(worker, (sql) => readPage(sql, after));
		for (const sha256 of page.hashes) unseen.delete(sha256);
		if (page.lastId === null) break;
		after = page.lastId;
	}
	return await database.asTenant(worker, async (sql) => {
		if (unseen.size > 0) await lockWrites(sql);
		await lockBlobs(sql);
		const removed =
			unseen.size === 0 ? 0 : await removeStillUnreferenced(sql, { hashes: [...unseen], begunAt, keepDays });
		await putOff(sql, old);
		return removed;
	});
}

/** What is still there is referred to: looked for again after as long, and not by a look through all records at each sweep. */
async function putOff(sql: Transaction, looked: readonly { sha256: BlobHash }[]): Promise<void> {
	await sql`
		update sheaf.blobs_meta set touched_at = now()
		where workspace_id = sheaf.current_workspace() and sha256 = any(${looked.map(({ sha256 }) => sha256)}::text[])`;
}

type Page = { hashes: BlobHash[]; lastId: string | null };

async function readPage(sql: Transaction, after: string | null): Promise<Page> {
	// By the key's order: to statistics from before a backlog, sorting all that is left for each page looks cheap.
	await sql`set local enable_sort = off`;
	const rows = await sql<{ id: string; hashes: BlobHash[] | null }[]>`
		select r.id, (${picturesOf(sql)}) as hashes from sheaf.records r
		where r.workspace_id = sheaf.current_workspace() and (${after}::uuid is null or r.id > ${after}::uuid)
		order by r.id limit ${pageRows}`;
	return { hashes: rows.flatMap(({ hashes }) => hashes ?? []), lastId: rows.at(-1)?.id ?? null };
}

/** Of the record `r`: the hashes that its fields name. */
function picturesOf(sql: Transaction) {
	return sql`
		select array_agg(substr(address #>> '{}', ${blobAddressPrefix.length + 1}::integer))
		from jsonb_path_query(r.fields, '$.*.value ? (@ starts with "ni:///sha-256;")') as address`;
}

type Removal = { hashes: readonly BlobHash[]; begunAt: Date; keepDays: number };

async function removeStillUnreferenced(sql: Transaction, { hashes, begunAt, keepDays }: Removal): Promise<number> {
	const removed = await sql`
		with written as (
			select unnest((${picturesOf(sql)})) as sha256 from sheaf.records r
			where r.workspace_id = sheaf.current_workspace() and r.updated_at > ${begunAt}::timestamptz - ${margin}::interval
		)
		delete from sheaf.blobs_meta b
		where b.workspace_id = sheaf.current_workspace() and b.sha256 = any(${[...hashes]}::text[])
			and b.touched_at < now() - make_interval(days => ${keepDays})
			and not exists (select 1 from written w where w.sha256 = b.sha256)
			and not exists (
				select 1 from sheaf.connections c
				where c.workspace_id = b.workspace_id and c.provider = 'file' and c.settings->>'sha256' = b.sha256)`;
	return removed.count;
}
