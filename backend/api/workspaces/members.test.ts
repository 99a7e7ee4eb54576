import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import type { MemberList } from "../../contract/workspaces.ts";
import { testPut } from "../../records/test-operations.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { join, makeMember, makeTeam, makeWorkspace, type TestMember, type TestTeam } from "../testing/test-member.ts";

let backend: TestBackend;
let admin: Sql;
let team: TestTeam;
beforeAll(async () => {
	backend = await startTestBackend();
	admin = postgres(backend.testDatabase.url, { max: 1 });
	team = await makeTeam(backend.url);
});
afterAll(async () => {
	await admin.end();
	await backend.close();
});
beforeEach(async () => {
	// Each test begins with the same roles.
	for (const role of ["owner", "admin", "member", "viewer"] as const) {
		await admin`
			insert into sheaf.workspace_members (workspace_id, user_id, role) values (${team.id}, ${team[role].userId}, ${role})
			on conflict (workspace_id, user_id) do update set role = excluded.role`;
	}
});

type Who = "owner" | "admin" | "member" | "viewer" | "outsider";
const memberPath = (who: TestMember, workspaceId = team.id) => `/workspaces/${workspaceId}/members/${who.userId}`;
const setRole = (by: Who, of: Who, role: string) => team[by].send("PATCH", memberPath(team[of]), { role });
const takeOut = (by: Who, of: Who) => team[by].send("DELETE", memberPath(team[of]));
const rolesNow = async () => {
	const { members } = (await team.owner.send("GET", `/workspaces/${team.id}/members`)).body as MemberList;
	return Object.fromEntries(members.map(({ userId, role }) => [userId, role]));
};
const done = { status: 204, code: null };
const forbidden = { status: 403, code: "auth/forbidden" };

test("ID-7: everyone in a workspace sees who is in it, owners first", async () => {
	for (const who of ["owner", "admin", "member", "viewer"] as const) {
		const { status, body } = await team[who].send("GET", `/workspaces/${team.id}/members`);
		const { members } = body as MemberList;
		expect(status).toBe(200);
		expect(members).toHaveLength(4);
		expect(members[0]).toMatchObject({ userId: team.owner.userId, role: "owner", email: team.owner.person.email });
		expect(members.filter(({ you }) => you).map(({ userId }) => userId)).toEqual([team[who].userId]);
	}
});

test("ID-7: an admin changes members and other admins, and neither makes nor unmakes an owner", async () => {
	expect(await setRole("admin", "member", "viewer")).toMatchObject(done);
	expect(await setRole("admin", "viewer", "admin")).toMatchObject(done);
	expect(await setRole("admin", "member", "owner")).toMatchObject(forbidden);
	expect(await setRole("admin", "owner", "member")).toMatchObject(forbidden);
	expect(await takeOut("admin", "owner")).toMatchObject(forbidden);
	expect((await rolesNow())[team.owner.userId]).toBe("owner");
});

test("ID-7: nobody raises themselves", async () => {
	for (const who of ["admin", "member", "viewer"] as const) {
		for (const role of ["owner", "admin"]) {
			if (who === role) continue;
			expect({ who, role, ...(await setRole(who, who, role)) }).toMatchObject({ who, role, ...forbidden });
		}
	}
	expect(await setRole("admin", "admin", "viewer")).toMatchObject(done);
});

test("ID-7: member and viewer change nobody", async () => {
	for (const who of ["member", "viewer"] as const) {
		expect(await setRole(who, "admin", "viewer")).toMatchObject(forbidden);
		expect(await takeOut(who, "admin")).toMatchObject(forbidden);
	}
});

test("ID-7: the last owner neither leaves nor steps down; with a second one they do", async () => {
	const lastOwner = { status: 409, code: "workspaces/last-owner" };
	expect(await team.owner.send("POST", `/workspaces/${team.id}/leave`)).toMatchObject(lastOwner);
	expect(await setRole("owner", "owner", "member")).toMatchObject(lastOwner);
	expect(await takeOut("owner", "owner")).toMatchObject(lastOwner);
	expect(await setRole("owner", "member", "owner")).toMatchObject(done);
	expect(await setRole("owner", "owner", "member")).toMatchObject(done);
	expect((await rolesNow())[team.member.userId]).toBe("owner");
});

test("ID-7: of two owners who leave at once one stays, every time", async () => {
	const [ada, grace] = await Promise.all([makeMember(backend.url), makeMember(backend.url)]);
	for (let round = 0; round < 10; round++) {
		const { id } = await makeWorkspace(ada, `Round ${round}`);
		await join(grace, ada, { workspaceId: id, role: "admin" });
		await ada.send("PATCH", memberPath(grace, id), { role: "owner" });
		const stepDown = (who: TestMember) =>
			round % 2 === 0
				? who.send("POST", `/workspaces/${id}/leave`)
				: who.send("PATCH", memberPath(who, id), { role: "viewer" });
		const answers = await Promise.all([ada, grace].map(stepDown));
		expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409]);
		const owners = await admin`select from sheaf.workspace_members where workspace_id = ${id} and role = 'owner'`;
		expect(owners).toHaveLength(1);
	}
});

test("ID-7: an admin who is unmade in this moment changes nobody any more", async () => {
	for (let round = 0; round < 10; round++) {
		await setRole("owner", "admin", "admin");
		await setRole("owner", "viewer", "viewer");
		const [, raised] = await Promise.all([setRole("owner", "admin", "viewer"), setRole("admin", "viewer", "admin")]);
		const last = await admin<{ whom: string }[]>`
			select subject_id as whom from sheaf.audit_log
			where workspace_id = ${team.id} and action = 'member.role' order by id desc limit 1`;
		// They came first and it counted, or second and were refused; never both after one another.
		expect([204, 403]).toContain(raised.status);
		expect([...last]).toEqual([{ whom: team.admin.userId }]);
	}
});

test("ID-7: an owner hands the workspace over and stays as admin", async () => {
	const transfer = (by: Who, to: string) => team[by].send("POST", `/workspaces/${team.id}/transfer`, { userId: to });
	expect(await transfer("admin", team.admin.userId)).toMatchObject(forbidden);
	expect(await transfer("owner", team.outsider.userId)).toMatchObject({
		status: 404,
		code: "workspaces/member-not-found",
	});
	expect(await transfer("owner", team.owner.userId)).toMatchObject({ status: 409, code: "workspaces/already-member" });
	expect(await transfer("owner", team.viewer.userId)).toMatchObject({ status: 200, body: { role: "admin" } });
	expect(await rolesNow()).toMatchObject({ [team.viewer.userId]: "owner", [team.owner.userId]: "admin" });
});

test("ID-7: a person who is not in the workspace has no role there to change", async () => {
	const missing = { status: 404, code: "workspaces/member-not-found" };
	expect(await setRole("owner", "outsider", "member")).toMatchObject(missing);
	expect(await takeOut("owner", "outsider")).toMatchObject(missing);
	expect(await setRole("owner", "member", "emperor")).toMatchObject({ status: 400, code: "request/invalid" });
});

test("ID-7: who is taken out is refused at once for writes, and their device goes on in their own workspace", async () => {
	const { member } = team;
	const send = await member.sendIn(team.id);
	const write = () => send("POST", "/writes/batch", { operations: [testPut()] });
	expect(await write()).toMatchObject({ status: 200 });
	await admin`update sheaf.device_sessions set workspace_id = ${team.id} where user_id = ${member.userId}`;
	expect(await takeOut("admin", "member")).toMatchObject(done);
	expect(await write()).toMatchObject({ status: 401, code: "auth/session-revoked" });
	backend.passTime(61);
	expect(await send("GET", "/records")).toMatchObject({ status: 401 });
	const [session] = await admin`select workspace_id from sheaf.device_sessions where user_id = ${member.userId}`;
	expect(session).toEqual({ workspace_id: null });
	expect(await member.sendIn(team.id).catch(String)).toContain("invalid_target");
	const [kept] = await admin`select count(*)::int as count from sheaf.records where workspace_id = ${team.id}`;
	expect(kept).toEqual({ count: 1 });
});

test("ID-7: a role that shrank holds for the token that was made before, too", async () => {
	const send = await team.member.sendIn(team.id);
	await setRole("owner", "member", "viewer");
	const write = await send("POST", "/writes/batch", { operations: [testPut()] });
	expect(write).toMatchObject(forbidden);
});

test("SYNC-8: every change of members is one audit row that says who, what and whom; what changed nothing is none", async () => {
	const before = await admin`select from sheaf.audit_log where workspace_id = ${team.id}`;
	await setRole("owner", "member", "viewer");
	await setRole("owner", "member", "viewer");
	await setRole("member", "admin", "viewer");
	await takeOut("owner", "member");
	await team.viewer.send("POST", `/workspaces/${team.id}/leave`);
	const rows = await admin<{ action: string; who: string; whom: string; session: boolean; hashed: boolean }[]>`
		select action, owner_id as who, subject_id as whom, session_id is not null as session,
			before_hash is not null as hashed from sheaf.audit_log
		where workspace_id = ${team.id} order by id offset ${before.length}`;
	const { owner, member, viewer } = team;
	const row = (action: string, who: TestMember, whom: TestMember) => ({
		action,
		who: who.userId,
		whom: whom.userId,
		session: true,
		hashed: true,
	});
	expect([...rows]).toEqual([
		row("member.role", owner, member),
		row("member.remove", owner, member),
		row("member.leave", viewer, viewer),
	]);
});

test("ID-7: whoever is just deleting their account becomes no owner, and is listed no more", async () => {
	const { id, owner, member } = await makeTeam(backend.url);
	// Large workspaces of theirs are being deleted meanwhile: they still have a row in this one.
	await backend.testDatabase.database.asIdentity(
		(sql) => sql`update sheaf.users set deletion_id = uuidv7(), email = '' where id = ${member.userId}`,
	);
	const gone = { status: 404, code: "workspaces/member-not-found" };
	expect(await owner.send("POST", `/workspaces/${id}/transfer`, { userId: member.userId })).toMatchObject(gone);
	expect(await owner.send("PATCH", `/workspaces/${id}/members/${member.userId}`, { role: "owner" })).toMatchObject(
		gone,
	);
	const { members } = (await owner.send("GET", `/workspaces/${id}/members`)).body as MemberList;
	expect(members.map(({ userId }) => userId)).not.toContain(member.userId);
});
