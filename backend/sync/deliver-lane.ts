import { checkpoint } from "../telemetry/checkpoint.ts";
import { inSpans, traceOfRecord } from "../telemetry/tracing.ts";
import { blockedForMs } from "./budget.ts";
import { type Claim, claim } from "./claim.ts";
import { deliverBatch } from "./deliver-batch.ts";
import { type EngineDeps, workerOf } from "./engine-deps.ts";
import { type LaneRun, openLane } from "./lane-run.ts";
import { releaseCutOff, renewLeases } from "./leases.ts";
import { wait } from "./wait.ts";

/** Pushes of one lane on their way at once, so that a provider that answers slowly still gets all it allows. */
const usualInFlight = 4;

/** With no place free for so long, what another target has due is worth a look. */
const longTakenMs = 250;

/** After so many rows, or so long, a job ends and rings again: other lanes wait for a free worker too. */
const maxRows = 2_000;
const maxRunMs = 30_000;

/** Well inside the lease, so that one renewal may fail. */
const renewEveryMs = 2_000;

/**
 * Delivers what is due in a lane until nothing is, the provider or the account stands in the way, or its share of time is over.
 *
 * @returns `more`: it stopped because of its share, and has to be rung again
 * @throws what the database throws; the leases run out then and the rows go out again, which an upsert makes harmless (SYNC-3)
 */
export async function deliverLane(
	deps: EngineDeps,
	payload: { workspaceId: string; lane: string },
	signal: AbortSignal,
): Promise<{ more: boolean }> {
	const run = await openLane(deps, payload, signal);
	if (signal.aborted) return { more: false };
	// Rung during a penalty: nothing is claimed, and the sweep rings again when it is over.
	if (run === null || (await blockedForMs(deps.database.asService, run.budgetScope)) > 0) {
		// What a killed worker held waits with the rest. No claim gives it back here, and it would be "delivering" until the account is mended.
		await deps.database.asTenant(workerOf(payload.workspaceId), (sql) => releaseCutOff(sql, payload.lane));
		return { more: false };
	}
	const share: Share = { rows: 0, endsAt: performance.now() + maxRunMs };
	const done = new AbortController();
	const renewing = keepLeases(run, done.signal);
	try {
		const inFlight = run.connector.manifest.limits.inFlight ?? usualInFlight;
		const inTurn = Promise.allSettled(Array.from({ length: inFlight }, () => deliverInTurn(run, share)));
		const over = new AbortController();
		const past = inFlight === 1 ? [] : [deliverPast(run, share, over.signal)];
		void inTurn.then(() => over.abort());
		const ends = [...(await inTurn), ...(await Promise.allSettled(past))];
		// All of them are let finish first: none may go on working on rows whose leases nobody renews any more.
		for (const end of ends) if (end.status === "rejected") throw end.reason;
		return { more: !run.halted && !signal.aborted && isUsedUp(share) };
	} finally {
		done.abort();
		await renewing;
	}
}

type Share = { rows: number; endsAt: number };

function isUsedUp({ rows, endsAt }: Share): boolean {
	return rows >= maxRows || performance.now() >= endsAt;
}

async function deliverInTurn(run: LaneRun, share: Share): Promise<void> {
	try {
		while (mayGoOn(run, share)) {
			const claimed = await claimNext(run);
			if (claimed === null) return;
			await carryOut(run, share, claimed);
		}
	} catch (error) {
		run.halted = true;
		throw error;
	}
}

/**
 * One place more, for targets that no other place works for. A push of many requests at a slow pace keeps its place for many seconds; with all
 * of them taken by one target's backlog, another one's single record would wait for the first to be free, and at the end of the job's share for
 * the last. So this place ends with the others and not with the share.
 */
async function deliverPast(run: LaneRun, share: Share, over: AbortSignal): Promise<void> {
	try {
		for (;;) {
			await wait(longTakenMs, over);
			if (over.aborted || run.halted || run.signal.aborted) return;
			if (performance.now() - run.claimedAt < longTakenMs) continue;
			const claimed = await claimNext(run, run.working);
			if (claimed !== null) await carryOut(run, share, claimed);
		}
	} catch (error) {
		run.halted = true;
		throw error;
	}
}

function mayGoOn({ halted, signal }: LaneRun, share: Share): boolean {
	return !halted && !signal.aborted && !isUsedUp(share);
}

async function carryOut(run: LaneRun, share: Share, claimed: Claim): Promise<void> {
	share.rows += claimed.rows.length;
	run.claimedAt = performance.now();
	run.working = [...run.working, claimed.target.id];
	await checkpoint("deliver/after-claim");
	try {
		const { rows } = claimed;
		const attributes = { "sheaf.provider": run.connector.manifest.id, "sheaf.batch": rows.length };
		const traces = () => rows.map(({ recordId, version }) => traceOfRecord(recordId, version));
		await inSpans(traces, { name: "run", attributes }, () => deliverBatch(run, claimed));
	} finally {
		run.working = run.working.toSpliced(run.working.indexOf(claimed.target.id), 1);
	}
}

async function claimNext(run: LaneRun, exceptTargetIds: readonly string[] = []): Promise<Claim | null> {
	const { deps, workspaceId, lane, laneText, leaseOwner, connector } = run;
	const emptyHanded = new Set<string>();
	for (;;) {
		const claimed = await claimOnce(() =>
			claim(deps.database.asTenant, {
				workspaceId,
				lane,
				laneText,
				leaseOwner,
				maxRows: connector.manifest.limits.recordsPerRequest,
				afterTargetId: run.lastTargetId,
				exceptTargetIds,
			}),
		);
		if (claimed === null) return null;
		run.lastTargetId = claimed.target.id;
		if (claimed.rows.length > 0) return claimed;
		// What is due there is all in other hands this moment; whoever has it rings or is swept after.
		if (emptyHanded.has(claimed.target.id)) return null;
		emptyHanded.add(claimed.target.id);
	}
}

/** The index that allows one row per key in flight refuses a claim that raced with another one; the next look sees that one. */
async function claimOnce<Result>(take: () => Promise<Result>, attemptsLeft = 3): Promise<Result> {
	try {
		return await take();
	} catch (error) {
		const raced = error instanceof Error && "constraint_name" in error && error.constraint_name === oneInFlight;
		if (!raced || attemptsLeft === 0) throw error;
		return await claimOnce(take, attemptsLeft - 1);
	}
}

const oneInFlight = "deliveries_one_in_flight";

async function keepLeases(run: LaneRun, done: AbortSignal): Promise<void> {
	const { deps, workspaceId, leaseOwner } = run;
	for (;;) {
		await wait(renewEveryMs, done);
		if (done.aborted) return;
		try {
			await renewLeases(deps.database.asTenant, { workspaceId, leaseOwner });
		} catch (error) {
			// The next round tries again; if the lease is lost, the epoch keeps the late result from being written.
			deps.log.warn({ workspaceId, lane: run.laneText, err: error }, "leases could not be renewed");
		}
	}
}
