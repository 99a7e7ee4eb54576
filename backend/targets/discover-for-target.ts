import { connectorOf } from "../connections/ask-provider.ts";
import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { discoverTables } from "../connections/discover-tables.ts";
import { getConnection } from "../connections/read-connections.ts";
import type { Connector } from "../connectors/connector.ts";
import type { Table } from "../contract/connections.ts";
import type { TargetSuggest, TargetSuggestion } from "../contract/targets.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { findTable } from "./normalise-target.ts";
import { suggestMapping } from "./suggest-mapping.ts";

/**
 * The table as the provider has it now, where records can be sent.
 *
 * @throws SheafError `targets/connection-unknown`, `targets/only-read`, `targets/table-unknown`, and what discovery throws
 */
export async function discoverTable(
	deps: ConnectionDeps,
	principal: Principal,
	wanted: { connectionId: string; tableId: string; containerId?: string | undefined },
): Promise<Table> {
	try {
		const { provider } = await getConnection(deps, principal, wanted.connectionId);
		refuseOnlyRead(connectorOf(deps, provider).manifest);
		return findTable(await discoverTables(deps, principal, wanted.connectionId), wanted);
	} catch (error) {
		const unknown = error instanceof SheafError && error.code === "connections/not-found";
		throw unknown ? new SheafError("targets/connection-unknown", "There is no such connection.") : error;
	}
}

function refuseOnlyRead({ title, onlySource }: Connector["manifest"]): void {
	if (onlySource !== true) return;
	throw new SheafError(
		"targets/only-read",
		`Rows can be picked from ${title}, and nothing can be sent there. Choose another account.`,
		{ details: { provider: title } },
	);
}

/** Which captured field fits which column of a table, and what tells its rows apart. */
export async function suggestTarget(
	deps: ConnectionDeps,
	principal: Principal,
	{ fields, samples, ...wanted }: TargetSuggest,
): Promise<TargetSuggestion> {
	const table = await discoverTable(deps, principal, wanted);
	return suggestMapping(fields, table.fields, samples);
}
