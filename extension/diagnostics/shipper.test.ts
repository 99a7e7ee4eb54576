import "../messages/test-browser.ts";
import { afterEach, beforeEach, expect, test } from "bun:test";
import type { DiagnosticsRequest } from "../../backend/contract/diagnostics.ts";
import { ApiFailure } from "../api/api-failure.ts";
import type { Entry } from "./entry.ts";
import { openRing, type Ring } from "./ring-database.ts";
import { createShipper, type ShippingPause } from "./shipper.ts";

type Sent = { userId: string; ms: unknown[]; signal: AbortSignal };

let allowed: string | null;
let now: number;
let pause: ShippingPause;
let sent: Sent[];
let answer: (signal: AbortSignal) => Promise<unknown>;
let person: string;
let ring: Ring;
beforeEach(async () => {
	[allowed, now, pause, sent] = [null, 1_000_000, { failures: 0, until: 0 }, []];
	answer = async () => ({});
	person = crypto.randomUUID();
	ring = await openRing({ userId: person, deviceId: "d" });
});
afterEach(() => ring.close());

const entry = (ms: number): Entry => ({
	at: ms,
	level: "info",
	context: "popup",
	event: "page.drawn",
	attributes: { ms },
});
const entries = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => entry(from + index));

const msIn = ({ resourceLogs }: DiagnosticsRequest) =>
	resourceLogs.flatMap(({ scopeLogs }) =>
		scopeLogs.flatMap(({ logRecords }) =>
			logRecords.map(({ attributes }) => {
				const value = attributes.find(({ key }) => key === "ms")?.value;
				return value && "intValue" in value ? Number(value.intValue) : null;
			}),
		),
	);

const aShipper = () =>
	createShipper({
		allowed: async () => allowed,
		ring: (userId) => openRing({ userId, deviceId: "d" }),
		send: async (userId, body, signal) => {
			sent.push({ userId, ms: msIn(body), signal });
			return await answer(signal);
		},
		pause: {
			get: async () => pause,
			set: async (next) => {
				pause = next;
			},
		},
		about: () => ({ version: "1.2.3", browser: "chrome", major: 156 }),
		now: () => now,
		random: () => 1,
	});

test("OBS-3: nothing is sent while nobody allowed it, however much is kept", async () => {
	await ring.append(entries(0, 300));
	await aShipper().ship();
	expect(sent).toEqual([]);
});

test("OBS-3: what was noted since it was allowed goes in batches, once, and of that person alone", async () => {
	await ring.append(entries(0, 5));
	await ring.markSent();
	allowed = person;
	await ring.append(entries(5, 235));
	const shipper = aShipper();
	await Promise.all([shipper.ship(), shipper.ship()]);
	await shipper.ship();
	expect(sent.map(({ userId, ms }) => [userId, ms.length])).toEqual([
		[person, 100],
		[person, 100],
		[person, 30],
	]);
	expect(sent.flatMap(({ ms }) => ms)).toEqual(Array.from({ length: 230 }, (_, index) => 5 + index));
});

test("OBS-3: switched off, what is on its way is given up at once and nothing follows", async () => {
	allowed = person;
	await ring.append(entries(0, 250));
	const underWay = Promise.withResolvers<void>();
	answer = (signal) => {
		underWay.resolve();
		return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("given up"))));
	};
	const shipper = aShipper();
	const shipping = shipper.ship();
	await underWay.promise;
	allowed = null;
	shipper.switched();
	await shipping;
	expect([sent.length, sent[0]?.signal.aborted]).toEqual([1, true]);
	await shipper.ship();
	expect(sent.length).toBe(1);
	expect(pause).toEqual({ failures: 0, until: 0 });
});

test("OBS-3: a server that takes nothing is left alone ever longer, up to an hour, or as long as it says", async () => {
	allowed = person;
	await ring.append(entries(0, 2));
	answer = async () => await Promise.reject(new ApiFailure("server/unavailable", ""));
	const shipper = aShipper();
	const pauses: number[] = [];
	for (let tries = 0; tries < 12; tries += 1) {
		await shipper.ship();
		pauses.push(pause.until - now);
		await shipper.ship();
		now = pause.until;
	}
	expect(sent.length).toBe(12);
	expect(pauses.slice(0, 3)).toEqual([10_000, 20_000, 40_000]);
	expect(pauses.at(-1)).toBe(3_600_000);
	answer = async () => await Promise.reject(new ApiFailure("request/rate-limited", "", { retryAfterMs: 45_000 }));
	await shipper.ship();
	expect(pause.until - now).toBe(45_000);
	now = pause.until;
	answer = async () => ({});
	await shipper.ship();
	expect(sent.at(-1)?.ms).toEqual([0, 1]);
	expect(pause).toEqual({ failures: 0, until: 0 });
});

test("OBS-3: a batch that the server refuses for what it is is given up and counted, and the rest goes on", async () => {
	allowed = person;
	await ring.append(entries(0, 150));
	const refused = async () => await Promise.reject(new ApiFailure("request/invalid", "", { status: 422 }));
	answer = async () => await (sent.length === 1 ? refused() : {});
	const shipper = aShipper();
	await shipper.ship();
	expect(sent.map(({ ms }) => ms.length)).toEqual([100, 51]);
	expect((await ring.all()).at(-1)).toMatchObject({ event: "diagnostics.lost", attributes: { entries: 100 } });
	expect(pause).toEqual({ failures: 0, until: 0 });

	await ring.append(entries(150, 153));
	answer = refused;
	await shipper.ship();
	expect(sent.map(({ ms }) => ms.length)).toEqual([100, 51, 3, 1]);
	expect(await ring.unsent(1)).toEqual([]);
});

test("OBS-3: entries of events that the catalogue no longer has do not block what was noted after them", async () => {
	allowed = person;
	const gone = { ...entry(0), event: "gone.event" } as unknown as Entry;
	await ring.append([...Array.from({ length: 250 }, () => gone), ...entries(0, 120)]);
	await aShipper().ship();
	expect(sent.map(({ ms }) => ms.length)).toEqual([100, 20]);
});

test("OBS-3: what came back from a stopped clock is no longer pause than there is", async () => {
	allowed = person;
	await ring.append(entries(0, 1));
	pause = { failures: 3, until: now + 7_200_000 };
	await aShipper().ship();
	expect(sent.length).toBe(1);
});
