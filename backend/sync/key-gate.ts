/**
 * Two upserts of one key at the same time could both find no row and create two. Claims keep one match key of one target from
 * being in flight twice; this keeps apart, within a lane, what only shows once values are coerced (two spellings of
 * one date) and two targets that fill the same table.
 */
export class KeyGate {
	private readonly held = new Map<string, Promise<void>>();

	/** Waits until none of the keys is held by anybody else, then holds them all. Returns what lets them go. */
	async enter(keys: readonly string[]): Promise<() => void> {
		for (;;) {
			const others = keys.flatMap((key) => this.held.get(key) ?? []);
			if (others.length === 0) break;
			await Promise.all(others);
		}
		// From the look to here nothing was awaited, so that nobody came in between.
		const { promise, resolve } = Promise.withResolvers<void>();
		for (const key of keys) this.held.set(key, promise);
		return () => {
			for (const key of keys) this.held.delete(key);
			resolve();
		};
	}
}
