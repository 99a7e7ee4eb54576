import type { DeletionReceipt } from "../../contract/account-end.ts";
import type { Transaction } from "../../db/connect.ts";

type Grants = DeletionReceipt["grants"];

/** What a step removed, in numbers, and what became of access at providers. */
export type Removed = { counts: Readonly<Record<string, number>>; grants?: Grants };

type ReceiptRow = {
	id: string;
	requestedAt: Date;
	finishedAt: Date | null;
	counts: Record<string, number>;
	grants: Grants;
};

/** @returns the receipt's id */
export async function openReceipt(sql: Transaction, requestedAt: Date): Promise<string> {
	const id = Bun.randomUUIDv7();
	await sql`insert into sheaf.deletion_receipts (id, requested_at) values (${id}, ${requestedAt})`;
	return id;
}

/** Adds to what was removed, in the transaction that removes it wherever that is one of identity's. */
export async function addToReceipt(
	sql: Transaction,
	receiptId: string,
	{ counts, grants = [] }: Removed,
): Promise<void> {
	await sql`
		update sheaf.deletion_receipts r set grants = r.grants || ${JSON.stringify(grants)}::text::jsonb, counts = (
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

export async function readReceipt(sql: Transaction, receiptId: string): Promise<DeletionReceipt> {
	const [row] = await sql<ReceiptRow[]>`
		select id, requested_at, finished_at, counts, grants from sheaf.deletion_receipts where id = ${receiptId}`;
	if (!row?.finishedAt) throw new Error("A deletion ended without its receipt.");
	const { id, requestedAt, finishedAt, counts } = row;
	const grants = eachOnce(row.grants);
	return { id, requestedAt: requestedAt.toISOString(), finishedAt: finishedAt.toISOString(), counts, grants };
}

/** One account may be connected in several workspaces, and is taken back once. */
function eachOnce(grants: Grants): Grants {
	return [...new Map(grants.map((grant) => [`${grant.provider} ${grant.outcome}`, grant])).values()];
}
