/** Runs work at most so many at a time, in the order it came. */
export type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>;

export function createTurns(atATime: number): Turns {
	const waiting: (() => void)[] = [];
	let running = 0;
	return async (work) => {
		if (running >= atATime) await new Promise<void>((resolve) => waiting.push(resolve));
		else running += 1;
		try {
			return await work();
		} finally {
			// Whoever waits takes this place over: the count stays.
			const next = waiting.shift();
			if (next) next();
			else running -= 1;
		}
	};
}
