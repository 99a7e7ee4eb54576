import type { Table } from "../contract/connections.ts";
import type { Principal } from "../db/principal.ts";
import { askConnection } from "./ask-connection.ts";
import { valueOf } from "./ask-provider.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { getConnection } from "./read-connections.ts";

/**
 * Every table the connection's credential reaches, asked of the provider now: nothing is kept, because what a person chooses from
 * has to be what is there. Learning so that the credential is refused pauses the targets like a failed delivery would.
 *
 * @throws SheafError `connections/not-found`, `…/disconnected`, `…/credential-refused`, `…/provider-busy` or `…/provider-unreachable`
 */
export async function discoverTables(deps: ConnectionDeps, principal: Principal, id: string): Promise<Table[]> {
	await getConnection(deps, principal, id);
	const place = { workspaceId: principal.workspaceId, connectionId: id };
	return valueOf(await askConnection(deps, place, (call, connector) => connector.discover(call)));
}
