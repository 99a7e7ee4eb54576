import { describe, expect, test } from "bun:test";
import { nextWake } from "./alarm-plan.ts";
import { badgeFor } from "./badge-text.ts";
import { type CourierDeps, createCourier } from "./courier.ts";

const counts = (waiting: number, needsYou = 0) => ({ waiting, needsYou });

/** A courier whose every step is written down; `waiting` is what the database says after each flush. */
const courierWith = (waiting: number[], change: Partial<CourierDeps> = {}) => {
	const steps: string[] = [];
	const alarms: (number | null)[] = [];
	let left = 1;
	const step = (name: string) => async () => void steps.push(name);
	const courier = createCourier({
		signedIn: async () => true,
		moveGuest: step("move"),
		aimWaiting: async () => undefined,
		lookAtRole: async () => undefined,
		flush: async () => {
			steps.push("flush");
			left = waiting.shift() ?? 0;
			return { nextAt: null };
		},
		refresh: async () => ({ changed: 0 }),
		counts: async () => counts(left),
		show: async () => undefined,
		setAlarm: async (at) => void alarms.push(at),
		hasAlarm: async () => alarms.length > 0,
		quietRounds: { get: async () => 0, set: async () => undefined },
		wait: step("wait"),
		...change,
	});
	return { courier, steps, alarms };
};

describe("OUT-2: the courier", () => {
	test("sends, and looks again while something is on its way", async () => {
		const { courier, steps } = courierWith([1, 1, 0]);
		await courier.carry();
		expect(steps).toEqual(["move", "flush", "wait", "move", "flush", "wait", "move", "flush"]);
	});

	test("ID-7: follows what waits for a workspace that is not open, and so is in no count", async () => {
		let flushes = 0;
		const { courier } = courierWith([], {
			flush: async () => {
				flushes += 1;
				return { nextAt: flushes < 3 ? Date.now() : null };
			},
			counts: async () => counts(0),
		});
		await courier.carry();
		expect(flushes).toBe(3);
	});

	test("ID-7: looks at the role before it sends, once and not at every look after", async () => {
		const { courier, steps } = courierWith([1, 1, 0], { lookAtRole: async () => void steps.push("role") });
		await courier.carry();
		expect(steps).toEqual(["role", "move", "flush", "wait", "move", "flush", "wait", "move", "flush"]);
	});

	test("leaves what takes long to the alarm", async () => {
		const { courier, steps, alarms } = courierWith(Array.from({ length: 20 }, () => 1));
		await courier.carry();
		expect(steps.filter((name) => name === "wait")).toHaveLength(5);
		expect(alarms.at(-1)).toBeGreaterThan(Date.now());
	});

	test("I6: sets the alarm before it sends, so that a stopped worker is woken", async () => {
		const { courier, steps, alarms } = courierWith([0], {
			setAlarm: async (at) => {
				alarms.push(at);
				steps.push("alarm");
			},
		});
		await courier.carry();
		expect(steps.indexOf("alarm")).toBeLessThan(steps.indexOf("flush"));
		expect(alarms.at(-1)).toBeNull();
	});

	test("a call during a round leads to one more round, without waiting", async () => {
		let flushes = 0;
		const { courier } = courierWith([], {
			flush: async () => {
				flushes += 1;
				if (flushes === 1) void courier.carry();
				return { nextAt: null };
			},
			counts: async () => counts(flushes === 1 ? 1 : 0),
			wait: () => new Promise(() => undefined),
		});
		await courier.carry();
		expect(flushes).toBe(2);
	});

	test("a call while it rests ends the rest", async () => {
		let flushes = 0;
		const { courier } = courierWith([], {
			flush: async () => {
				flushes += 1;
				return { nextAt: null };
			},
			counts: async () => counts(flushes === 1 ? 1 : 0),
			wait: () => {
				queueMicrotask(() => void courier.carry());
				return new Promise(() => undefined);
			},
		});
		await courier.carry();
		expect(flushes).toBe(2);
	});

	test("a guest's records stay here", async () => {
		const { courier, steps, alarms } = courierWith([1], { signedIn: async () => false });
		await courier.carry();
		expect(steps).toEqual([]);
		expect(alarms.at(-1)).toBeNull();
	});

	test("a failing flush is no failing round, and the next call starts anew", async () => {
		let flushes = 0;
		const flush = async () => {
			flushes += 1;
			throw new Error("no network");
		};
		const { courier } = courierWith([], { flush, counts: async () => counts(0) });
		await courier.carry();
		await courier.carry();
		expect(flushes).toBe(2);
	});
});

describe("a round", () => {
	test("OUT-2: settings that cannot be read fail no round, and the next call starts anew", async () => {
		let asked = 0;
		let flushes = 0;
		const { courier } = courierWith([], {
			signedIn: async () => {
				asked += 1;
				if (asked <= 3) throw new Error("The storage could not be read.");
				return true;
			},
			flush: async () => {
				flushes += 1;
				return { nextAt: null };
			},
			counts: async () => counts(0),
		});
		await courier.carry();
		await courier.carry();
		expect(flushes).toBe(1);
	});

	test("I6: a worker that starts without an alarm carries on; one that has it is left to it", async () => {
		const { courier, steps, alarms } = courierWith([0]);
		await courier.resume();
		expect(steps).toContain("flush");
		steps.length = 0;
		alarms.push(Date.now());
		await courier.resume();
		expect(steps).toEqual([]);
	});

	test("J5: the badge is painted before anything is asked of the network", async () => {
		const { courier, steps } = courierWith([0], { show: async () => void steps.push("paint") });
		await courier.carry();
		expect(steps.indexOf("paint")).toBeLessThan(steps.indexOf("flush"));
	});
});

describe("OUT-2: the alarm", () => {
	const standing = { counts: counts(1), nextAt: null, signedIn: true, quietRounds: 0 };

	test("nothing on its way, or nobody signed in: none", () => {
		expect(nextWake({ ...standing, counts: counts(0, 3) }, 0)).toBeNull();
		expect(nextWake({ ...standing, signedIn: false }, 0)).toBeNull();
	});

	test("looking becomes rarer without news, up to a quarter of an hour", () => {
		expect([0, 1, 2, 20].map((quietRounds) => nextWake({ ...standing, quietRounds }, 0))).toEqual([
			30_000, 60_000, 120_000, 900_000,
		]);
	});

	test("what is due earlier is sent earlier, but never before half a minute", () => {
		expect(nextWake({ ...standing, quietRounds: 20, nextAt: 100_000 }, 0)).toBe(100_000);
		expect(nextWake({ ...standing, nextAt: 1_000 }, 0)).toBe(30_000);
	});
});

test("J5: the badge counts what waits or needs the person, in colour and in words", () => {
	expect(badgeFor(counts(0))).toMatchObject({ text: "", title: "Sheaf" });
	expect(badgeFor(counts(2))).toMatchObject({ text: "2", title: "Sheaf: 2 waiting" });
	expect(badgeFor(counts(2, 1))).toMatchObject({ text: "3", title: "Sheaf: 1 needs you, 2 waiting" });
	expect(badgeFor(counts(500, 2)).text).toBe("99+");
	const fine = { providerTitle: "Airtable", problem: null, accessEndsAt: null };
	const ending = { ...fine, accessEndsAt: "2025-11-01T10:00:00.000Z" };
	expect(badgeFor(counts(0), [fine]).text).toBe("");
	expect(badgeFor(counts(0), [fine, ending])).toMatchObject({ text: "!", title: "Sheaf: Airtable needs you" });
	expect(badgeFor(counts(2), [ending])).toMatchObject({ text: "2", title: "Sheaf: Airtable needs you, 2 waiting" });
	expect(badgeFor(counts(1)).color).not.toBe(badgeFor(counts(1, 1)).color);
});
