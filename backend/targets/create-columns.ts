import { askConnection } from "../connections/ask-connection.ts";
import { connectorOf, valueOf } from "../connections/ask-provider.ts";
import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { getConnection } from "../connections/read-connections.ts";
import type { ColumnsCreate, ColumnsCreated } from "../contract/targets.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { discoverTable } from "./discover-for-target.ts";

/**
 * Makes columns in a table that the account reaches, as the person agreed (CON-2). Noted in the audit log.
 *
 * @throws SheafError `targets/connection-unknown`, `targets/table-unknown`, `targets/column-refused`, and what asking the provider throws
 */
export async function createColumns(
	deps: ConnectionDeps,
	principal: Principal,
	{ columns, ...wanted }: ColumnsCreate,
): Promise<ColumnsCreated> {
	const table = await discoverTable(deps, principal, wanted);
	const { connectionId } = wanted;
	const { manifest, createColumns: make } = connectorOf(
		deps,
		(await getConnection(deps, principal, connectionId)).provider,
	);
	if (make === undefined) throw notByUs(manifest.title);
	const place = { containerId: table.container.id, tableId: table.id };
	const asked = { workspaceId: principal.workspaceId, connectionId, containerId: place.containerId };
	const wantedColumns = columns.map(({ name, type, options }) => ({
		name,
		type,
		...(options === undefined ? {} : { options }),
	}));
	const fields = valueOf(await askConnection(deps, asked, (call) => make(call, place, wantedColumns)));
	await deps.database.asTenant(
		principal,
		(sql) => sql`
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			values (${principal.sessionId}::uuid, 'connection.add_columns', 'connection', ${connectionId}, 'stored')`,
	);
	return { fields };
}

function notByUs(title: string): SheafError {
	const message = `Sheaf does not add columns to tables of ${title}. Add the column there, then read the table again.`;
	return new SheafError("targets/column-refused", message);
}
