import { expect, test } from "bun:test";
import { RateLimits } from "./limits.ts";

function clocked() {
	let now = 0;
	const limits = new RateLimits(() => now);
	return { limits, pass: (ms: number) => (now += ms), ask: (base = "app1", user = "usr1") => limits.admit(user, base) };
}

test("SYNC-4: five requests a second to one base, and no sixth", () => {
	const { ask } = clocked();
	expect(Array.from({ length: 6 }, () => ask())).toEqual([true, true, true, true, true, false]);
});

test("SYNC-4: a steady five a second passes for ever", () => {
	const { ask, pass } = clocked();
	for (let request = 0; request < 100; request += 1) {
		expect(ask()).toBe(true);
		pass(200);
	}
});

test("SYNC-4: after one too many everything is refused for 30 seconds, and asking again does not lengthen it", () => {
	const { ask, pass } = clocked();
	for (let request = 0; request < 6; request += 1) ask();
	pass(29_000);
	expect(ask()).toBe(false);
	pass(1_000);
	expect(ask()).toBe(true);
});

test("SYNC-4: bases do not share a budget, the user's fifty do", () => {
	const { ask } = clocked();
	for (let request = 0; request < 5; request += 1) ask("app1");
	expect(ask("app2")).toBe(true);
	const answers = Array.from({ length: 60 }, (_, index) => ask(`base${index}`, "usr2"));
	expect(answers.filter(Boolean)).toHaveLength(50);
});
