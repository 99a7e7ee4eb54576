import { expect, test } from "bun:test";
import fc from "fast-check";
import { uuidV7 } from "./uuid-v7.ts";

test("OUT-3: operation ids are UUIDv7 in lower case", () => {
	for (let made = 0; made < 1_000; made += 1) {
		expect(uuidV7()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	}
});

test("ids carry the time they were made at", () => {
	const future = Date.now() + 86_400_000;
	expect(Number.parseInt(uuidV7(future).replaceAll("-", "").slice(0, 12), 16)).toBe(future);
});

test("ids only grow, whatever the clock does", () => {
	const clock = fc.array(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: 2, maxLength: 50 });
	fc.assert(
		fc.property(clock, (times) => {
			const ids = times.map((time) => uuidV7(time));
			expect(ids).toEqual(ids.toSorted());
			expect(new Set(ids).size).toBe(ids.length);
		}),
	);
});

test("a burst within one millisecond stays in order past the counter's end", () => {
	const now = Date.now() + 172_800_000;
	const ids = Array.from({ length: 10_000 }, () => uuidV7(now));
	expect(ids).toEqual(ids.toSorted());
	expect(new Set(ids).size).toBe(ids.length);
});
