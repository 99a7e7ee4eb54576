import "fake-indexeddb/auto";
import { expect, test } from "bun:test";
import { memoryLocks } from "../../../messages/test-locks.ts";
import { type JobRow, type JobStore, openJobs } from "../../../outbox/job-database.ts";
import { carryJobs } from "./carry-jobs.ts";

const home = "home";

/** A person's jobs, and panels that work at them. Pages come to no end before `letGo`. */
async function aPerson() {
	const store = await openJobs({ userId: crypto.randomUUID(), deviceId: crypto.randomUUID() });
	const locks = memoryLocks();
	const begun: string[] = [];
	const letGo = Promise.withResolvers<void>();
	let begins = Promise.withResolvers<void>();
	const nameOf = ({ jobId, place }: JobRow) => `${jobId} ${place}`;
	return {
		store,
		begun,
		job: async (id: string, pages: number, workspaceId = home) => {
			const job = { id, of: "links", targetId: null, workspaceId, stopped: false, createdAt: begun.length } as const;
			const rest = { url: "https://a.test/", title: "", tabId: null, state: "waiting", reason: null } as const;
			const rows = Array.from({ length: pages }, (_, place) => ({ jobId: id, place, ...rest, recordId: null }));
			await store.create(job, rows);
		},
		panel: (over: Partial<Pick<JobStore, "all" | "putRow">> = {}) =>
			carryJobs({
				locks,
				lock: "jobs",
				store: { ...store, ...over },
				workspaceId: home,
				save: async ({ row }) => {
					begun.push(nameOf(row));
					begins.resolve();
					await letGo.promise;
					return { ...row, state: "saved" };
				},
				onKept: () => undefined,
			}),
		/** Resolves when the next page is begun. */
		untilBegun: async () => {
			await begins.promise;
			begins = Promise.withResolvers();
		},
		/** The page at hand, and every later one, comes to its end. */
		letGo: () => letGo.resolve(),
		waiting: async () =>
			(await store.all()).flatMap(({ rows }) => rows.filter(({ state }) => state === "waiting").map(nameOf)),
	};
}

test("CAP-3: pages are saved one after the other, the oldest job's first; other workspaces' jobs wait", async () => {
	const { store, job, panel, letGo, begun, waiting } = await aPerson();
	await job("elsewhere", 1, "work");
	await job("links", 2);
	letGo();
	await panel().carryOn();
	expect([begun, await waiting()]).toEqual([["links 0", "links 1"], ["elsewhere 0"]]);
	store.close();
});

test("CAP-3: a panel drawn anew while a page is still being read waits for it, and does the rest", async () => {
	const { store, job, panel, untilBegun, letGo, begun, waiting } = await aPerson();
	await job("links", 3);
	const old = panel();
	const work = old.carryOn();
	await untilBegun();
	const ended = old.end();
	const fresh = panel().carryOn();
	letGo();
	await Promise.all([work, ended, fresh]);
	expect([begun, await waiting()]).toEqual([["links 0", "links 1", "links 2"], []]);
	store.close();
});

test("CAP-3: stopped and let go on within one page, a job goes on", async () => {
	const { store, job, panel, untilBegun, letGo, begun, waiting } = await aPerson();
	await job("links", 2);
	const one = panel();
	const work = one.carryOn();
	await untilBegun();
	await store.setStopped("links", true);
	await store.setStopped("links", false);
	const goesOn = one.carryOn();
	letGo();
	await Promise.all([work, goesOn]);
	expect([begun, await waiting()]).toEqual([["links 0", "links 1"], []]);
	store.close();
});

test("CAP-3: stopped in another panel, a job ends after the page at hand, and goes on there when told to", async () => {
	const { store, job, panel, untilBegun, letGo, begun, waiting } = await aPerson();
	await job("links", 3);
	const [works, other] = [panel(), panel()];
	const work = works.carryOn();
	await untilBegun();
	await store.setStopped("links", true);
	letGo();
	await work;
	expect(begun).toEqual(["links 0"]);
	await store.setStopped("links", false);
	await other.carryOn();
	expect([begun, await waiting()]).toEqual([["links 0", "links 1", "links 2"], []]);
	store.close();
});

test("CAP-3: one job removed, the next one is done", async () => {
	const { store, job, panel, untilBegun, letGo, begun } = await aPerson();
	await job("first", 3);
	await job("second", 2);
	const work = panel().carryOn();
	await untilBegun();
	await store.remove("first");
	letGo();
	await work;
	expect(begun).toEqual(["first 0", "second 0", "second 1"]);
	store.close();
});

test("CAP-3: where the panel that works is closed, one that heard of the job takes over", async () => {
	const { store, job, panel, untilBegun, letGo, waiting } = await aPerson();
	const [works, other] = [panel(), panel()];
	await other.carryOn();
	await job("links", 2);
	const work = works.carryOn();
	await untilBegun();
	const takesOver = other.heard();
	const ended = works.end();
	letGo();
	await Promise.all([work, ended, takesOver]);
	expect(await waiting()).toEqual([]);
	store.close();
});

test("OUT-4: where nothing can be noted no page is saved again and again; a press tries once more", async () => {
	const { store, job, panel, letGo, begun } = await aPerson();
	await job("links", 2);
	letGo();
	const full = panel({ putRow: () => Promise.reject(new DOMException("Full.", "QuotaExceededError")) });
	await full.carryOn();
	await full.heard();
	expect(begun).toEqual(["links 0"]);
	await full.carryOn();
	expect(begun).toEqual(["links 0", "links 0"]);
	store.close();
});
