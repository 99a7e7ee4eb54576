import type { ConnectorRegistry } from "../connectors/registry.ts";
import type { BulkPreview, BulkPreviewRequest } from "../contract/bulk.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { checkedRequest } from "./checked-request.ts";
import { type BulkRequest, chosenRecords } from "./selection.ts";

type Deps = { database: { asTenant: AsTenant }; connectors: ConnectorRegistry };

/**
 * How many records a request is about this moment, so that a person can be told before they agree.
 *
 * @throws SheafError `targets/not-found` for the target to move to, `request/invalid` for a move without one
 */
export async function previewBulk(deps: Deps, principal: Principal, body: BulkPreviewRequest): Promise<BulkPreview> {
	return await deps.database.asTenant(principal, async (sql) => {
		const request = await checkedRequest(sql, body);
		const [counted] = await sql<{ total: number; withRows: number }[]>`
			select count(*)::integer as total, count(remote_id)::integer as with_rows
			from (${chosenRecords(sql, request)}) chosen`;
		return { total: 0, withRows: 0, ...counted, rowsStayAt: await rowsStayAt(sql, request, deps.connectors) };
	});
}

/** Titles of the destinations among the selected records' that take back no row. */
export async function rowsStayAt(
	sql: Transaction,
	request: BulkRequest,
	connectors: ConnectorRegistry,
): Promise<string[]> {
	const rows = await sql<{ provider: string }[]>`
		select distinct c.provider from (
			select distinct target_id from (${chosenRecords(sql, request)}) chosen where remote_id is not null
		) left_target
		join sheaf.targets t on t.workspace_id = (select sheaf.current_workspace()) and t.id = left_target.target_id
		join sheaf.connections c on c.workspace_id = t.workspace_id and c.id = t.connection_id
		order by c.provider`;
	return rows.flatMap(({ provider }) => {
		const connector = connectors.get(provider);
		return connector?.remove === undefined ? [connector?.manifest.title ?? provider] : [];
	});
}
