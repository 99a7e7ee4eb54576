import { expect, test } from "bun:test";
import { randomBytes } from "node:crypto";
import type { Hit, RateLimitStore } from "./rate-limit-store.ts";

const windowSeconds = 60;

function hit(changes: Partial<Hit> = {}): Hit {
	return { key: randomBytes(32), windowStart: new Date(1_800_000_000_000), windowSeconds, ...changes };
}

/** What any store has to do. Called inside a `describe`. */
export function rateLimitStoreSuite(store: () => RateLimitStore): void {
	test("SEC-1: counts one after another, each window by itself", async () => {
		const first = hit();
		const later = hit({ key: first.key, windowStart: new Date(first.windowStart.getTime() + windowSeconds * 1_000) });
		expect(await store().count([first])).toEqual([1]);
		expect(await store().count([first])).toEqual([2]);
		expect(await store().count([later])).toEqual([1]);
		expect(await store().count([hit()])).toEqual([1]);
	});

	test("SEC-1: of a hundred at once none is lost and none counted double", async () => {
		const shared = hit();
		const counts = await Promise.all(Array.from({ length: 100 }, () => store().count([shared])));
		expect(counts.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
	});

	test("SEC-1: several windows are counted together and told in the order given, whoever counts them in which order", async () => {
		const [one, two] = [hit(), hit()];
		await store().count([one]);
		expect(await store().count([two, one])).toEqual([1, 2]);
		const turns = Array.from({ length: 20 }, (_, index) => store().count(index % 2 === 0 ? [one, two] : [two, one]));
		await Promise.all(turns);
		expect(await store().count([one, two])).toEqual([23, 22]);
	});

	test("SEC-1: what is taken back is counted from the beginning, and nothing else is", async () => {
		const [forgiven, other] = [hit(), hit()];
		await store().count([forgiven, other]);
		await store().forget(forgiven);
		expect(await store().count([forgiven, other])).toEqual([1, 2]);
	});
}
