import "../messages/test-browser.ts";
import { beforeEach, expect, test } from "bun:test";
import type { Entry } from "./entry.ts";
import { createRecorder } from "./recorder.ts";
import type { Ring } from "./ring-database.ts";

let here: string | null;
let rings: Map<string | null, Entry[]>;
let writes: number;
let fails: boolean;
let timers: { work: () => void; delayMs: number }[];
beforeEach(() => {
	[here, rings, writes, fails, timers] = [null, new Map(), 0, false, []];
});

const ringOf = (owner: string | null): Pick<Ring, "append" | "close"> => ({
	append: async (entries) => {
		if (fails) throw new DOMException("full", "QuotaExceededError");
		writes += 1;
		rings.set(owner, [...(rings.get(owner) ?? []), ...entries]);
	},
	close: () => undefined,
});

const aRecorder = () =>
	createRecorder({
		context: "background",
		owner: async () => here,
		ownerNow: async () => here,
		open: async (owner) => ringOf(owner) as Ring,
		later: (work, delayMs) => void timers.push({ work, delayMs }),
	});

const drawn = (ms: number) => ({ at: ms, event: "page.drawn" as const, attributes: { ms } });
const failed = { at: 1, event: "storage.failed" as const, attributes: { code: "outbox/storage-full" } };
const kept = (owner: string | null) => (rings.get(owner) ?? []).map(({ event, attributes }) => ({ event, attributes }));

test("OBS-3: a note is taken without a write; those that come together are one", async () => {
	const recorder = aRecorder();
	for (let ms = 0; ms < 20; ms += 1) recorder.take(drawn(ms));
	expect([writes, timers.length, timers[0]?.delayMs]).toEqual([0, 1, 500]);
	await recorder.write();
	expect([writes, kept(null).length]).toEqual([1, 20]);
});

test("OBS-3: an error is written as soon as the gesture is over, and not in the middle of it", () => {
	const recorder = aRecorder();
	recorder.take(drawn(1));
	recorder.take(failed);
	expect(timers.map(({ delayMs }) => delayMs)).toEqual([500, 0]);
	expect(writes).toBe(0);
});

test("OBS-3, OUT-4: a full disk breaks nothing: nothing is thrown, what waits is bounded, what was lost is counted", async () => {
	const recorder = aRecorder();
	fails = true;
	for (let ms = 0; ms < 700; ms += 1) recorder.take(drawn(ms));
	timers[0]?.work();
	await recorder.write();
	expect(timers.map(({ delayMs }) => delayMs)).toEqual([500, 30_000]);
	fails = false;
	await recorder.write();
	expect(kept(null)[0]).toEqual({ event: "diagnostics.lost", attributes: { entries: 200 } });
	expect(
		kept(null)
			.slice(1)
			.map(({ attributes }) => attributes["ms"]),
	).toEqual(Array.from({ length: 500 }, (_, index) => 200 + index));
});

test("ID-8, OBS-3: an entry is of whoever was here when it was noted, and of nobody once they have left", async () => {
	const recorder = aRecorder();
	recorder.take(drawn(1));
	here = "ada";
	recorder.take(drawn(2));
	await recorder.write();
	recorder.take(drawn(3));
	here = "ben";
	recorder.take(drawn(4));
	await recorder.write();
	const msOf = (owner: string | null) => kept(owner).map(({ attributes }) => attributes["ms"]);
	expect([msOf(null), msOf("ada"), msOf("ben")]).toEqual([[1], [2], [4]]);
});

test("OBS-3: whose entry it is cannot be read: it is nobody's", async () => {
	let broken = true;
	const recorder = createRecorder({
		context: "popup",
		owner: async () => {
			if (broken) throw new Error("no storage");
			return null;
		},
		ownerNow: async () => null,
		open: async (owner) => ringOf(owner) as Ring,
		later: () => undefined,
	});
	recorder.take(drawn(1));
	broken = false;
	recorder.take(drawn(2));
	await recorder.write();
	expect(kept(null).map(({ attributes }) => attributes["ms"])).toEqual([2]);
});
