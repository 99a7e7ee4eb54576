import "../messages/test-browser.ts";
import { expect, test } from "bun:test";
import type { Operation } from "../../backend/contract/writes.ts";
import { workspaceIsGone } from "../api/api-failure.ts";
import type { Client } from "../api/client.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { type OpenOutbox, openOutbox } from "../outbox/outbox.ts";
import { aCapture, aView, stored } from "../outbox/test-outbox.ts";
import type { LocalRecord } from "../outbox/types.ts";
import type { Account } from "../settings/account.ts";
import { testAccount, testViewer } from "../settings/test-account.ts";
import { createLanes, type LaneDeps } from "./lanes.ts";

const team = { id: crypto.randomUUID(), name: "Team", personal: false, role: "member", plan: "free" } as const;

/** Ada in her own workspace with a place in a team, and a backend that answers as told. */
async function aLane(answers: Partial<Client> = {}, change: Partial<Account> = {}, more: Partial<LaneDeps> = {}) {
	const own = testAccount();
	const ada: Account = { ...own, workspaces: [...own.workspaces, team], ...change };
	const deviceId = crypto.randomUUID();
	const outbox = await openOutbox({ userId: ada.userId, deviceId, workspaceId: ada.workspaceId });
	const requests: string[] = [];
	const lanes = createLanes({
		locks: memoryLocks(),
		account: async () => ada,
		database: async () => outbox.database,
		deviceId: async () => deviceId,
		online: () => true,
		refreshAccount: async () => true,
		isClosed: async () => true,
		clientsOf: () => (workspaceId) => {
			requests.push(workspaceId);
			const writeBatch = async (operations: readonly Operation[]) => operations.map(stored);
			return { writeBatch, ...answers } as Client;
		},
		...more,
	});
	return { ada, outbox, lanes, requests };
}

async function storedRecord(outbox: OpenOutbox, lanes: { flush: () => Promise<unknown> }): Promise<LocalRecord> {
	const record = await outbox.save(aCapture("one"));
	await lanes.flush();
	return record;
}

test("how records stand is asked in every workspace; one that is closed holds up none of the others (I5)", async () => {
	const asked: string[][] = [];
	const recordsById = async (ids: readonly string[]) => {
		asked.push([...ids]);
		throw workspaceIsGone();
	};
	const { outbox, lanes } = await aLane({ recordsById });
	const record = await storedRecord(outbox, lanes);
	expect(await lanes.refresh()).toEqual({ changed: 0 });
	expect(asked).toEqual([[record.id]]);
	expect(await outbox.get(record.id)).toMatchObject({ state: "stored" });
	outbox.close();
});

test("news of a record is written down, whichever workspace it is in", async () => {
	const views: LocalRecord[] = [];
	const recordsById = async () => views.map((record) => aView(record, { status: "delivered" }));
	const { outbox, lanes } = await aLane({ recordsById });
	views.push(await storedRecord(outbox, lanes));
	expect(await lanes.refresh()).toEqual({ changed: 1 });
	outbox.close();
});

test("ID-7: what was refused in a workspace that is closed since is shown again; in one that is only not listed it is left", async () => {
	for (const closed of [true, false]) {
		const forbids = async (operations: readonly Operation[]) =>
			operations.map(({ id }) => ({
				id,
				status: "rejected" as const,
				error: { code: "auth/forbidden" as const, message: "No." },
			}));
		const elsewhere = crypto.randomUUID();
		const { ada, outbox, lanes } = await aLane({ writeBatch: forbids }, {}, { isClosed: async () => closed });
		const [, , deviceId = ""] = outbox.database.name.split("_");
		const other = await openOutbox({ userId: ada.userId, deviceId, workspaceId: elsewhere });
		const record = await other.save(aCapture("refused there"));
		await lanes.flush();
		await lanes.flush();
		const shown = (await outbox.unsettled(10)).map(({ id }) => id);
		expect({ closed, shown }).toEqual({ closed, shown: closed ? [record.id] : [] });
		for (const each of [outbox, other]) each.close();
	}
});

test("ID-7: where the person only looks nothing is sent; whether they may write by now is asked only while something waits for it", async () => {
	const looking = testViewer("Team");
	let role: Account = looking;
	let asked = 0;
	const refreshAccount = async () => {
		asked += 1;
		role = { ...looking, entitlements: testAccount().entitlements };
	};
	const { outbox, lanes, requests } = await aLane({}, looking, { account: async () => role, refreshAccount });
	await lanes.lookAtRole();
	expect(asked).toBe(0);
	const record = await outbox.save(aCapture("one"));
	await lanes.flush();
	expect({ asked, state: (await outbox.get(record.id))?.state }).toEqual({ asked: 0, state: "local" });
	await lanes.lookAtRole();
	await lanes.flush();
	expect({ asked, state: (await outbox.get(record.id))?.state }).toEqual({ asked: 1, state: "stored" });
	expect(new Set(requests)).toEqual(new Set([looking.workspaceId ?? ""]));
	await lanes.lookAtRole();
	expect(asked).toBe(1);
	outbox.close();
});

test("ID-7: what waits in a team that is not open is held by the role there", async () => {
	const writes: string[] = [];
	const clientsOf: LaneDeps["clientsOf"] = () => (workspaceId) => {
		const writeBatch = async (operations: readonly Operation[]) => {
			writes.push(workspaceId);
			return operations.map(stored);
		};
		return { writeBatch } as Partial<Client> as Client;
	};
	const own = testAccount();
	const workspaces = [...own.workspaces, { ...team, role: "viewer" as const }];
	const { ada, outbox, lanes } = await aLane({}, { ...own, workspaces }, { clientsOf });
	const [, , deviceId = ""] = outbox.database.name.split("_");
	const inTeam = await openOutbox({ userId: ada.userId, deviceId, workspaceId: team.id });
	await inTeam.save(aCapture("ours"));
	await outbox.save(aCapture("mine"));
	await lanes.flush();
	expect(writes).toEqual([own.workspaceId ?? ""]);
	for (const each of [outbox, inTeam]) each.close();
});

test("while it is not known where the person works, nothing is sent", async () => {
	const { outbox, lanes, requests } = await aLane({}, { workspaceId: null });
	await outbox.save(aCapture("one"));
	expect(await lanes.flush()).toEqual({ nextAt: null });
	expect(requests).toEqual([]);
	outbox.close();
});

test("ID-8: the last flush before a sign-out sends what waits, and waits for nobody longer than its time", async () => {
	const { outbox, lanes } = await aLane();
	const record = await outbox.save(aCapture("one"));
	await lanes.lastFlush();
	expect(await outbox.get(record.id)).toMatchObject({ state: "stored" });
	outbox.close();
	const never = () => new Promise<never>(() => undefined);
	const slow = await aLane({ writeBatch: never }, {}, { lastFlushMs: 1 });
	await slow.outbox.save(aCapture("two"));
	await slow.lanes.lastFlush();
	expect((await slow.outbox.counts()).waiting).toBe(1);
	slow.outbox.close();
});

test("a database that fails does not stop the sign-out", async () => {
	const { lanes } = await aLane({}, {}, { database: () => Promise.reject(new Error("The disk is full.")) });
	expect(await lanes.lastFlush()).toBeUndefined();
});
