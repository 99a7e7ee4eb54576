import type { DeletionReceipt } from "../../contract/account-end.ts";
import type { Transaction } from "../../db/connect.ts";

export type Counts = Readonly<Record<string, number>>;

type ReceiptRow = { id: string; requestedAt: Date; finishedAt: Date | null; counts: Record<string, number> };

/** @returns the receipt's id */
export async function openReceipt(sql: Transaction, requestedAt: Date): Promise<string> {
	const id = Bun.randomUUIDv7();
	await sql`insert into sheaf.deletion_receipts (id, requested_at) values (${id}, ${requestedAt})`;
	return id;
}

/** Adds to what was removed, in the transaction that removes it wherever that is one of identity's. */
export async function addCounts(sql: Transaction, receiptId: string, counts: Counts): Promise<void> {
	await sql`
		update sheaf.deletion_receipts r set counts = (
			select jsonb_object_agg(name, total) from (
				select name, sum(count::bigint) as total from (
					select * from jsonb_each_text(r.counts) union all select * from jsonb_each_text(${JSON.stringify(counts)}::text::jsonb)
				) as each (name, count)
				group by name
			) summed)
		where r.id = ${receiptId}`;
}

export async function closeReceipt(sql: Transaction, receiptId: string, finishedAt: Date): Promise<void> {
	await sql`update sheaf.deletion_receipts set finished_at = ${finishedAt} where id = ${receiptId}`;
}

/** @param grants are not kept: they say at whom the person had accounts */
export async function readReceipt(
	sql: Transaction,
	receiptId: string,
	grants: DeletionReceipt["grants"],
): Promise<DeletionReceipt> {
	const [row] = await sql<ReceiptRow[]>`
		select id, requested_at, finished_at, counts from sheaf.deletion_receipts where id = ${receiptId}`;
	if (!row?.finishedAt) throw new Error("A deletion ended without its receipt.");
	const { id, requestedAt, finishedAt, counts } = row;
	return { id, requestedAt: requestedAt.toISOString(), finishedAt: finishedAt.toISOString(), counts, grants };
}
