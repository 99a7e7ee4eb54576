import "fake-indexeddb/auto";
import { expect, test } from "bun:test";
import { forgetOthersJobs, type Job, type JobRow, jobsName, openJobs } from "./job-database.ts";

const owner = () => ({ userId: crypto.randomUUID(), deviceId: crypto.randomUUID() });

const job = (id: string, createdAt = 1): Job => ({
	id,
	of: "links",
	targetId: null,
	workspaceId: "home",
	stopped: false,
	createdAt,
});
const rows = (jobId: string, count: number): JobRow[] =>
	Array.from({ length: count }, (_, place) => ({
		jobId,
		place,
		url: `https://a.test/${place}`,
		title: "",
		tabId: null,
		state: "waiting",
		reason: null,
		recordId: null,
	}));

test("CAP-3: a job and what became of its pages are there after the panel was closed", async () => {
	const who = owner();
	const first = await openJobs(who);
	await first.create(job("later", 2), rows("later", 2));
	await first.create(job("early"), rows("early", 12));
	const [one] = rows("early", 1);
	if (one) await first.putRow({ ...one, state: "saved", recordId: "record" });
	first.close();
	const again = await openJobs(who);
	const all = await again.all();
	expect(all.map((whole) => [whole.job.id, whole.rows.length])).toEqual([
		["early", 12],
		["later", 2],
	]);
	expect(all[0]?.rows.map(({ place }) => place)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
	expect(all[0]?.rows[0]).toMatchObject({ state: "saved", recordId: "record" });
	again.close();
});

test("CAP-3: stopped it waits for the person; failed pages wait again, and only those; removed it is gone", async () => {
	const store = await openJobs(owner());
	const [first, second, third] = rows("one", 3);
	await store.create(job("one"), [
		{ ...first, state: "failed", reason: "Full." } as JobRow,
		{ ...second, state: "link", reason: "no-answer" } as JobRow,
		third as JobRow,
	]);
	await store.setStopped("one", true);
	expect((await store.all())[0]?.job.stopped).toBe(true);
	await store.retry("one");
	const [whole] = await store.all();
	expect(whole?.job.stopped).toBe(false);
	expect(whole?.rows.map(({ state, reason }) => [state, reason])).toEqual([
		["waiting", null],
		["link", "no-answer"],
		["waiting", null],
	]);
	await store.remove("one");
	expect(await store.all()).toEqual([]);
	// The page that was being read when it was removed.
	await store.putRow({ ...third, state: "saved" } as JobRow);
	await store.create(job("one"), []);
	expect(await store.all()).toEqual([{ job: job("one"), rows: [] }]);
	store.close();
});

test("ID-8: who has left leaves no list of pages; the guest's and one's own stay", async () => {
	const [ann, ben, guest] = [owner(), owner(), { userId: null, deviceId: crypto.randomUUID() }];
	for (const who of [ann, ben, guest]) (await openJobs(who)).close();
	await forgetOthersJobs(ann.userId);
	const names = (await indexedDB.databases()).map(({ name }) => name);
	expect([ann, ben, guest].map((who) => names.includes(jobsName(who)))).toEqual([true, false, true]);
	await forgetOthersJobs(null);
	expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(jobsName(ann));
});
