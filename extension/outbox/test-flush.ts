import type { Operation, OperationResult } from "../../backend/contract/writes.ts";
import { ApiFailure, type ApiFailureCode } from "../api/api-failure.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { type FlushDeps, type FlushOutcome, flushOutbox } from "./flush.ts";
import type { OpenOutbox } from "./outbox.ts";
import { aCapture, home, stored } from "./test-outbox.ts";

export type Answer = (operations: readonly Operation[]) => OperationResult[] | Promise<OperationResult[]>;

const takesAll: Answer = (operations) => operations.map(stored);
/** Answers with a failure. */
export const fails =
	(code: ApiFailureCode, status?: number, retryAfterMs?: number): Answer =>
	() => {
		const more = { ...(status === undefined ? {} : { status }), retryAfterMs: retryAfterMs ?? null };
		throw new ApiFailure(code, "A sentence.", more);
	};

/** A backend that gives the scripted answers in turn, and then takes everything. */
export function scripted(...answers: Answer[]) {
	const requests: Operation[][] = [];
	const writeBatch = async (operations: readonly Operation[]) => {
		requests.push([...operations]);
		return await (answers.shift() ?? takesAll)(operations);
	};
	return { requests, writeBatch };
}

export const noon = 1_800_000_000_000;

/** One run at noon with fixed jitter, under a lock of its own. */
export function flush(
	outbox: OpenOutbox,
	client: ReturnType<FlushDeps["clientFor"]>,
	more: Partial<FlushDeps> = {},
): Promise<FlushOutcome> {
	const locks = memoryLocks();
	const where = { database: outbox.database, workspaceId: home, clientFor: () => client };
	return flushOutbox({ ...where, locks, now: () => noon, random: () => 0.5, ...more });
}

export async function savedMany(outbox: OpenOutbox, count: number): Promise<void> {
	for (let made = 0; made < count; made += 1) await outbox.save(aCapture(`record ${made}`));
}
