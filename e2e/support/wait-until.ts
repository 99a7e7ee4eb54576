import { setTimeout as delay } from "node:timers/promises";

export type WaitOptions = { timeoutMs?: number; everyMs?: number };

/**
 * Asks again until the answer is neither null, undefined nor false, and gives it back. Throws with the last error, or
 * with `what`, when the time is up. The wait for a condition that every test uses instead of a sleep.
 */
export async function waitUntil<Value>(
	what: string,
	ask: () => Promise<Value | null | undefined | false> | Value | null | undefined | false,
	{ timeoutMs = 20_000, everyMs = 50 }: WaitOptions = {},
): Promise<Value> {
	const deadline = Date.now() + timeoutMs;
	let reason = "";
	for (;;) {
		try {
			const answer = await ask();
			if (answer !== null && answer !== undefined && answer !== false) return answer;
			reason = "";
		} catch (error) {
			reason = error instanceof Error ? `: ${error.message}` : `: ${String(error)}`;
		}
		if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for ${what}${reason}`);
		await delay(everyMs);
	}
}
