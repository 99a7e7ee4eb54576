import type { Logger } from "pino";
import { isDatabaseUnavailable } from "../db/unavailable.ts";
import type { StopList } from "./stop-list.ts";

export type Stopping = {
	/** Aborted when stopping begins. */
	signal: AbortSignal;
	/** Ends the process with exit code 1 because going on makes no sense; does nothing when stopping already. */
	giveUp(reason: string): void;
	/** Stops everything and leaves the process to its caller, who has something to say. */
	withdraw(): Promise<void>;
};

/**
 * SIGINT and SIGTERM stop everything in order; a second one ends the process at once (the embedded server's guardian sees to the
 * server). A defect that nobody caught does the same with exit code 1. A database that goes away is no defect: drivers say so
 * in places where nobody listens, and every part reconnects.
 */
export function stopOnSignals(stopList: StopList, log: Logger): Stopping {
	const stopping = new AbortController();
	const stop = (exitCode: number) => {
		if (stopping.signal.aborted) process.exit(exitCode === 0 ? 130 : exitCode);
		stopping.abort();
		void stopList.stopAll().then(() => process.exit(exitCode));
	};
	process.on("SIGINT", () => stop(0));
	process.on("SIGTERM", () => stop(0));
	const onDefect = (error: unknown) => {
		if (isDatabaseUnavailable(error)) return log.warn({ err: error }, "the database went away");
		log.fatal({ err: error }, "a defect nobody caught");
		if (!stopping.signal.aborted) stop(1);
	};
	process.on("uncaughtException", onDefect);
	process.on("unhandledRejection", onDefect);
	const giveUp = (reason: string) => {
		if (stopping.signal.aborted) return;
		log.fatal(reason);
		stop(1);
	};
	const withdraw = () => {
		stopping.abort();
		return stopList.stopAll();
	};
	return { signal: stopping.signal, giveUp, withdraw };
}
