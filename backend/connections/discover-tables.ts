import type { Connector, ConnectorFailure } from "../connectors/connector.ts";
import type { Table } from "../contract/connections.ts";
import type { Principal } from "../db/principal.ts";
import { askProvider, connectorOf, valueOf } from "./ask-provider.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { connectionNotFound } from "./read-connections.ts";
import { markRevoked } from "./standing.ts";

/**
 * Every table the connection's credential reaches, asked of the provider now: nothing is kept, because what a person chooses from
 * has to be what is there. Learning so that the credential is refused pauses the targets like a failed delivery would.
 *
 * @throws SheafError `connections/not-found`, `…/credential-refused`, `…/provider-busy` or `…/provider-unreachable`
 */
export async function discoverTables(deps: ConnectionDeps, principal: Principal, id: string): Promise<Table[]> {
	const { connector, credentialJwe } = await openConnection(deps, principal, id);
	const credential = textValues(await deps.vault.open(credentialJwe));
	const result = await askProvider(deps, { connector, credential, connectionId: id }, (call) =>
		connector.discover(call),
	);
	if (result.kind === "reconnect") await rememberRevoked(deps, principal, { id, credentialJwe, failure: result });
	return valueOf(result);
}

async function openConnection(
	deps: ConnectionDeps,
	principal: Principal,
	id: string,
): Promise<{ connector: Connector; credentialJwe: string }> {
	const [row] = await deps.database.asTenant(
		principal,
		async (sql) =>
			await sql<{ provider: string; credentialJwe: string }[]>`
			select provider, credential_jwe from sheaf.connections where workspace_id = sheaf.current_workspace() and id = ${id}`,
	);
	if (row === undefined) throw connectionNotFound();
	return { connector: connectorOf(deps, row.provider), credentialJwe: row.credentialJwe };
}

async function rememberRevoked(
	deps: ConnectionDeps,
	principal: Principal,
	{ id, credentialJwe, failure }: { id: string; credentialJwe: string; failure: ConnectorFailure },
): Promise<void> {
	const problem = { code: failure.reason, message: failure.message, action: "reconnect" as const };
	await deps.database.asTenant(
		{ ...principal, role: "worker" },
		async (sql) => await markRevoked(sql, { connectionId: id, credentialJwe, problem }),
	);
}

/** What the vault gives back is what a form's values were sealed from: texts by name. */
export function textValues(opened: object): Record<string, string> {
	return Object.fromEntries(
		Object.entries(opened).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
	);
}
