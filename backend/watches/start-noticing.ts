import { wait } from "../sync/wait.ts";
import { keepOnce } from "./keep-watches.ts";
import { lookOnce } from "./look-at-rows.ts";
import type { WatchDeps } from "./watch-deps.ts";

const everyMs = 5_000;

/**
 * Notices what happens to delivered rows at their destinations (SYNC-6) until the signal is aborted: keeps the watches by which providers
 * tell of it, and looks at the rows. Two loops and no schedule of the queue: what is due stands in the tables, so that nothing is
 * forgotten with the queue, and every worker may run them.
 */
export async function startNoticing(deps: WatchDeps, signal: AbortSignal, intervalMs: number = everyMs): Promise<void> {
	const loop = async (what: string, once: (deps: WatchDeps, signal: AbortSignal) => Promise<void>) => {
		while (!signal.aborted) {
			try {
				await once(deps, signal);
			} catch (error) {
				deps.log.warn({ err: error }, `${what}; it is tried again`);
			}
			await wait(intervalMs, signal);
		}
	};
	await Promise.all([loop("watches could not be kept", keepOnce), loop("rows could not be looked at", lookOnce)]);
}
