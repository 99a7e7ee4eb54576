import { setTimeout as delay } from "node:timers/promises";

/** Waits, or not any longer once the signal is aborted. Never rejects: the caller looks at the signal itself. */
export async function wait(delayMs: number, signal: AbortSignal): Promise<void> {
	if (delayMs <= 0 || signal.aborted) return;
	try {
		await delay(delayMs, undefined, { signal });
	} catch {
		// Aborted, which is an answer and not a failure.
	}
}
