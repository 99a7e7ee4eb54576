import type { ConnectionCreate, ConnectionView } from "../contract/connections.ts";
import type { Principal } from "../db/principal.ts";
import { connectorOf, formValues, identify } from "./ask-provider.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { getConnection } from "./read-connections.ts";

const maxNameLength = 80;

/**
 * Connects an account: the provider is asked whose credential it is before anything is stored, and the credential is stored as
 * an envelope only the vault opens (ACC-2).
 *
 * @throws SheafError `connections/provider-unknown`, `…/settings-invalid`, `…/credential-refused`, `…/scope-missing`,
 *   `…/provider-busy` or `…/provider-unreachable`
 */
export async function createConnection(
	deps: ConnectionDeps,
	principal: Principal,
	{ provider, name, credential }: ConnectionCreate,
): Promise<ConnectionView> {
	const connector = connectorOf(deps, provider);
	const values = formValues(connector, credential);
	const id = crypto.randomUUID();
	const identity = await identify(deps, { connector, credential: values, connectionId: id });
	const sealed = await deps.vault.seal(values);
	const shownName = (name ?? connector.manifest.title).slice(0, maxNameLength);
	await deps.database.asTenant(principal, async (sql) => {
		await sql`
			with created as (
				insert into sheaf.connections (id, provider, name, account_id, account_label, scopes, credential_jwe,
					last_checked_at)
				values (${id}, ${provider}, ${shownName}, ${identity.accountId}, ${identity.label},
					${identity.scopes}::text[], ${sealed}, now())
				returning id
			)
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			select ${principal.sessionId}::uuid, 'connection.create', 'connection', id, 'stored' from created`;
	});
	return await getConnection(deps, principal, id);
}
