import { expect, test } from "bun:test";
import { type EitherDeps, followEither } from "./stream-or-shape.ts";

/** Whatever was said in this process has been heard. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

const ready = (shapes: boolean) => `event: ready\nid: c1\ndata: ${JSON.stringify({ shapes })}\n\n`;

/** A server whose streams stay open after they have said `ready`, and whose shapes are lost when the test says so. */
function rig(says: string) {
	let [nowMs, streams, shapes] = [0, 0, 0];
	const stop = new AbortController();
	const states: boolean[] = [];
	const voices: { live: () => void; lose: () => void; fail: () => void }[] = [];
	const openStreams = new Set<ReadableStreamDefaultController<Uint8Array>>();
	const wakers = new Set<() => void>();
	const changed = () => {
		for (const wake of wakers) wake();
		wakers.clear();
	};
	const deps: EitherDeps = {
		connect: async (_, signal) => {
			streams += 1;
			return new ReadableStream({
				start: (controller) => {
					openStreams.add(controller);
					controller.enqueue(new TextEncoder().encode(says));
					signal.addEventListener("abort", () => {
						openStreams.delete(controller);
						controller.error(signal.reason);
						changed();
					});
				},
			});
		},
		cursor: { get: async () => null, set: async () => changed() },
		onChanges: async () => undefined,
		onReset: async () => undefined,
		onState: (live) => {
			if (states.at(-1) !== live) states.push(live);
			changed();
		},
		onStanding: async () => undefined,
		wait: async () => undefined,
		random: () => 0,
		now: () => nowMs,
		shape: (onLive, signal) => {
			shapes += 1;
			return new Promise((resolve, reject) => {
				voices.push({ live: onLive, lose: resolve, fail: () => reject(new Error("no chunk")) });
				signal.addEventListener("abort", () => resolve());
				changed();
			});
		},
	};
	const running = followEither(deps, stop.signal);
	return {
		states,
		count: () => ({ streams, open: openStreams.size, shapes }),
		latest: () => voices.at(-1),
		sayAgain: () => {
			for (const controller of openStreams) controller.enqueue(new TextEncoder().encode(says));
		},
		pass: (ms: number) => {
			nowMs += ms;
		},
		until: async (holds: () => boolean) => {
			while (!holds()) await new Promise<void>((resolve) => wakers.add(resolve));
		},
		stop: async () => {
			stop.abort();
			await running;
		},
	};
}

test("LIVE-2: a server without shapes is followed by its stream alone", async () => {
	const { states, count, until, stop } = rig(ready(false));
	await until(() => states.at(-1) === true);
	expect(count()).toEqual({ streams: 1, open: 1, shapes: 0 });
	await stop();
});

test("LIVE-2: the stream is left once the shape is live and not before, and is there again when the shape is lost", async () => {
	const { states, count, latest, until, stop } = rig(ready(true));
	await until(() => count().shapes === 1);
	expect(count()).toEqual({ streams: 1, open: 1, shapes: 1 });
	latest()?.live();
	await until(() => count().open === 0);
	expect(states).toEqual([true]);
	latest()?.lose();
	await until(() => count().streams === 2 && count().shapes === 2);
	expect(count().open).toBe(1);
	expect(states).toEqual([true, false, true]);
	await stop();
});

test("LIVE-2: a shape that is lost again and again is left alone for ever longer, and the stream stays meanwhile", async () => {
	const { count, latest, sayAgain, pass, until, stop, states } = rig(ready(true));
	const tries = (wanted: number) => until(() => count().shapes === wanted);
	await tries(1);
	latest()?.live();
	latest()?.lose();
	await tries(2);
	latest()?.fail();
	await settled();
	// The next `ready` comes when a token ended or a server went away; within a minute nothing is tried.
	pass(59_999);
	sayAgain();
	await settled();
	expect(count()).toMatchObject({ shapes: 2, open: 1 });
	expect(states.at(-1)).toBe(true);
	pass(1);
	sayAgain();
	await tries(3);
	await stop();
});
