import type { RowList, RowQuery } from "../contract/connections.ts";
import type { Principal } from "../db/principal.ts";
import { askConnection } from "./ask-connection.ts";
import { connectorOf, valueOf } from "./ask-provider.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { getConnection } from "./read-connections.ts";

/** More than a person looks through; connectors answer fewer by themselves. */
const maxRows = 50;

/**
 * Rows of any table the connection's credential reaches whose title has a text. None where the provider does not let rows be searched:
 * what is typed by hand is taken there.
 *
 * @throws SheafError `connections/not-found`, `…/disconnected`, `…/credential-refused`, `…/provider-busy`, `…/provider-unreachable`, and
 *   `delivery/table-missing`
 */
export async function searchRows(
	deps: ConnectionDeps,
	principal: Principal,
	{ id, tableId, containerId = "", text = "" }: RowQuery & { id: string },
): Promise<RowList> {
	const { provider } = await getConnection(deps, principal, id);
	const search = connectorOf(deps, provider).searchRows;
	if (search === undefined) return { rows: [] };
	const place = { workspaceId: principal.workspaceId, connectionId: id, containerId };
	const rows = valueOf(await askConnection(deps, place, (call) => search(call, { containerId, tableId }, text)));
	return { rows: rows.slice(0, maxRows).map(({ id: rowId, label }) => ({ id: rowId, label })) };
}
