import { connectorOf } from "../connections/ask-provider.ts";
import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { getConnection } from "../connections/read-connections.ts";
import type { Connector } from "../connectors/connector.ts";
import type { Table, TableField } from "../contract/connections.ts";
import type { Fields } from "../contract/fields.ts";
import type { MappingEntry, PreviewColumn, TargetPreview, TargetPreviewRequest } from "../contract/targets.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { discoverTable } from "./discover-for-target.ts";
import { valueFor } from "./match-key.ts";
import { normaliseTarget } from "./normalise-target.ts";
import { getTarget } from "./read-targets.ts";

/**
 * What a mapping makes of one record, and what is wrong with it, against the table as the provider has it now. Writes nothing.
 *
 * @throws SheafError `targets/connection-unknown`, `targets/not-found`, `targets/table-unknown`, and what discovery throws
 */
export async function previewTarget(
	deps: ConnectionDeps,
	principal: Principal,
	wanted: TargetPreviewRequest,
): Promise<TargetPreview> {
	if (wanted.targetId !== undefined) await getTarget(deps, principal, wanted.targetId);
	const table = await discoverTable(deps, principal, wanted);
	const { provider } = await getConnection(deps, principal, wanted.connectionId);
	const { coerce } = connectorOf(deps, provider);
	const { mapping, fields = {} } = wanted;
	const columns = table.fields
		.filter((column) => mapping.some(({ to }) => to === column.id))
		.map((column) => previewOf(column, { mapping, fields, coerce }));
	return { columns, problems: problemsOf(wanted, table) };
}

type Previewing = { mapping: readonly MappingEntry[]; fields: Fields; coerce: Connector["coerce"] };

function previewOf(column: TableField, { mapping, fields, coerce }: Previewing): PreviewColumn {
	const { id: to, name, type } = column;
	const value = valueFor(to, fields, mapping);
	const result = value === null ? null : coerce(value, column);
	if (result === null) return { to, name, type, value: null, problem: null };
	if (!result.ok) {
		return { to, name, type, value: null, problem: { code: "delivery/value-refused", message: result.message } };
	}
	return { to, name, type, value: JSON.stringify(result.cell), problem: null };
}

function problemsOf({ mapping, matchKey = [], constants }: TargetPreviewRequest, table: Table) {
	try {
		normaliseTarget({ mapping, matchKey, constants }, table);
		return [];
	} catch (error) {
		if (error instanceof SheafError) return [{ code: error.code, message: error.message }];
		throw error;
	}
}
