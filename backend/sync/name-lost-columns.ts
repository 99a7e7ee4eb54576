import type { ConnectorResult, Told } from "../connectors/connector.ts";
import type { Table } from "../contract/connections.ts";
import { likelyColumn } from "../targets/likely-column.ts";
import type { ClaimedTarget } from "./claim.ts";
import type { LaneRun } from "./lane-run.ts";
import { problemOf } from "./problem-of.ts";
import { askRenewing } from "./push-rows.ts";
import type { Settlement } from "./settlement.ts";

/**
 * A verdict that columns of the target are gone, with their names: few providers say which ones they miss, so the table is looked at once more.
 * Asked once for a pause, which ends when the person has mended the mapping. Where the look fails the provider's own sentence stays.
 */
export async function nameLostColumns(
	run: LaneRun,
	target: ClaimedTarget,
	settlements: readonly Settlement[],
): Promise<readonly Settlement[]> {
	const isAbout = ({ outcome, reason }: Settlement) =>
		outcome === "mend_target" && reason === "delivery/column-missing";
	if (!settlements.some(isAbout)) return settlements;
	const table = await lookAgain(run, target);
	const lost = table === null ? null : lostColumns(target, table, run.connector.manifest.title);
	if (lost === null) return settlements;
	const problem = problemOf({ reason: "delivery/column-missing", ...lost }, "mend_target");
	return settlements.map((settlement) => (isAbout(settlement) ? { ...settlement, problem } : settlement));
}

async function lookAgain(run: LaneRun, target: ClaimedTarget): Promise<Table | null> {
	const { connector, deps, workspaceId } = run;
	const { title, id: provider } = connector.manifest;
	const { result } = await askRenewing<ConnectorResult<Table[]>>(run, target, async (call) => {
		try {
			return await connector.discover(call);
		} catch (error) {
			deps.log.error({ workspaceId, provider, err: error }, "a connector threw");
			return { kind: "refused", reason: "delivery/provider-error", message: `${title} could not be looked at.` };
		}
	});
	if (result.kind !== "ok") return null;
	const { tableId, containerId } = target;
	return result.value.find((table) => table.id === tableId && table.container.id === containerId) ?? null;
}

/** Null when all are there: they may have come back. A renamed column is found by its id, and is none of them. Pure. */
export function lostColumns(
	target: Pick<ClaimedTarget, "columns">,
	table: Table,
	title: string,
): Omit<Told, "reason"> | null {
	const there = new Set(table.fields.map(({ id }) => id));
	const lost = target.columns.filter(({ id }) => !there.has(id));
	const [first, ...more] = lost;
	if (first === undefined || table.takesAnyColumn) return null;
	const tableName = table.name.slice(0, 200);
	const where = `no longer in the table “${table.name}” of ${title}`;
	if (more.length > 0) {
		const names = lost.map(({ name }) => `“${name}”`).join(", ");
		const message = `The columns ${names} are ${where}. Records wait here until the mapping is mended.`;
		return { message, details: { case: "lost-columns", columns: names.slice(0, 400), tableName } };
	}
	const filled = new Set(target.columns.map(({ id }) => id));
	const free = table.fields.filter(({ id }) => !filled.has(id));
	const likely = likelyColumn(first, free);
	const hint = likely === null ? "" : ` It may be called “${likely.name}” now.`;
	const details = { columnName: first.name.slice(0, 200), tableName };
	return {
		message: `The column “${first.name}” is ${where}.${hint} Records wait here until the mapping is mended.`,
		details:
			likely === null
				? { case: "lost-column", ...details }
				: { case: "renamed-column", ...details, likely: likely.name.slice(0, 200) },
	};
}
