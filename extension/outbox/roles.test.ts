import { describe, expect, test } from "bun:test";
import type { Access } from "./access.ts";
import { openOutbox } from "./outbox.ts";
import { type Answer, fails, flush, noon, scripted } from "./test-flush.ts";
import { aCapture, allEntries, home } from "./test-outbox.ts";

const own = crypto.randomUUID();
const forbidden = fails("auth/forbidden", 403);

/**
 * One person on one device who works in `home`, a team's, and has a workspace of their own. `says` is what the account has
 * heard of their role; `truth` what an answer to the next question would be.
 */
async function aTeam(says: "member" | "viewer", truth: "member" | "viewer" | "no answer" = says) {
	const person = { userId: crypto.randomUUID(), deviceId: crypto.randomUUID() };
	const state = { role: says, workspaceId: home, looks: 0 };
	const access = async (): Promise<Access> => ({
		workspaceId: state.workspaceId,
		mayWrite: (id) => id !== home || state.role === "member",
	});
	const lookAgain = async () => {
		state.looks += 1;
		if (truth === "no answer") return false;
		state.role = truth;
		return true;
	};
	const places: string[] = [];
	const outbox = await openOutbox({ ...person, workspaceId: home, looksOnly: says === "viewer" });
	const run = (...answers: Answer[]) => {
		const backend = scripted(...answers);
		const clientFor = (workspaceId: string) => {
			const writeBatch: typeof backend.writeBatch = async (operations) => {
				places.push(workspaceId);
				return await backend.writeBatch(operations);
			};
			return { writeBatch };
		};
		return flush(outbox, backend, { access, lookAgain, clientFor, workspaceId: state.workspaceId });
	};
	return { person, outbox, state, places, run };
}

describe("ID-7: who only looks captures for themselves", () => {
	test("ID-7, OUT-1: it belongs to no workspace and aims at none of its tables", async () => {
		const { outbox } = await aTeam("viewer");
		const saved = await outbox.save(aCapture("seen", { targetId: crypto.randomUUID() }));
		expect(saved).toMatchObject({ workspaceId: "", targetId: null, state: "local" });
		expect((await outbox.recent(1)).map(({ id }) => id)).toEqual([saved.id]);
		outbox.close();
	});

	test("ID-7, OUT-2: nothing is sent, nothing fails, and the alarm is left to a look for another role", async () => {
		const { outbox, run, places } = await aTeam("viewer");
		const { id } = await outbox.save(aCapture("seen"));
		expect(await run()).toEqual({ kind: "done", accepted: 0, nextAt: noon + 900_000 });
		expect(places).toEqual([]);
		expect(await outbox.get(id)).toMatchObject({ state: "local", problem: null });
		outbox.close();
	});

	test("ID-7, I2: it goes once by itself, to the workspace that is switched to", async () => {
		const { outbox, state, run, places } = await aTeam("viewer");
		const { id } = await outbox.save(aCapture("seen"));
		await run();
		state.workspaceId = own;
		expect(await run()).toMatchObject({ kind: "done", accepted: 1, nextAt: null });
		await run();
		expect(places).toEqual([own]);
		expect(await outbox.get(id)).toMatchObject({ state: "stored", workspaceId: own });
		outbox.close();
	});

	test("ID-7: or to this one, once the role is raised", async () => {
		const { outbox, state, run, places } = await aTeam("viewer");
		await outbox.save(aCapture("seen"));
		await run();
		state.role = "member";
		expect(await run()).toMatchObject({ accepted: 1 });
		expect(places).toEqual([home]);
		outbox.close();
	});

	test("ID-7: a switch in the middle of a run takes nothing captured after it to the workspace before", async () => {
		const { outbox, person, state, run, places } = await aTeam("viewer");
		const inOwn = await openOutbox({ ...person, workspaceId: own });
		await inOwn.save(aCapture("mine"));
		state.workspaceId = own;
		const switchesAway: Answer = async (operations) => {
			state.workspaceId = home;
			await outbox.save(aCapture("seen"));
			return operations.map(({ id }) => ({ id, status: "stored" }));
		};
		expect(await run(switchesAway)).toMatchObject({ accepted: 1 });
		expect(places).toEqual([own]);
		expect((await outbox.unsettled(9)).map(({ source, state }) => [source.title, state])).toEqual([["seen", "local"]]);
		for (const each of [outbox, inOwn]) each.close();
	});
});

describe("ID-7: a role that was lowered in the middle", () => {
	test("ID-7, OUT-3: what was captured for the team waits there, uncounted, and goes when the role is raised", async () => {
		const { outbox, state, run, places } = await aTeam("member", "viewer");
		const { id } = await outbox.save(aCapture("ours"));
		expect(await run(forbidden)).toEqual({ kind: "done", accepted: 0, nextAt: noon + 900_000 });
		expect(await outbox.get(id)).toMatchObject({ state: "local", problem: null, workspaceId: home });
		expect((await allEntries(outbox.database)).map(({ state, attempts }) => [state, attempts])).toEqual([
			["waiting", 0],
		]);
		expect(await outbox.counts()).toEqual({ waiting: 1, needsYou: 0 });
		await run();
		expect(places).toEqual([home]);
		state.role = "member";
		expect(await run()).toMatchObject({ accepted: 1 });
		expect(places).toEqual([home, home]);
		outbox.close();
	});

	test("ID-7: it stays the team's over a switch, and holds up nothing of the other workspace", async () => {
		const { outbox, person, state, run, places } = await aTeam("member", "viewer");
		const { id } = await outbox.save(aCapture("ours"));
		await run(forbidden);
		state.workspaceId = own;
		const inOwn = await openOutbox({ ...person, workspaceId: own });
		await inOwn.save(aCapture("mine"));
		expect(await run()).toMatchObject({ accepted: 1, nextAt: noon + 900_000 });
		expect(places).toEqual([home, own]);
		expect(await outbox.get(id)).toMatchObject({ state: "local", workspaceId: home });
		for (const each of [outbox, inOwn]) each.close();
	});

	test("ID-7: on the person's word it goes elsewhere instead, once, and nowhere before a switch", async () => {
		const { outbox, state, run, places } = await aTeam("member", "viewer");
		const { id } = await outbox.save(aCapture("ours", { targetId: crypto.randomUUID() }));
		await run(forbidden);
		await outbox.release(id);
		expect(await outbox.get(id)).toMatchObject({ state: "local", workspaceId: "", targetId: null });
		await run();
		state.workspaceId = own;
		expect(await run()).toMatchObject({ accepted: 1, nextAt: null });
		expect(places).toEqual([home, own]);
		outbox.close();
	});

	test("ID-7: what had no workspace when it was refused has none again, and goes with a switch", async () => {
		const { outbox, person, state, run, places } = await aTeam("member", "viewer");
		const looking = await openOutbox({ ...person, workspaceId: home, looksOnly: true });
		const { id } = await looking.save(aCapture("anybody's"));
		await run(forbidden);
		expect(await outbox.get(id)).toMatchObject({ state: "local", workspaceId: "" });
		state.workspaceId = own;
		await run();
		expect(places).toEqual([home, own]);
		expect(await outbox.get(id)).toMatchObject({ state: "stored", workspaceId: own });
		for (const each of [outbox, looking]) each.close();
	});

	test("ID-7: so does what was edited while it was being refused", async () => {
		const { outbox, person, run } = await aTeam("member", "viewer");
		const looking = await openOutbox({ ...person, workspaceId: home, looksOnly: true });
		const { id } = await looking.save(aCapture("anybody's"));
		const meanwhile: Answer = async (operations) => {
			await looking.edit(id, { kind: "article" });
			return await forbidden(operations);
		};
		await run(meanwhile);
		expect(await outbox.get(id)).toMatchObject({ state: "local", workspaceId: "", kind: "article" });
		expect((await allEntries(outbox.database)).map(({ workspaceId }) => workspaceId)).toEqual([""]);
		for (const each of [outbox, looking]) each.close();
	});

	test("OUT-2: while nobody can say what the role is, it backs off", async () => {
		const { outbox, run, state } = await aTeam("member", "no answer");
		const { id } = await outbox.save(aCapture("ours"));
		expect(await run(forbidden)).toEqual({ kind: "later", accepted: 0, nextAt: noon + 500 });
		expect(state.looks).toBe(1);
		expect(await outbox.get(id)).toMatchObject({ state: "local", workspaceId: home });
		outbox.close();
	});
});

describe("OUT-3: a server that refuses a role which it says may write", () => {
	test("OUT-3: is asked once more: the role may have been raised in between", async () => {
		const { outbox, run, places } = await aTeam("member");
		await outbox.save(aCapture("ours"));
		expect(await run(forbidden)).toMatchObject({ kind: "done", accepted: 1 });
		expect(places).toEqual([home, home]);
		outbox.close();
	});

	test("OUT-3: twice is a defect: the person sees it, with the reason, and can try again", async () => {
		const { outbox, run } = await aTeam("member");
		const { id } = await outbox.save(aCapture("ours"));
		expect(await run(forbidden, forbidden)).toMatchObject({ kind: "done", accepted: 0 });
		const problem = { code: "auth/forbidden", action: "retry" };
		expect(await outbox.get(id)).toMatchObject({ state: "needs_you", problem });
		await outbox.retry(id);
		expect(await run()).toMatchObject({ accepted: 1 });
		outbox.close();
	});
});
