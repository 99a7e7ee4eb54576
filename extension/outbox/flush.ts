import type { OperationResult } from "../../backend/contract/writes.ts";
import type { Client } from "../api/client.ts";
import { asCode, codeOf, note, ownId } from "../diagnostics/note.ts";
import type { OneAtATime } from "../messages/one-at-a-time.ts";
import { type Access, openWith } from "./access.ts";
import { drawBackOff } from "./back-off.ts";
import type { Sendable } from "./batch.ts";
import type { OutboxDatabase } from "./database.ts";
import {
	endImpossibleWaits,
	expel,
	type Place,
	recoverAbandoned,
	type Settlement,
	settle,
	takeDue,
	waitsOf,
	workspacesWithUnsent,
} from "./queue.ts";
import { noWorkspace } from "./schema.ts";
import { type BatchVerdict, maxHoldMs, outcomeOf, verdictOn } from "./verdict.ts";

export type FlushDeps = {
	database: OutboxDatabase;
	/** The current workspace: its records go first, and with them those that have none yet. */
	workspaceId: string;
	/** A client whose requests go to that workspace, whichever is current. */
	clientFor: (workspaceId: string) => Pick<Client, "writeBatch">;
	/**
	 * Whether another workspace than the current is closed to the person. Asked before anything is sent there, because what was
	 * refused there is not sent and would else never be heard of again.
	 */
	isGone?: (workspaceId: string) => Promise<boolean>;
	/** As the account says now. Asked before every batch: a switch or another role may come between two. */
	access?: () => Promise<Access>;
	/** Has the account asked for anew, because a role was refused. @returns whether there was an answer */
	lookAgain?: () => Promise<boolean>;
	locks: OneAtATime;
	signal?: AbortSignal;
	now?: () => number;
	/** Between 0 and 1; tests fix it. */
	random?: () => number;
};

export type FlushOutcome = {
	/**
	 * `done`: nothing is due. `later`: something was not answered. `held`: the server asked for silence. `signed-out`:
	 * everything waits for a sign-in. `busy`: another context is flushing. `stopped`: the signal was given.
	 */
	kind: "done" | "later" | "held" | "signed-out" | "busy" | "stopped";
	/** How many operations the backend took. */
	accepted: number;
	/** When it is worth coming back (epoch milliseconds), or null when nothing waits. */
	nextAt: number | null;
};

type Run = Required<Omit<FlushDeps, "signal" | "locks">> & { signal: AbortSignal | undefined; accepted: number };
/** One workspace's part of a run. `refusals`: how often its server has refused a role that the account says may write. */
type Trip = { run: Run; workspaceId: string; client: Pick<Client, "writeBatch">; refusals: number };
type Stop = Exclude<FlushOutcome["kind"], "done" | "busy">;

/** A sign-in starts a flush by itself; this is for a refusal that passes without one. */
const signedOutRecheckMs = 60_000;
/** What is due at the end of a run has just failed or is another flusher's: not without a pause. */
const recheckMs = 250;
/** Nobody tells this device that a role was raised in a workspace that is not open. */
const roleRecheckMs = 900_000;

/**
 * Sends everything that is due (OUT-2): one flusher at a time over all contexts, workspace after workspace, batch after
 * batch until nothing is due or something says stop. Can be cut off anywhere: what was on its way is found by the next run
 * and goes again under its own id. @throws OutboxError when the local database fails; ApiFailure never.
 */
export async function flushOutbox(deps: FlushDeps): Promise<FlushOutcome> {
	const { isGone = async () => false, now = Date.now, random = Math.random } = deps;
	const { database, workspaceId, clientFor, signal } = deps;
	const { access = async () => ({ workspaceId, mayWrite: () => true }), lookAgain = async () => true } = deps;
	const given = { database, workspaceId, clientFor, isGone, access, lookAgain };
	const run: Run = { ...given, now, random, signal, accepted: 0 };
	const kind = await deps.locks.ifFree(`${database.name}/flush`, () => flushUntilDone(run));
	return { kind: kind ?? "busy", accepted: run.accepted, nextAt: await nextAtAfter(run, kind) };
}

async function nextAtAfter(run: Run, kind: FlushOutcome["kind"] | null): Promise<number | null> {
	const { dueAt, held } = await waitsOf(run.database, openWith(await run.access()));
	if (dueAt === null) return held ? run.now() + roleRecheckMs : null;
	const pauseMs = kind === "signed-out" ? signedOutRecheckMs : recheckMs;
	return Math.max(dueAt, await heldUntil(run.database, run.now()), run.now() + pauseMs);
}

async function flushUntilDone(run: Run): Promise<"done" | Stop> {
	await recoverAbandoned(run.database);
	await endImpossibleWaits(run.database, run.now());
	let later = false;
	for (const workspaceId of await placesToSend(run)) {
		if (workspaceId !== run.workspaceId && (await run.isGone(workspaceId))) await expel(run.database, workspaceId);
		const stop = await flushPlace({ run, workspaceId, client: run.clientFor(workspaceId), refusals: 0 });
		// A server that fails for one workspace may answer for the next (I5); everything else is true of all of them.
		if (stop === "later") later = true;
		else if (stop) return stop;
	}
	return later ? "later" : "done";
}

async function placesToSend({ database, workspaceId }: Run): Promise<string[]> {
	const unsent = await workspacesWithUnsent(database);
	return [workspaceId, ...unsent.filter((one) => one !== workspaceId && one !== noWorkspace)];
}

async function flushPlace(trip: Trip): Promise<Stop | null> {
	const { run } = trip;
	for (;;) {
		if (run.signal?.aborted) return "stopped";
		if ((await heldUntil(run.database, run.now())) > 0) return "held";
		const place = await placeNow(trip);
		if (place === null) return null;
		const { batch, refused } = await takeDue(run.database, place, run.now());
		if (batch.length === 0 && refused === 0) return null;
		const stop = batch.length === 0 ? null : await sendSplitting(trip, batch);
		if (stop) return stop;
	}
}

/** null: the person only looks there, so that what is for it waits (ID-7). */
async function placeNow({ run, workspaceId }: Trip): Promise<Place | null> {
	const now = await run.access();
	return now.mayWrite(workspaceId) ? { workspaceId, current: workspaceId === now.workspaceId } : null;
}

/** How many single operations may be answered with a server's defect before the server is the one to blame. */
const maxFailedSingles = 2;

/** Sends a batch, in halves where it has to be. @returns why the run ends, or null when it may go on. */
async function sendSplitting(trip: Trip, batch: Sendable[]): Promise<Stop | null> {
	const { run, workspaceId } = trip;
	const parts = [batch];
	let failedSingles = 0;
	for (let part = parts.shift(); part; part = parts.shift()) {
		const { verdict, settlements } = await sendPart(trip, part);
		const single = part.length === 1;
		if (verdict?.kind === "split-or-later" && single) failedSingles += 1;
		const stop = failedSingles >= maxFailedSingles ? "later" : stopFor(verdict);
		if ((verdict?.kind === "split" || verdict?.kind === "split-or-later") && !single && !stop) {
			// It may have been taken for all we know: from here on it belongs to this workspace.
			const halves = part.map((one) => ({ ...one, unplaced: false }));
			const middle = Math.ceil(part.length / 2);
			parts.unshift(halves.slice(0, middle), halves.slice(middle));
			continue;
		}
		const notNow = verdict?.kind === "not-now";
		if (stop || notNow) for (const { operation } of parts.flat()) settlements.set(operation.id, { kind: "unsent" });
		await settle(run.database, settlements, run.now());
		if (verdict?.kind === "expelled") await expel(run.database, workspaceId);
		if (verdict?.kind === "hold") await holdUntil(run.database, run.now() + verdict.forMs);
		if (stop || notNow) return stop;
	}
	return null;
}

/** The role was refused and nothing taken. `not-now`: the account has been asked for anew. `unasked`: it gave no answer. */
type Verdict = BatchVerdict | { kind: "not-now" | "unasked" };
type Sent = { verdict: Verdict | null; settlements: Map<string, Settlement> };

async function sendPart(trip: Trip, part: readonly Sendable[]): Promise<Sent> {
	const { run, client } = trip;
	const operations = part.map(({ operation }) => operation);
	try {
		const results = await client.writeBatch(operations, run.signal);
		return settlementsOf(run, part, results);
	} catch (error) {
		note("batch.unanswered", { code: codeOf(error), operations: operations.length });
		const verdict = await weigh(trip, verdictOn(error));
		return { verdict, settlements: new Map(part.map((one) => [one.operation.id, settlementFor(run, verdict, one)])) };
	}
}

/**
 * Refused for the role: the account is asked for anew, and what it says then decides whether this waits (`placeNow`) or goes
 * again. Refused a second time against what the account says, it is a defect, and the person is shown it.
 */
async function weigh(trip: Trip, verdict: BatchVerdict): Promise<Verdict> {
	if (verdict.kind !== "forbidden") return verdict;
	if (!(await trip.run.lookAgain())) return { kind: "unasked" };
	if ((await placeNow(trip)) !== null) trip.refusals += 1;
	return trip.refusals > 1 ? verdict : { kind: "not-now" };
}

function noteRefused(operation: Sendable["operation"], code: string): void {
	const recordId = ownId(operation.kind === "record.put" ? operation.record.id : operation.recordId);
	note("operation.refused", { code: asCode(code), recordId });
}

/** By id and not by place: an answer that mixes up the order must not settle the wrong record. */
function settlementsOf(run: Run, part: readonly Sendable[], results: readonly OperationResult[]): Sent {
	const byId = new Map(results.map((result) => [result?.id, result]));
	const unanswered: Settlement = { kind: "unanswered", delayMs: drawBackOff(run.random) };
	const settlements = new Map<string, Settlement>();
	for (const { operation } of part) {
		const outcome = outcomeOf(byId.get(operation.id));
		if (outcome === "accepted") run.accepted += 1;
		else if (outcome !== null) noteRefused(operation, outcome.code);
		if (outcome === null) settlements.set(operation.id, unanswered);
		else
			settlements.set(
				operation.id,
				outcome === "accepted" ? { kind: "accepted" } : { kind: "rejected", problem: outcome },
			);
	}
	const nothingSettled = part.every(({ operation }) => settlements.get(operation.id) === unanswered);
	return { verdict: nothingSettled ? { kind: "later" } : null, settlements };
}

function settlementFor(run: Run, verdict: Verdict, one: Sendable): Settlement {
	switch (verdict.kind) {
		case "not-now":
			return { kind: "unsent", unplaced: one.unplaced };
		case "unasked":
			return { kind: "unanswered", delayMs: drawBackOff(run.random), unplaced: one.unplaced };
		case "sign-in":
		case "hold":
		case "expelled":
			return { kind: "unsent" };
		case "split":
		case "forbidden":
			return { kind: "rejected", problem: verdict.problem };
		case "later":
		case "split-or-later":
			return { kind: "unanswered", delayMs: drawBackOff(run.random) };
	}
}

function stopFor(verdict: Verdict | null): Stop | null {
	if (verdict?.kind === "sign-in") return "signed-out";
	if (verdict?.kind === "hold") return "held";
	return verdict?.kind === "later" || verdict?.kind === "unasked" ? "later" : null;
}

/** 0: not held. A silence longer than any that is given was written before the clock was set back. */
async function heldUntil(database: OutboxDatabase, nowMs: number): Promise<number> {
	const until = await database.read((transaction) => transaction.objectStore("meta").get("holdUntil"));
	return typeof until === "number" && until > nowMs && until <= nowMs + maxHoldMs ? until : 0;
}

/** Stored, so that a worker that starts anew keeps away too. */
function holdUntil(database: OutboxDatabase, untilMs: number): Promise<unknown> {
	return database.write((transaction) => transaction.objectStore("meta").put(untilMs, "holdUntil"));
}
