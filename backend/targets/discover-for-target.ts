import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { discoverTables } from "../connections/discover-tables.ts";
import type { Table } from "../contract/connections.ts";
import type { TargetSuggest, TargetSuggestion } from "../contract/targets.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { findTable } from "./normalise-target.ts";
import { suggestMapping } from "./suggest-mapping.ts";

/**
 * The table as the provider has it now.
 *
 * @throws SheafError `targets/connection-unknown`, `targets/table-unknown`, and what discovery throws
 */
export async function discoverTable(
	deps: ConnectionDeps,
	principal: Principal,
	wanted: { connectionId: string; tableId: string; containerId?: string | undefined },
): Promise<Table> {
	try {
		return findTable(await discoverTables(deps, principal, wanted.connectionId), wanted);
	} catch (error) {
		const unknown = error instanceof SheafError && error.code === "connections/not-found";
		throw unknown ? new SheafError("targets/connection-unknown", "There is no such connection.") : error;
	}
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
