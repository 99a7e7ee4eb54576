import type { OneAtATime } from "./one-at-a-time.ts";

/** Locks that behave like the browser's, within one test. */
export function memoryLocks(): OneAtATime {
	const tails = new Map<string, Promise<unknown>>();
	const inTurn = <T>(name: string, work: () => Promise<T>): Promise<T> => {
		const turn = (tails.get(name) ?? Promise.resolve()).then(work);
		const tail = turn.then(
			() => undefined,
			() => undefined,
		);
		tails.set(name, tail);
		void tail.then(() => tails.get(name) === tail && tails.delete(name));
		return turn;
	};
	return {
		inTurn,
		ifFree: (name, work) => (tails.has(name) ? Promise.resolve(null) : inTurn(name, work)),
	};
}
