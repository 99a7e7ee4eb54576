import type { Logger } from "pino";

/** What has to be closed, in the order it was opened; closed in the opposite one. */
export type StopList = {
	add(name: string, stop: () => Promise<void>): void;
	/** Closes everything once; a part that fails is told and does not keep the others open. */
	stopAll(): Promise<void>;
};

export function createStopList(log: Logger): StopList {
	const parts: { name: string; stop: () => Promise<void> }[] = [];
	let stopping: Promise<void> | undefined;
	const stopInTurn = async () => {
		for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
			try {
				await part.stop();
			} catch (error) {
				log.error({ err: error, part: part.name }, "a part did not stop cleanly");
			}
		}
	};
	return {
		add: (name, stop) => void parts.push({ name, stop }),
		stopAll: () => {
			stopping ??= stopInTurn();
			return stopping;
		},
	};
}
