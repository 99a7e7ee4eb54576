import { expect, test } from "bun:test";
import { retryDelayMs } from "./retry-delay.ts";

const middle = () => 0.5;

test("SYNC-7: the pauses grow, and end about three days after the first attempt", () => {
	const pauses: number[] = [];
	for (let attempts = 1; ; attempts += 1) {
		const pause = retryDelayMs(attempts, 0, middle);
		if (pause === null) break;
		pauses.push(pause);
	}
	expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
	const days = pauses.reduce((sum, pause) => sum + pause, 0) / 86_400_000;
	expect(days).toBeGreaterThan(3);
	expect(days).toBeLessThan(3.5);
});

test("SYNC-7: what the receiver asked for is the least, and many do not come at once", () => {
	expect(retryDelayMs(1, 3_600_000, middle)).toBe(3_600_000);
	expect(retryDelayMs(1, 0, () => 0)).toBe(4_500);
	expect(retryDelayMs(1, 0, () => 1)).toBe(5_500);
});
