import type { Connector } from "../connectors/connector.ts";
import type { TableField } from "../contract/connections.ts";
import type { TargetColumn } from "../contract/targets.ts";

/** What decides about a column besides what is stored of it. `connector`: undefined for a provider that this version does not know. */
export type ColumnRule = {
	connector: { manifest: Pick<Connector["manifest"], "addsChoices">; coerce: Connector["coerce"] } | undefined;
	matchKey: readonly string[];
};

/** A stored column as forms are drawn from it. Pure. */
export function targetColumn(field: TableField, { connector, matchKey }: ColumnRule): TargetColumn {
	const { id, name, type, options, max, linkedTableId, required } = field;
	const hasChoices = type === "select" || type === "multi_select";
	return {
		id,
		name,
		type,
		...(hasChoices && options !== undefined ? { options } : {}),
		...(hasChoices && takesNewOptions(field, connector) ? { takesNewOptions: true as const } : {}),
		...(max === undefined ? {} : { max }),
		...(linkedTableId === undefined ? {} : { linkedTableId }),
		...(required || matchKey.includes(id) ? { required: true as const } : {}),
	};
}

/** A choice that no table has, short and plain enough for every provider that adds any. */
const unheardOf = { type: "text", value: "Asked by Sheaf" } as const;

/** Some columns of a provider that adds choices are closed all the same (a status, an enumeration): the connector knows which. */
function takesNewOptions(field: TableField, connector: ColumnRule["connector"]): boolean {
	return connector?.manifest.addsChoices === true && connector.coerce(unheardOf, field).ok;
}
