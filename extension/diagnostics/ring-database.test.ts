import "fake-indexeddb/auto";
import { afterEach, expect, test } from "bun:test";
import type { Entry } from "./entry.ts";
import { forgetOthersRings, openRing, type Ring, ringName, ringSize } from "./ring-database.ts";

const entry = (at: number): Entry => ({
	at,
	level: "info",
	context: "popup",
	event: "page.drawn",
	attributes: { ms: at },
});
const entries = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => entry(from + index));

const open: Ring[] = [];
const ringOf = async (owner: { userId: string | null; deviceId: string }) => {
	const ring = await openRing(owner);
	open.push(ring);
	return ring;
};
afterEach(() => {
	for (const ring of open.splice(0)) ring.close();
});
const aPerson = () => ({ userId: crypto.randomUUID(), deviceId: crypto.randomUUID() });

test("OBS-3: the last 4,000 entries are kept, whoever wrote them, and no more at any time", async () => {
	const who = aPerson();
	const [background, popup] = await Promise.all([ringOf(who), ringOf(who)]);
	await background.append(entries(0, 3_990));
	for (let at = 3_990; at < 4_010; at += 5) await popup.append(entries(at, at + 5));
	expect((await background.all()).map(({ at }) => at)).toEqual(entries(10, 4_010).map(({ at }) => at));
	await popup.append(entries(4_010, 9_000));
	const last = await background.all();
	expect([last.length, last[0]?.at, last.at(-1)?.at]).toEqual([ringSize, 5_000, 8_999]);
});

test("OBS-3: they are there after the worker was stopped and the browser restarted", async () => {
	const who = aPerson();
	const before = await openRing(who);
	await before.append(entries(0, 3));
	before.close();
	expect(await (await ringOf(who)).all()).toEqual(entries(0, 3));
});

test("OBS-3: a write that failed leaves no gap, so that the ring keeps its size", async () => {
	const ring = await ringOf(aPerson());
	await ring.append(entries(0, 3_999));
	const unclonable = { ...entry(1), attributes: { ms: (() => 1) as unknown as number } };
	await expect(ring.append([entry(9_999), unclonable])).rejects.toThrow();
	await ring.append(entries(4_000, 4_002));
	expect((await ring.all()).length).toBe(ringSize);
});

test("OBS-3: cleared it is empty, and other pages hear of it", async () => {
	const who = aPerson();
	const [page, other] = await Promise.all([ringOf(who), ringOf(who)]);
	await page.append(entries(0, 5));
	const heard = new Promise<void>((resolve) => other.onChange(resolve));
	await page.clear();
	await heard;
	expect(await other.all()).toEqual([]);
});

test("ID-8, OBS-3: who has left leaves no entries behind; the guest's and the next person's stay", async () => {
	const [leaving, staying] = [aPerson(), aPerson()];
	const guest = { userId: null, deviceId: staying.deviceId };
	for (const who of [leaving, staying, guest]) await (await ringOf(who)).append(entries(0, 2));
	await forgetOthersRings(staying.userId);
	const names = (await indexedDB.databases()).map(({ name }) => name);
	expect(names).not.toContain(ringName(leaving));
	expect(names).toEqual(expect.arrayContaining([ringName(staying), ringName(guest)]));
	expect(await (await ringOf(leaving)).all()).toEqual([]);
});

test("OBS-3: what was sent is not sent again; what was there before sending was allowed never is", async () => {
	const ring = await ringOf(aPerson());
	await ring.append(entries(0, 10));
	await ring.markSent();
	expect(await ring.unsent(100)).toEqual([]);
	await ring.append(entries(10, 15));
	const [first, second] = await ring.unsent(2);
	expect([first?.entry.at, second?.entry.at]).toEqual([10, 11]);
	await ring.markSent(second?.number);
	await ring.markSent(first?.number);
	expect((await ring.unsent(100)).map(({ entry: { at } }) => at)).toEqual([12, 13, 14]);
});
