import { freshCredential } from "../connections/fresh-credential.ts";
import type { Connector, ConnectorFailure, RemoteRow } from "../connectors/connector.ts";
import { blockScope } from "../sync/budget.ts";
import { workerOf } from "../sync/engine-deps.ts";
import { doorsOf } from "../sync/paced-http.ts";
import { claimLooks, type DueTarget, findDueTargets, type Look, type LookedRow } from "./claim-looks.ts";
import { compareRow } from "./compare-row.ts";
import { lookEveryOf, nextLookMs } from "./rhythm.ts";
import { type Found, postponeLooks, settleLooks } from "./settle-looks.ts";
import { spareDoors } from "./spare-doors.ts";
import type { WatchDeps } from "./watch-deps.ts";

/** What `WantedRows` takes at most. */
const maxRows = 100;
/** Of a provider that takes one row per request, and so reads one per request too. */
const maxSingleRows = 10;
/** After a failure that says nothing of when. */
const restMs = 3_600_000;

/** One round: a look at each target that has rows to look at. One that fails is told of, and keeps none of the others from theirs. */
export async function lookOnce(deps: WatchDeps, signal: AbortSignal): Promise<void> {
	const readable = [...deps.connectors.values()].filter(({ read }) => read !== undefined);
	const providers = readable.map(({ manifest }) => manifest.id);
	for (const due of await findDueTargets(deps.database.asService, providers)) {
		if (signal.aborted) return;
		try {
			await lookAtTarget(deps, due, signal);
		} catch (error) {
			deps.log.warn({ targetId: due.targetId, err: error }, "a target's rows could not be looked at");
		}
	}
}

/** Looks at some rows of one target as they are there now, and notes what became of them (SYNC-6). */
async function lookAtTarget(deps: WatchDeps, due: DueTarget, signal: AbortSignal): Promise<void> {
	const { workspaceId, targetId } = due;
	const connector = deps.connectors.get(due.provider);
	if (connector === undefined) return;
	const { recordsPerRequest } = connector.manifest.limits;
	const lookEveryMs = lookEveryOf(connector.manifest);
	const claim = {
		targetId,
		maxRows: recordsPerRequest === 1 ? maxSingleRows : maxRows,
		togetherMs: lookEveryMs,
	};
	const worker = workerOf(workspaceId);
	const look = await deps.database.asTenant(worker, (sql) => claimLooks(sql, claim));
	if (look === null) return;
	const read = await readRows(deps, { workspaceId, connector, look }, signal);
	if (read.kind === "ok") {
		const found = foundRows(look, { remote: read.value, lookEveryMs });
		await deps.database.asTenant(worker, (sql) => settleLooks(sql, { targetId, found }));
		return;
	}
	// Given up for somebody else's sake: the claim runs out in some minutes.
	if (read.kind === "not_now") return;
	const recordIds = look.rows.map(({ recordId }) => recordId);
	const forMs = read.kind === "later" ? Math.max(read.afterMs, lookEveryMs) : restMs;
	await deps.database.asTenant(worker, (sql) => postponeLooks(sql, { targetId, recordIds, forMs }));
}

type Looking = { workspaceId: string; connector: Connector; look: Look };
type Read = { kind: "ok"; value: RemoteRow[] } | { kind: "not_now" } | ConnectorFailure;

/**
 * A refusal here is no verdict on the account or the target: deliveries and the check of the account say so, in words and with a button.
 * All that a failed look means is that nothing is known.
 */
async function readRows(
	deps: WatchDeps,
	{ workspaceId, connector, look }: Looking,
	signal: AbortSignal,
): Promise<Read> {
	const { connectionId, ...target } = look.target;
	const fresh = await freshCredential(deps, { workspaceId, connectionId }, { signal });
	if (fresh.kind === "later") return fresh;
	if (fresh.kind !== "open" || connector.read === undefined) return { kind: "not_now" };
	const { limits, budgetScope } = connector.manifest;
	const scope = budgetScope({ containerId: target.containerId, connectionId });
	const asking = { scope, requestsPerSecond: limits.requestsPerSecond, party: `looked at for ${target.id}` };
	const { doors, heldBack } = spareDoors(deps.database.asService, asking, doorsOf(connector.manifest, deps));
	const ids = look.rows.map(({ remoteId }) => remoteId);
	const call = { credential: fresh.credential, signal, ...doors };
	const read = await connector.read(call, target, { by: "id", ids });
	if (heldBack() !== null || signal.aborted) return { kind: "not_now" };
	if (read.kind === "later" && read.countsAgainstBudget) await blockScope(deps.database.asService, scope, read.afterMs);
	return read;
}

function foundRows(
	{ target, rows }: Look,
	{ remote, lookEveryMs }: { remote: readonly RemoteRow[]; lookEveryMs: number },
): Found[] {
	const byId = new Map(remote.map((row) => [row.remoteId, row]));
	return rows.map((row) => {
		const { recordId, epoch, ageMs } = row;
		const next = nextLookMs(ageMs, { lookEveryMs, watched: target.watched });
		return { recordId, epoch, nextLookMs: next, ...standing(target, row, byId.get(row.remoteId)) };
	});
}

function standing(
	{ columns }: Look["target"],
	row: LookedRow,
	there: RemoteRow | undefined,
): Pick<Found, "state" | "changedAt" | "seen"> {
	if (there === undefined) return { state: "gone", changedAt: null, seen: {} };
	const { changed, seen } = compareRow(row, columns, there.cells);
	return { state: changed ? "changed" : null, changedAt: changed ? there.changedAt : null, seen };
}
