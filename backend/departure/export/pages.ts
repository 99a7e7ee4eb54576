import type { AsTenant } from "../../db/as-tenant.ts";
import type { Transaction } from "../../db/connect.ts";
import type { Principal } from "../../db/principal.ts";

/**
 * Rows of a tenant, page after page by key and not by number: each page is found by its index, and memory holds one of them. A transaction
 * per page, because whoever downloads may be slow and must not hold a connection meanwhile. That the person still belongs to the
 * workspace is asked every time.
 *
 * @param read the rows after the given one (null: the first ones), in the order of their key, at most `size`
 */
export async function* tenantPages<Row>(
	asTenant: AsTenant,
	principal: Principal,
	{ size, read }: { size: number; read: (sql: Transaction, after: Row | null) => Promise<Row[]> },
): AsyncGenerator<Row[], void> {
	let after: Row | null = null;
	for (;;) {
		const last: Row | null = after;
		const rows: Row[] = await asTenant(principal, async (sql) => ((await isMember(sql)) ? await read(sql, last) : []));
		if (rows.length > 0) yield rows;
		const end = rows.at(-1);
		if (end === undefined || rows.length < size) return;
		after = end;
	}
}

/** Whether the transaction's person still belongs to its workspace. */
export async function isMember(sql: Transaction): Promise<boolean> {
	const rows = await sql`
		select 1 from sheaf.workspace_members
		where workspace_id = sheaf.current_workspace() and user_id = sheaf.current_user_id()`;
	return rows.length === 1;
}

/** One JSON object per line. */
export async function* jsonLines<Row>(pages: AsyncIterable<Row[]>): AsyncGenerator<string, void> {
	for await (const rows of pages) yield rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}
