/** How long after something happened the backend is asked quickly; each request keeps the worker awake meanwhile. */
const quickForMs = 60_000;
const quickDelaysMs = [500, 1_000, 2_000, 4_000, 8_000];
const slowBaseMs = 30_000;
const slowCapMs = 900_000;

/**
 * When to ask again how the open records stand: quickly for a minute after a send or while a page is open, then on the
 * alarm at growing distance (0.5, 1, 2 … 15 minutes), so that a paused target costs next to nothing.
 */
export type Pace = {
	/** Asks made since something last happened. */
	asked: number;
	/** Epoch milliseconds. */
	quickUntil: number;
	nextAt: number;
};

/** Something was sent: start from the shortest distance. */
export function quickened(nowMs: number): Pace {
	return { asked: 0, quickUntil: nowMs + quickForMs, nextAt: nowMs + (quickDelaysMs[0] ?? 0) };
}

/** The pace after one more ask. */
export function afterAsking(pace: Pace, nowMs: number): Pace {
	const asked = pace.asked + 1;
	const quick = quickDelaysMs[Math.min(asked, quickDelaysMs.length - 1)] ?? slowBaseMs;
	if (nowMs + quick <= pace.quickUntil) return { ...pace, asked, nextAt: nowMs + quick };
	const slowAsks = Math.max(0, asked - quickDelaysMs.length);
	return { ...pace, asked, nextAt: nowMs + Math.min(slowCapMs, slowBaseMs * 2 ** Math.min(slowAsks, 10)) };
}

/** A stored row of an older version of the extension, or none at all, counts as never asked. */
export function readPace(stored: unknown): Pace {
	const found = new Map(typeof stored === "object" && stored !== null ? Object.entries(stored) : []);
	const number = (key: string) => (typeof found.get(key) === "number" ? Number(found.get(key)) : 0);
	return { asked: number("asked"), quickUntil: number("quickUntil"), nextAt: number("nextAt") };
}
