import { describe, expect, test } from "bun:test";
import type { Operation } from "../../backend/contract/writes.ts";
import { ApiFailure, workspaceIsGone } from "../api/api-failure.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { flushOutbox } from "./flush.ts";
import { type OpenOutbox, openOutbox } from "./outbox.ts";
import { refreshRecords } from "./refresh.ts";
import { aCapture, allEntries, aView, stored } from "./test-outbox.ts";

const [own, team] = [crypto.randomUUID(), crypto.randomUUID()];

/** One person with two workspaces on one device: the same database, opened in either. */
async function twoWorkspaces() {
	const person = { userId: crypto.randomUUID(), deviceId: crypto.randomUUID() };
	const inOwn = await openOutbox({ ...person, workspaceId: own });
	const inTeam = await openOutbox({ ...person, workspaceId: team });
	return { inOwn, inTeam, close: () => [inOwn, inTeam].forEach((outbox) => outbox.close()) };
}

/** Takes everything but for workspaces whose answer is scripted. */
function servers(scripted: Record<string, () => never> = {}) {
	const taken: Record<string, string[]> = {};
	const clientFor = (workspaceId: string) => ({
		writeBatch: async (operations: readonly Operation[]) => {
			scripted[workspaceId]?.();
			const titles = operations.map((one) => (one.kind === "record.put" ? one.record.source.title : "a removal"));
			taken[workspaceId] = [...(taken[workspaceId] ?? []), ...titles];
			return operations.map(stored);
		},
	});
	return { taken, clientFor };
}

const gone = () => {
	throw workspaceIsGone();
};

function flush(outbox: OpenOutbox, workspaceId: string, clientFor: ReturnType<typeof servers>["clientFor"]) {
	return flushOutbox({ database: outbox.database, workspaceId, clientFor, locks: memoryLocks() });
}

const titles = async (outbox: OpenOutbox) => (await outbox.recent(10)).map(({ source }) => source.title);

describe("a record's workspace", () => {
	test("is the one it was saved in, whichever is current when it is sent", async () => {
		const { inOwn, inTeam, close } = await twoWorkspaces();
		await inTeam.save(aCapture("the team's"));
		await inOwn.save(aCapture("mine"));
		const { taken, clientFor } = servers();
		expect(await flush(inOwn, own, clientFor)).toMatchObject({ kind: "done", accepted: 2 });
		expect(taken).toEqual({ [own]: ["mine"], [team]: ["the team's"] });
		close();
	});

	test("stays the same over edits, removals and undo", async () => {
		const { inOwn, inTeam, close } = await twoWorkspaces();
		const record = await inTeam.save(aCapture("the team's"));
		await flush(inOwn, own, servers().clientFor);
		await inOwn.edit(record.id, { kind: "article" });
		await inOwn.remove(record.id);
		const { taken, clientFor } = servers();
		await flush(inOwn, own, clientFor);
		expect(taken).toEqual({ [team]: ["a removal"] });
		expect(await inOwn.restore(record)).toMatchObject({ workspaceId: team });
		close();
	});

	test("I2: is kept by an Undo of a page that had not heard yet where the record was sent", async () => {
		const guest = await openOutbox({ userId: crypto.randomUUID(), deviceId: crypto.randomUUID(), workspaceId: null });
		const { database } = guest;
		const record = await guest.save(aCapture("without one"));
		await flush(guest, own, servers().clientFor);
		await guest.remove(record.id);
		expect(await guest.restore(record)).toMatchObject({ workspaceId: own });
		const { taken, clientFor } = servers();
		await flushOutbox({ database, workspaceId: team, clientFor, locks: memoryLocks() });
		expect(taken).toEqual({ [own]: ["without one"] });
		guest.close();
	});

	test("becomes the current one when the record had none, with the first request that carries it", async () => {
		const { inOwn, close } = await twoWorkspaces();
		const { database } = inOwn;
		const record = await inOwn.save(aCapture("a guest's"));
		await database.write(async (transaction) => {
			const row = await transaction.objectStore("records").get(record.id);
			if (row) await transaction.objectStore("records").put({ ...row, workspaceId: "" });
			for (const entry of await transaction.objectStore("entries").getAll()) {
				await transaction.objectStore("entries").put({ ...entry, workspaceId: "" });
			}
		});
		const { taken, clientFor } = servers();
		await flush(inOwn, team, clientFor);
		expect(taken).toEqual({ [team]: ["a guest's"] });
		expect(await inOwn.get(record.id)).toMatchObject({ workspaceId: team, state: "stored" });
		close();
	});
});

describe("lists", () => {
	test("are of the workspace that is open; what is unsent for others is counted", async () => {
		const { inOwn, inTeam, close } = await twoWorkspaces();
		const url = "https://example.com/same";
		await inOwn.save(aCapture("mine", { source: { url, title: "mine" } }));
		await inTeam.save(aCapture("ours", { source: { url, title: "ours" } }));
		expect(await titles(inOwn)).toEqual(["mine"]);
		expect((await inTeam.unsettled(10)).map(({ source }) => source.title)).toEqual(["ours"]);
		expect((await inTeam.byUrl(url)).map(({ source }) => source.title)).toEqual(["ours"]);
		expect(await inOwn.counts()).toEqual({ waiting: 1, needsYou: 0 });
		expect(await inOwn.unsentElsewhere()).toBe(1);
		expect((await inOwn.all()).length).toBe(2);
		await flush(inOwn, own, servers().clientFor);
		expect(await inOwn.unsentElsewhere()).toBe(0);
		close();
	});

	test("how records stand is asked of each workspace for its own", async () => {
		const { inOwn, inTeam, close } = await twoWorkspaces();
		const [mine, ours] = [await inOwn.save(aCapture("mine")), await inTeam.save(aCapture("ours"))];
		await flush(inOwn, own, servers().clientFor);
		const asked: string[][] = [];
		const recordsById = async (ids: readonly string[]) => {
			asked.push([...ids]);
			return [aView(ours, { status: "delivered" })];
		};
		await refreshRecords({ database: inOwn.database, workspaceId: team, client: { recordsById } });
		expect(asked).toEqual([[ours.id]]);
		expect(await inOwn.get(ours.id)).toMatchObject({ state: "delivered" });
		expect(await inOwn.get(mine.id)).toMatchObject({ state: "stored" });
		close();
	});
});

describe("ID-7: a workspace the person was removed from", () => {
	test("what is unsent for it needs them, in every workspace, with a sentence; the others go on", async () => {
		const { inOwn, inTeam, close } = await twoWorkspaces();
		const lost = await inTeam.save(aCapture("ours", { targetId: crypto.randomUUID() }));
		await inOwn.save(aCapture("mine"));
		const { taken, clientFor } = servers({ [team]: gone });
		expect(await flush(inOwn, own, clientFor)).toMatchObject({ kind: "done", accepted: 1 });
		expect(taken).toEqual({ [own]: ["mine"] });
		const record = await inOwn.get(lost.id);
		expect(record).toMatchObject({ state: "needs_you", workspaceId: "", targetId: null });
		expect(record?.problem).toMatchObject({ code: "client/workspace-gone", action: "retry" });
		expect(await titles(inOwn)).toEqual(["mine", "ours"]);
		expect(await inOwn.counts()).toMatchObject({ needsYou: 1 });
		close();
	});

	test("trying again sends it to the workspace they are in, and nothing does so by itself", async () => {
		const { inOwn, inTeam, close } = await twoWorkspaces();
		const lost = await inTeam.save(aCapture("ours"));
		await flush(inOwn, own, servers({ [team]: gone }).clientFor);
		const { taken, clientFor } = servers();
		await flush(inOwn, own, clientFor);
		expect(taken).toEqual({});
		await inOwn.retry(lost.id);
		await flush(inOwn, own, clientFor);
		expect(taken).toEqual({ [own]: ["ours"] });
		expect(await inOwn.get(lost.id)).toMatchObject({ state: "stored", workspaceId: own });
		close();
	});

	test("what they had removed there is gone, and a record they do not want any more can be removed", async () => {
		const { inOwn, inTeam, close } = await twoWorkspaces();
		const [one, two] = [await inTeam.save(aCapture("one")), await inTeam.save(aCapture("two"))];
		await flush(inTeam, team, servers().clientFor);
		await inTeam.remove(one.id);
		await inTeam.edit(two.id, { kind: "article" });
		await flush(inOwn, own, servers({ [team]: gone }).clientFor);
		expect(await inOwn.get(one.id)).toBeUndefined();
		expect(await inOwn.get(two.id)).toMatchObject({ state: "needs_you", kind: "article" });
		await inOwn.remove(two.id);
		expect(await allEntries(inOwn.database)).toEqual([]);
		expect(await inOwn.recent(10)).toEqual([]);
		close();
	});

	test("also what waits out a back-off or was refused there", async () => {
		const { inOwn, inTeam, close } = await twoWorkspaces();
		const record = await inTeam.save(aCapture("ours"));
		const unreachable = () => {
			throw new ApiFailure("client/unreachable", "No network.");
		};
		await flush(inTeam, team, servers({ [team]: unreachable }).clientFor);
		await inTeam.save(aCapture("due now"));
		await flush(inOwn, own, servers({ [team]: gone }).clientFor);
		expect(await inOwn.get(record.id)).toMatchObject({ state: "needs_you" });
		expect(await inOwn.counts()).toEqual({ waiting: 0, needsYou: 2 });
		close();
	});
});

test("I5: a workspace whose server part fails holds no other one up", async () => {
	const { inOwn, inTeam, close } = await twoWorkspaces();
	await inOwn.save(aCapture("mine"));
	await inTeam.save(aCapture("ours"));
	const broken = () => {
		throw new ApiFailure("server/internal", "A defect.", { status: 500 });
	};
	const { taken, clientFor } = servers({ [own]: broken });
	expect(await flush(inOwn, own, clientFor)).toMatchObject({ kind: "done", accepted: 1 });
	expect(taken).toEqual({ [team]: ["ours"] });
	expect(await inOwn.counts()).toEqual({ waiting: 1, needsYou: 0 });
	close();
});
