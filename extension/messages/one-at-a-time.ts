/** Work that only one context of the extension may do at a time: page, popup and background share these locks by name. */
export type OneAtATime = {
	/** Waits for its turn. */
	inTurn<T>(name: string, work: () => Promise<T>): Promise<T>;
	/** null at once when another context is at it. */
	ifFree<T>(name: string, work: () => Promise<T>): Promise<T | null>;
};

/** Web Locks: released by the browser when the holder dies, which a flag in storage would not be. */
export const webLocks: OneAtATime = {
	inTurn: async (name, work) => await navigator.locks.request(name, work),
	ifFree: async (name, work) =>
		await navigator.locks.request(name, { ifAvailable: true }, async (lock) => (lock ? await work() : null)),
};
