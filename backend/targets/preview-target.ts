import { connectorOf } from "../connections/ask-provider.ts";
import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { getConnection } from "../connections/read-connections.ts";
import type { TableField } from "../contract/connections.ts";
import type { PreviewColumn, PreviewProblem, TargetPreview, TargetPreviewRequest } from "../contract/targets.ts";
import type { Principal } from "../db/principal.ts";
import { shownCell } from "../records/read-conflict.ts";
import { lacksOption } from "./check-constants.ts";
import { unreadStep, valueFor } from "./column-value.ts";
import { discoverTable } from "./discover-for-target.ts";
import { type CheckedMapping, isBlocking, mappingProblems } from "./mapping-problems.ts";
import { namedColumn } from "./normalise-target.ts";
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
	const { targetId, mapping, constants = [], matchKey = null, fields = {} } = wanted;
	const before = targetId === undefined ? [] : (await getTarget(deps, principal, targetId)).columns;
	const table = await discoverTable(deps, principal, wanted);
	const { provider } = await getConnection(deps, principal, wanted.connectionId);
	const connector = connectorOf(deps, provider);
	return previewOf({ table, mapping, constants, matchKey, before, fields, connector });
}

/** Pure. */
export function previewOf(checked: CheckedMapping): TargetPreview {
	const problems = mappingProblems(checked);
	const broken = new Map(problems.filter(isBlocking).map((problem) => [problem.column?.id ?? "", problem]));
	const filled = new Map<string, TableField>();
	const missing = new Map<string, PreviewProblem | undefined>();
	for (const { to } of [...checked.mapping, ...checked.constants]) {
		const column = namedColumn(to, checked.table);
		if (column === null) missing.set(to, broken.get(to));
		else filled.set(column.id, column);
	}
	const known = checked.table.fields.filter(({ id }) => filled.has(id));
	const named = [...filled.values()].filter((column) => !known.includes(column));
	return {
		columns: [
			...[...known, ...named].map((column) => columnPreview(column, checked, broken.get(column.id))),
			...[...missing].map(([to, problem]) => ({
				to,
				name: problem?.column?.name ?? to,
				type: "missing",
				value: null,
				problem: problem === undefined ? null : { code: problem.code, message: problem.message },
			})),
		],
		problems,
	};
}

function columnPreview(column: TableField, checked: CheckedMapping, broken: PreviewProblem | undefined): PreviewColumn {
	const { id: to, name, type } = column;
	const refused = (problem: PreviewColumn["problem"]) => ({ to, name, type, value: null, problem });
	if (broken !== undefined)
		return refused({ code: broken.code, message: broken.message, details: { case: "column", columnName: name } });
	const read = valueFor(to, checked.fields, byId(checked));
	if (!read.ok) return refused({ code: "delivery/value-refused", ...unreadStep(name, read) });
	if (read.value === null) return { to, name, type, value: null, problem: null };
	const result = checked.connector.coerce(read.value, column);
	if (result.ok) return { to, name, type, value: shownCell(result.cell), problem: null };
	const { message, details } = result;
	const code = lacksOption(read.value, column) ? "delivery/option-missing" : "delivery/value-refused";
	return refused({ code, message, ...(details === undefined ? {} : { details }) });
}

/** The rule as it would be saved: columns that are named by their names are meant by their ids. */
function byId({ mapping, constants, table }: CheckedMapping) {
	const idOf = (to: string) => namedColumn(to, table)?.id ?? to;
	return {
		mapping: mapping.map((entry) => ({ ...entry, to: idOf(entry.to) })),
		constants: constants.map((entry) => ({ ...entry, to: idOf(entry.to) })),
	};
}
