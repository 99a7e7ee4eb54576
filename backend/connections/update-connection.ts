import type { ConnectionPatch, ConnectionView } from "../contract/connections.ts";
import type { Principal } from "../db/principal.ts";
import { ringLanes } from "../records/ring-lanes.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { accountByForm } from "./create-connection.ts";
import { connectionNotFound, getConnection } from "./read-connections.ts";
import { reconnectAccount } from "./store-connection.ts";

/**
 * Renames a connection, or reconnects it with a new credential, which is checked like a first one and has to be of the same account.
 * Targets that paused because of the old one go on, and what waited for them goes out at once.
 *
 * @throws SheafError `connections/not-found`, `connections/other-account`, and what `createConnection` throws about a credential
 */
export async function updateConnection(
	deps: ConnectionDeps,
	principal: Principal,
	{ id, patch: { name, credential } }: { id: string; patch: ConnectionPatch },
): Promise<ConnectionView> {
	const { provider } = await getConnection(deps, principal, id);
	const { sessionId, workspaceId } = principal;
	const account =
		credential === undefined ? null : await accountByForm(deps, { id, provider, workspaceId }, credential);
	const lanes = await deps.database.asTenant(principal, async (sql) => {
		if (name !== undefined) {
			const renamed = await sql`
				with renamed as (
					update sheaf.connections set name = ${name}, updated_at = now()
					where workspace_id = sheaf.current_workspace() and id = ${id} returning id
				)
				insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
				select ${sessionId}::uuid, 'connection.rename', 'connection', id, 'stored' from renamed`;
			if (renamed.count === 0) throw connectionNotFound();
		}
		return account === null ? [] : await reconnectAccount(sql, { id, sessionId, account });
	});
	ringLanes(deps, workspaceId, lanes);
	return await getConnection(deps, principal, id);
}
