import type { Identity } from "../connectors/connector.ts";
import type { ConnectionPatch, ConnectionView } from "../contract/connections.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { ringLanes } from "../records/ring-lanes.ts";
import { lockWrites } from "../records/write-lock.ts";
import { sendWaiting } from "../targets/standing.ts";
import { connectorOf, formValues, identify } from "./ask-provider.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { connectionNotFound, getConnection } from "./read-connections.ts";

/**
 * Renames a connection, or reconnects it with a new credential, which is checked like a first one. Targets that paused because of
 * the old one go on, and what waited for them goes out at once.
 *
 * @throws SheafError `connections/not-found`, and what `createConnection` throws about a credential
 */
export async function updateConnection(
	deps: ConnectionDeps,
	principal: Principal,
	{ id, patch }: { id: string; patch: ConnectionPatch },
): Promise<ConnectionView> {
	const { provider } = await getConnection(deps, principal, id);
	const fresh = patch.credential === undefined ? null : await check(deps, { id, provider }, patch.credential);
	const lanes = await deps.database.asTenant(principal, async (sql) => {
		await lockWrites(sql);
		const [renamed] = await sql`
			update sheaf.connections set name = ${patch.name ?? null}::text, updated_at = now()
			where workspace_id = sheaf.current_workspace() and id = ${id} and ${patch.name !== undefined}
			returning id`;
		if (patch.name !== undefined && renamed === undefined) throw connectionNotFound();
		await sql`
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			values (${principal.sessionId}::uuid, ${fresh === null ? "connection.rename" : "connection.reconnect"},
				'connection', ${id}, 'stored')`;
		return fresh === null ? [] : await reconnect(sql, id, fresh);
	});
	ringLanes(deps, principal.workspaceId, lanes);
	return await getConnection(deps, principal, id);
}

type Fresh = { identity: Identity; sealed: string };

async function check(
	deps: ConnectionDeps,
	{ id, provider }: { id: string; provider: string },
	sent: Record<string, string>,
): Promise<Fresh> {
	const connector = connectorOf(deps, provider);
	const credential = formValues(connector, sent);
	const identity = await identify(deps, { connector, credential, connectionId: id });
	return { identity, sealed: await deps.vault.seal(credential) };
}

async function reconnect(sql: Transaction, id: string, { identity, sealed }: Fresh): Promise<string[]> {
	const [updated] = await sql`
		update sheaf.connections
		set credential_jwe = ${sealed}, account_id = ${identity.accountId}, account_label = ${identity.label},
			scopes = ${identity.scopes}::text[], status = 'healthy', problem = null, last_checked_at = now(), updated_at = now()
		where workspace_id = sheaf.current_workspace() and id = ${id} returning id`;
	if (updated === undefined) throw connectionNotFound();
	const resumed = await sql<{ id: string }[]>`
		update sheaf.targets set status = 'active', problem = null, updated_at = now()
		where workspace_id = sheaf.current_workspace() and connection_id = ${id} and status = 'paused'
			and problem->>'action' = 'reconnect' returning id`;
	return await sendWaiting(
		sql,
		resumed.map((target) => target.id),
	);
}
