import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { ConformanceBench, type ConformanceOptions, type WatchedSimulator } from "./conformance-bench.ts";
import { createTestReceiver, type TestReceiver } from "./conformance-receiver.ts";
import type { Notice, OpenedWatch, RowWatch } from "./watch.ts";

type Watched = NonNullable<ConformanceOptions["watched"]>;

/** For a connector whose provider tells of changes: what it tells is genuine, complete, and no more than a reason to look. */
export function watchCases(watched: Watched): void {
	describe("SYNC-6: the provider tells that rows changed", () => {
		let receiver: TestReceiver;
		let simulator: WatchedSimulator | undefined;
		let bench: ConformanceBench;
		beforeAll(async () => {
			receiver = await createTestReceiver();
		});
		beforeEach(async () => {
			await simulator?.stop();
			receiver.notices.length = 0;
			simulator = await watched.createSimulator(`${receiver.url}/notices`);
			bench = new ConformanceBench(simulator, watched.createConnector);
			await bench.discoverColumns();
		});
		afterAll(async () => {
			await simulator?.stop();
			await receiver.stop();
		});
		const scene = (): Scene => ({ bench, receiver, hand: simulator ?? unstarted() });
		noticeCase(scene);
		closeCase(scene);
	});
}

type Scene = { bench: ConformanceBench; receiver: TestReceiver; hand: WatchedSimulator };

function noticeCase(scene: () => Scene): void {
	test("an edit and a deletion by somebody else name their rows; no other message is believed", async () => {
		const { bench, receiver, hand } = scene();
		const told = await listen(bench, receiver);
		const ids = await rowsOf(bench);
		hand.editAsPerson(ids[0] ?? "");
		hand.removeAsPerson(ids[1] ?? "");
		await hand.noticesSettled();
		const named = await told.named();
		expect([...new Set(named)].toSorted()).toEqual(ids.slice(0, 2).toSorted());
		expect(receiver.notices.length).toBeGreaterThan(0);
		for (const notice of receiver.notices) {
			expect(told.isGenuine(notice)).toBe(true);
			expect(told.isGenuine({ ...notice, body: Buffer.concat([notice.body, Buffer.from(" ")]) })).toBe(false);
			expect(told.isGenuine({ ...notice, header: () => null })).toBe(false);
		}
	});
}

function closeCase(scene: () => Scene): void {
	test("what was closed tells nothing more, and closing it again is no failure", async () => {
		const { bench, receiver, hand } = scene();
		const { watch } = bench.connector;
		// One that stands is the operator's, and ends in the provider's settings.
		if (watch?.kind !== "opened") return expect(watch?.kind).toBe("standing");
		const { place } = await opened(bench, watch, receiver);
		for (let twice = 0; twice < 2; twice += 1) {
			expect(await watch.close(bench.call(), place)).toEqual({ kind: "ok", value: null });
		}
		const [first = ""] = await rowsOf(bench);
		hand.editAsPerson(first);
		await hand.noticesSettled();
		expect(receiver.notices).toEqual([]);
		const after = await watch.changes(bench.call(), { ...place, cursor: null });
		expect(after).toEqual({ kind: "ok", value: { kind: "gone" } });
	});
}

type Told = { isGenuine(notice: Notice): boolean; named(): Promise<string[]> };

async function listen(bench: ConformanceBench, receiver: TestReceiver): Promise<Told> {
	const watch: RowWatch = bench.connector.watch ?? unstarted();
	if (watch.kind === "standing") {
		const subject = await watch.subject(bench.call());
		const known = subject.kind === "ok" ? subject.value : null;
		const isOurs = (notice: Notice) => watch.changes(notice)?.subject === known;
		return {
			isGenuine: (notice) => watch.isGenuine(notice),
			named: async () => receiver.notices.filter(isOurs).flatMap((notice) => watch.changes(notice)?.remoteIds ?? []),
		};
	}
	const { place, secret } = await opened(bench, watch, receiver);
	return {
		isGenuine: (notice) => watch.isGenuine(notice, secret),
		named: async () => {
			const changes = await watch.changes(bench.call(), { ...place, cursor: null });
			return changes.kind === "ok" && changes.value.kind === "changes" ? changes.value.remoteIds : [];
		},
	};
}

async function opened(bench: ConformanceBench, watch: OpenedWatch, receiver: TestReceiver) {
	const { containerId } = bench.simulator.table;
	const open = await watch.open(bench.call(), { containerId, noticeUrl: `${receiver.url}/notices` });
	if (open.kind !== "ok") throw new Error(open.message);
	const { watchId, secret } = open.value;
	return { place: { containerId, watchId }, secret };
}

async function rowsOf(bench: ConformanceBench): Promise<string[]> {
	const pushed = [];
	// One at a time, because some take no more.
	for (const key of ["a", "b", "c"]) pushed.push(await bench.push([bench.plain(key)]));
	return pushed.flatMap((result) => (result.kind === "pushed" ? result.rows.map(({ remoteId }) => remoteId) : []));
}

function unstarted(): never {
	throw new Error("The simulator has not started.");
}
