import type { LocalRecord } from "../../outbox/types.ts";

/**
 * Whether the record's person is no longer in the workspace it was for (`outbox/queue.ts`). Trying it again sends it to the workspace
 * that is open: never without a button that says so.
 */
export function hasLostWorkspace({ problem }: Pick<LocalRecord, "problem">): boolean {
	return problem?.code === "client/workspace-gone";
}

/** What "Try all again" is about: records that go again to where they were going. */
export function retryable(records: readonly LocalRecord[]): LocalRecord[] {
	const again = records.filter(({ state, problem }) => state === "needs_you" && problem?.action === "retry");
	return again.filter((record) => !hasLostWorkspace(record));
}
