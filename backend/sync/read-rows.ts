import type { ConnectorFailure, ConnectorResult, RemoteRow, WantedRows } from "../connectors/connector.ts";
import { cellText } from "../records/cell-fingerprint.ts";
import type { ClaimedTarget } from "./claim.ts";
import type { LaneRun } from "./lane-run.ts";
import type { PlannedRow } from "./plan-rows.ts";
import { askRenewing, heard, type NotSent, pushTargetOf } from "./push-rows.ts";

/** What `WantedRows` takes at most. */
const maxWanted = 100;

/** The rows that are there for each planned row: none, the one it is to be merged with, or several that its key fits. */
export type Found = { kind: "ok"; value: ReadonlyMap<string, readonly RemoteRow[]> } | ConnectorFailure | NotSent;

/** Looks rows up as they are there now, by the row that was chosen or else by match key. */
export async function readRows(run: LaneRun, target: ClaimedTarget, rows: readonly PlannedRow[]): Promise<Found> {
	const found = new Map<string, readonly RemoteRow[]>();
	const chosen = rows.filter(({ decision }) => decision?.remoteId !== undefined);
	const others = rows.filter(({ decision }) => decision?.remoteId === undefined);
	for (const some of chunksOf(chosen)) {
		const ids = some.flatMap(({ decision }) => decision?.remoteId ?? []);
		const result = await ask(run, target, { by: "id", ids });
		if (result.kind !== "ok") return result;
		for (const { recordId, decision } of some) {
			found.set(
				recordId,
				result.value.filter(({ remoteId }) => remoteId === decision?.remoteId),
			);
		}
	}
	for (const some of chunksOf(others)) {
		const result = await readByKey(run, target, some);
		if (result.kind !== "ok") return result;
		for (const [recordId, remote] of result.value) found.set(recordId, remote);
	}
	return { kind: "ok", value: found };
}

async function readByKey(run: LaneRun, target: ClaimedTarget, rows: readonly PlannedRow[]): Promise<Found> {
	const result = await ask(run, target, { by: "key", keys: rows.map((row) => keyCells(row.cells, target)) });
	if (result.kind !== "ok") return result;
	const [only] = rows;
	// Asked for one key, all that comes back has it, also where the provider is laxer about spelling than we are.
	if (rows.length === 1 && only !== undefined) return { kind: "ok", value: new Map([[only.recordId, result.value]]) };
	const byKey = new Map<string, RemoteRow[]>();
	for (const remote of result.value) {
		const key = keyText(remote.cells, target);
		byKey.set(key, [...(byKey.get(key) ?? []), remote]);
	}
	const found = new Map<string, readonly RemoteRow[]>(
		rows.map((row) => [row.recordId, byKey.get(keyText(row.cells, target)) ?? []]),
	);
	if ([...found.values()].flat().length === result.value.length) return { kind: "ok", value: found };
	// Some answer to a key in another spelling: whose they are shows when each of the others is asked for alone.
	for (const row of rows.filter(({ recordId }) => found.get(recordId)?.length === 0)) {
		const alone = await readByKey(run, target, [row]);
		if (alone.kind !== "ok") return alone;
		found.set(row.recordId, alone.value.get(row.recordId) ?? []);
	}
	return { kind: "ok", value: found };
}

async function ask(
	run: LaneRun,
	target: ClaimedTarget,
	wanted: WantedRows,
): Promise<ConnectorResult<RemoteRow[]> | NotSent> {
	const { connector, deps, workspaceId } = run;
	const { title } = connector.manifest;
	const { result, held } = await askRenewing<ConnectorResult<RemoteRow[]>>(run, target, async (call) => {
		try {
			if (connector.read === undefined) throw new Error(`${title} cannot be read from, and a policy wants it.`);
			return await connector.read(call, pushTargetOf(target), wanted);
		} catch (error) {
			deps.log.error({ workspaceId, provider: connector.manifest.id, err: error }, "a connector threw");
			const message = `What ${title} holds for this record could not be read. Edit the record, then send it again.`;
			return { kind: "refused", reason: "delivery/provider-error", message };
		}
	});
	return await heard(run, held, result);
}

function keyCells(cells: Readonly<Record<string, unknown>>, { matchKey }: ClaimedTarget): Record<string, unknown> {
	return Object.fromEntries(matchKey.map((columnId) => [columnId, cells[columnId] ?? null]));
}

function keyText(cells: Readonly<Record<string, unknown>>, target: ClaimedTarget): string {
	return cellText(keyCells(cells, target));
}

function chunksOf(rows: readonly PlannedRow[]): PlannedRow[][] {
	const count = Math.ceil(rows.length / maxWanted);
	return Array.from({ length: count }, (_, index) => rows.slice(index * maxWanted, (index + 1) * maxWanted));
}
