import { afterAll, beforeAll, expect, test } from "bun:test";
import type { FullUserView, SessionView } from "../../contract/users.ts";
import { permissionsByRole } from "../../workspaces/policy.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { makeMember, makeTeam, type TestMember, type TestTeam } from "../testing/test-member.ts";

let backend: TestBackend;
let ada: TestMember;
let team: TestTeam;
beforeAll(async () => {
	backend = await startTestBackend();
	ada = await makeMember(backend.url);
	team = await makeTeam(backend.url);
});
afterAll(async () => {
	await backend.close();
});

test("ID-6: who is signed in, by which ways, in which workspaces, in one answer and in parts", async () => {
	const { body } = await ada.send("GET", "/users/me/full");
	const { user, accounts, workspaces, session } = body as FullUserView;
	expect(user).toMatchObject({ id: ada.userId, email: ada.person.email, firstName: "", lastName: "", timeZone: "UTC" });
	expect(accounts).toMatchObject([{ provider: "password", subject: ada.userId }]);
	expect(JSON.stringify(accounts)).not.toContain("argon2");
	expect(workspaces).toMatchObject([{ id: ada.personalId, personal: true, role: "owner", plan: "free" }]);
	expect(session).toMatchObject({
		userId: ada.userId,
		deviceId: ada.person.deviceId,
		workspace: { id: ada.personalId },
	});
	expect((await ada.send("GET", "/users/me")).body).toEqual(user);
	expect((await ada.send("GET", "/users/me/accounts")).body).toEqual({ accounts });
	expect((await ada.send("GET", "/users/session")).body).toEqual(session);
});

test("ID-2: name and time zone are changed one by one; what is left out stays", async () => {
	const named = await ada.send("PATCH", "/users/me", { firstName: " Ada ", timeZone: "Europe/Lisbon" });
	expect(named).toMatchObject({ status: 200, body: { firstName: "Ada", lastName: "", timeZone: "Europe/Lisbon" } });
	const again = await ada.send("PATCH", "/users/me", { lastName: "Lovelace" });
	expect(again.body).toMatchObject({ firstName: "Ada", lastName: "Lovelace", timeZone: "Europe/Lisbon" });
	expect((await ada.send("PATCH", "/users/me", { lastName: "" })).body).toMatchObject({
		firstName: "Ada",
		lastName: "",
	});
});

test("ID-2: a time zone is a name that the world's list has", async () => {
	for (const timeZone of ["UTC", "Asia/Kolkata", "America/Argentina/Buenos_Aires"]) {
		expect(await ada.send("PATCH", "/users/me", { timeZone })).toMatchObject({ status: 200, body: { timeZone } });
	}
	for (const timeZone of ["Mars/Olympus", "+01:00", "", "'; drop table", "x".repeat(65)]) {
		const refused = await ada.send("PATCH", "/users/me", { timeZone });
		expect({ timeZone, ...refused }).toMatchObject({ timeZone, status: 400, code: "request/invalid" });
	}
});

test("TEN-2: nobody changes their id, address or plan through their profile", async () => {
	const before = (await ada.send("GET", "/users/me")).body;
	const forged = { id: team.owner.userId, email: "root@example.test", emailVerified: true, plan: "pro" };
	expect((await ada.send("PATCH", "/users/me", forged)).body).toEqual(before);
	expect(await ada.send("PATCH", "/users/me", { firstName: "x".repeat(101) })).toMatchObject({ status: 400 });
	expect(await ada.send("PATCH", "/users/me", { firstName: "\u0000" })).toMatchObject({ status: 400 });
});

test("ID-7: the session says what the role in its workspace may do, from the one policy table", async () => {
	for (const role of ["owner", "admin", "member", "viewer"] as const) {
		const send = await team[role].sendIn(team.id);
		const { workspace, permissions, entitlements } = (await send("GET", "/users/session")).body as SessionView;
		expect(workspace).toMatchObject({ id: team.id, role });
		expect(permissions).toEqual([...permissionsByRole[role]]);
		expect(entitlements).toMatchObject({ isGuest: false, isPro: false, canSync: role !== "viewer" });
		expect(entitlements.reason === null).toBe(role !== "viewer");
	}
});

test("ID-7: another role is told at once, also to a token that was looked at under the old one", async () => {
	const send = await team.member.sendIn(team.id);
	const canSync = async () => ((await send("GET", "/users/session")).body as SessionView).entitlements.canSync;
	const giveRole = async (role: string) => {
		const owner = await team.owner.sendIn(team.id);
		expect((await owner("PATCH", `/workspaces/${team.id}/members/${team.member.userId}`, { role })).status).toBe(204);
	};
	expect(await canSync()).toBe(true);
	await giveRole("viewer");
	expect(await canSync()).toBe(false);
	await giveRole("member");
	expect(await canSync()).toBe(true);
});
