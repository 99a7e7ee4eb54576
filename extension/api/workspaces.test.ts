import "../messages/test-browser.ts";
import { afterEach, beforeEach, describe, expect, setSystemTime, test } from "bun:test";
import { account, lastTargets, selectedTargetId, targets } from "../settings/items.ts";
import { testTarget } from "../ui/test-target.ts";
import { aDevice, emptyDevice, tokenOf } from "./test-device.ts";
import type { TestPerson } from "./test-people.ts";

beforeEach(emptyDevice);

afterEach(() => {
	setSystemTime();
});

const minutes = 60_000;

/** Ada is signed in and works in her own workspace; she also has a place in a team. */
async function adaWithTeam() {
	const device = await aDevice();
	const ada = device.server.person as TestPerson;
	const own = device.server.people.personalOf(ada).id;
	const team = device.server.people.team("Team", ada);
	await device.session.signIn();
	return { ...device, ada, own, team };
}

const refreshes = (requests: URLSearchParams[]) => requests.filter((one) => one.get("grant_type") === "refresh_token");

describe("a token", () => {
	test("ID-3: is of the current workspace, or of the one that is asked for; each is kept and refreshed by itself", async () => {
		const { server, session, own, team } = await adaWithTeam();
		expect(server.holder(await tokenOf(session))?.workspaceId).toBe(own);
		const first = await tokenOf(session, { workspaceId: team });
		expect(server.holder(first)?.workspaceId).toBe(team);
		expect(await tokenOf(session, { workspaceId: team })).toBe(first);
		expect(refreshes(server.tokenRequests).map((request) => request.get("workspace_id"))).toEqual([team]);
		setSystemTime(Date.now() + 4 * minutes + 31_000);
		expect(server.holder(await tokenOf(session))?.workspaceId).toBe(own);
		expect(refreshes(server.tokenRequests)).toHaveLength(2);
	});

	test("ID-3: for one workspace is fetched once, however many contexts ask", async () => {
		const { server, session, start, team } = await adaWithTeam();
		const contexts = [session, start(), start()];
		const tokens = await Promise.all(contexts.map((one) => tokenOf(one, { workspaceId: team })));
		expect(new Set(tokens).size).toBe(1);
		expect(refreshes(server.tokenRequests)).toHaveLength(1);
	});

	test("ID-3: a lost answer to a refresh is harmless: the next try has a new proof and works", async () => {
		const { server, session } = await adaWithTeam();
		setSystemTime(Date.now() + 10 * minutes);
		server.lostAnswers = 1;
		expect(await session.token().catch((error: unknown) => error)).toMatchObject({ code: "client/unreachable" });
		expect(server.holder(await tokenOf(session))?.email).toBe("ada@example.com");
		expect(await account.getValue()).not.toBeNull();
	});

	test("ID-3: a request that the browser repeated by itself, with the same proof, is asked again with another", async () => {
		const { server, session } = await adaWithTeam();
		setSystemTime(Date.now() + 10 * minutes);
		server.repeatedRequests = 1;
		expect(server.holder(await tokenOf(session))?.email).toBe("ada@example.com");
	});

	test("ID-7: of a workspace the person was removed from: there is none, and they stay signed in", async () => {
		const { server, session, ada, team } = await adaWithTeam();
		server.people.remove(ada, team);
		expect(await session.token({ workspaceId: team })).toEqual({ kind: "workspace-gone" });
		const failure = await session
			.client({ workspaceId: team })
			.settings()
			.catch((error: unknown) => error);
		expect(failure).toMatchObject({ code: "client/workspace-gone" });
		expect(server.holder(await tokenOf(session))?.email).toBe("ada@example.com");
	});

	test("ID-7: removed from the current one: they work where the server says, and see nothing of it", async () => {
		const { server, session, ada, own, team } = await adaWithTeam();
		await session.switchWorkspace(team);
		await targets.setValue([testTarget({ name: "The team's table" })]);
		const refused = (await tokenOf(session)) ?? "";
		server.people.remove(ada, team);
		expect(await session.token({ refused })).toEqual({ kind: "workspace-gone" });
		expect(await account.getValue()).toMatchObject({ workspaceId: own, workspaceName: "Personal" });
		expect(await targets.getValue()).toEqual([]);
		expect(server.holder(await tokenOf(session))?.workspaceId).toBe(own);
	});
});

describe("switching", () => {
	test("ID-7: account, targets and the chosen one change together; the old ones are not shown", async () => {
		const { session, own, team } = await adaWithTeam();
		await targets.setValue([testTarget({ name: "My own table" })]);
		await lastTargets.setValue({ [team]: "the team's table", [own]: "mine" });
		expect(await session.switchWorkspace(team)).toEqual({ kind: "switched" });
		expect(await account.getValue()).toMatchObject({ workspaceId: team, workspaceName: "Team" });
		expect((await account.getValue())?.workspaces.map(({ id }) => id)).toEqual([own, team]);
		expect(await targets.getValue()).toEqual([]);
		expect(await selectedTargetId.getValue()).toBe("the team's table");
		await session.switchWorkspace(own);
		expect(await selectedTargetId.getValue()).toBe("mine");
	});

	test("two windows at once: one after the other, and every token is of where the surfaces say", async () => {
		const { server, session, start, own, team } = await adaWithTeam();
		const third = server.people.team("Third", server.person as TestPerson);
		const answers = await Promise.all([session.switchWorkspace(team), start().switchWorkspace(third)]);
		expect(answers).toEqual([{ kind: "switched" }, { kind: "switched" }]);
		const current = (await account.getValue())?.workspaceId ?? own;
		expect(current).toBe(third);
		expect(server.holder(await tokenOf(session))?.workspaceId).toBe(current);
	});

	test("ID-7: to one that is closed to them: they are told, and the list is brought up to date", async () => {
		const { server, session, ada, own, team } = await adaWithTeam();
		server.people.remove(ada, team);
		expect(await session.switchWorkspace(team)).toMatchObject({ kind: "gone" });
		expect((await account.getValue())?.workspaces.map(({ id }) => id)).toEqual([own]);
		expect(await account.getValue()).toMatchObject({ workspaceId: own });
	});

	test("without a network nothing changes, and it is said", async () => {
		const { server, session, own, team } = await adaWithTeam();
		server.offline = true;
		expect(await session.switchWorkspace(team)).toMatchObject({ kind: "failed" });
		expect(await account.getValue()).toMatchObject({ workspaceId: own });
	});

	test("ID-8: one that is answered after its person has signed out shows nothing", async () => {
		const { session, team } = await adaWithTeam();
		await Promise.all([session.switchWorkspace(team), session.signOut()]);
		expect(await account.getValue()).toBeNull();
		expect(await targets.getValue()).toEqual([]);
	});
});

describe("what is known of the account", () => {
	test("is brought up to date: a new workspace, another name", async () => {
		const { server, session, ada } = await adaWithTeam();
		const later = server.people.team("Later", ada);
		expect(await session.refreshAccount()).toBe(true);
		expect((await account.getValue())?.workspaces.map(({ id }) => id)).toContain(later);
	});

	test("an account of the version without workspaces learns its own, and keeps what is shown", async () => {
		const { session, own } = await adaWithTeam();
		const known = await account.getValue();
		await account.setValue(known && { ...known, workspaceId: null, workspaces: [] });
		await targets.setValue([testTarget()]);
		expect(await session.refreshAccount()).toBe(true);
		expect(await account.getValue()).toMatchObject({ workspaceId: own });
		expect(await targets.getValue()).toEqual([testTarget()]);
	});

	test("a guest has none", async () => {
		const { session } = await aDevice();
		expect(await session.refreshAccount()).toBe(false);
	});
});
