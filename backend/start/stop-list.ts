import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";

/** What has to be closed, in the order it was opened; closed in the opposite one. */
export type StopList = {
	/** @param deadlineMs after which it is left behind; a store that is away may never answer a goodbye */
	add(name: string, stop: () => Promise<void>, deadlineMs?: number): void;
	/** Closes everything once; a part that fails or takes too long is told and does not keep the others open. */
	stopAll(): Promise<void>;
};

const defaultDeadlineMs = 5_000;

type Part = { name: string; stop: () => Promise<void>; deadlineMs: number };

export function createStopList(log: Logger): StopList {
	const parts: Part[] = [];
	let stopping: Promise<void> | undefined;
	const stopInTurn = async () => {
		for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
			try {
				const late = delay(part.deadlineMs, "late" as const, { ref: false });
				if ((await Promise.race([part.stop(), late])) === "late")
					log.warn({ part: part.name }, "a part did not stop in time");
			} catch (error) {
				log.error({ err: error, part: part.name }, "a part did not stop cleanly");
			}
		}
	};
	return {
		add: (name, stop, deadlineMs = defaultDeadlineMs) => void parts.push({ name, stop, deadlineMs }),
		stopAll: () => {
			stopping ??= stopInTurn();
			return stopping;
		},
	};
}
