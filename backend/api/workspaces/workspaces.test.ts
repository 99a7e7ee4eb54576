import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Queue } from "bullmq";
import postgres, { type Sql } from "postgres";
import type { WorkspaceView } from "../../contract/users.ts";
import type { WorkspaceList } from "../../contract/workspaces.ts";
import { testPut } from "../../records/test-operations.ts";
import { maxOwnedWorkspaces } from "../../workspaces/create-workspace.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { join, makeMember, makeTeam, makeWorkspace, type TestTeam } from "../testing/test-member.ts";

/** As much of a queue as forgetting asks of it; the real ones are tried in `jobs/forget-jobs.test.ts`. */
const jobs = new Map<string, { workspaceId: string; lane: string }>();
const queue = {
	name: "deliver-lane",
	getJobs: async (_states: unknown, start: number) => (start > 0 ? [] : [...jobs].map(([id, data]) => ({ id, data }))),
	remove: async (id: string) => Number(jobs.delete(id)),
} as unknown as Queue;

let backend: TestBackend;
let admin: Sql;
let team: TestTeam;
beforeAll(async () => {
	const queues: Queue[] = [];
	backend = await startTestBackend({ deps: { queues } });
	// Afterwards: the dashboard takes real ones only.
	queues.push(queue);
	admin = postgres(backend.testDatabase.url, { max: 1 });
	team = await makeTeam(backend.url);
});
afterAll(async () => {
	await admin.end();
	await backend.close();
});

const auditOf = async (workspaceId: string) =>
	(
		await admin<{ action: string }[]>`
		select action from sheaf.audit_log where workspace_id = ${workspaceId} order by id`
	).map(({ action }) => action);
const idIn = (body: unknown) => (body as WorkspaceView).id;

test("ID-7: everyone begins with a workspace of their own, and whoever makes another owns it", async () => {
	const ada = await makeMember(backend.url);
	const made = await ada.send("POST", "/workspaces", { name: "  Reading circle " });
	expect(made).toMatchObject({ status: 201, body: { name: "Reading circle", personal: false, role: "owner" } });
	const { body } = await ada.send("GET", "/workspaces");
	expect((body as WorkspaceList).workspaces).toMatchObject([
		{ id: ada.personalId, personal: true, role: "owner", plan: "free" },
		{ id: idIn(made.body), personal: false },
	]);
	expect(await ada.send("GET", `/workspaces/${idIn(made.body)}`)).toMatchObject({ status: 200, body: made.body });
	expect(await auditOf(idIn(made.body))).toEqual(["workspace.create"]);
});

test("ID-7: a name of blanks or of 81 characters is refused", async () => {
	for (const body of [{ name: " " }, { name: "x".repeat(81) }, {}]) {
		expect(await team.owner.send("POST", "/workspaces", body)).toMatchObject({ status: 400, code: "request/invalid" });
	}
});

test("TEN-2: ids that a client sends for a new workspace are ignored", async () => {
	const { owner, outsider } = team;
	const forged = { name: "Forged", id: team.id, ownerId: outsider.userId, userId: outsider.userId, plan: "pro" };
	const { body } = await owner.send("POST", "/workspaces", forged);
	expect(body).toMatchObject({ name: "Forged", role: "owner", plan: "free" });
	expect(idIn(body)).not.toBe(team.id);
	expect(await outsider.send("GET", `/workspaces/${idIn(body)}`)).toMatchObject({ status: 404 });
});

test("ID-7: one person owns at most so many workspaces, also when they are asked for at once", async () => {
	const ada = await makeMember(backend.url);
	const answers = await Promise.all(
		Array.from({ length: maxOwnedWorkspaces + 3 }, () => ada.send("POST", "/workspaces", { name: "Another" })),
	);
	expect(answers.filter(({ status }) => status === 201)).toHaveLength(maxOwnedWorkspaces);
	expect(answers.filter(({ code }) => code === "workspaces/too-many")).toHaveLength(3);
});

test("ID-7: owner and admin rename; member and viewer may not; for others it is not there", async () => {
	const rename = (who: keyof TestTeam & ("owner" | "admin" | "member" | "viewer" | "outsider"), name = who) =>
		team[who].send("PATCH", `/workspaces/${team.id}`, { name });
	expect(await rename("owner")).toMatchObject({ status: 200, body: { name: "owner", role: "owner" } });
	expect(await rename("admin")).toMatchObject({ status: 200, body: { name: "admin", role: "admin" } });
	for (const who of ["member", "viewer"] as const) {
		expect(await rename(who)).toMatchObject({ status: 403, code: "auth/forbidden" });
	}
	expect(await rename("outsider")).toMatchObject({ status: 404, code: "workspaces/not-found" });
});

test("TEN-3: a workspace that is not theirs and one that is not there answer alike, whatever is asked", async () => {
	const absent = Bun.randomUUIDv7();
	const member = team.member.userId;
	const requests: [string, (id: string) => string, unknown?][] = [
		["GET", (id) => `/workspaces/${id}`],
		["PATCH", (id) => `/workspaces/${id}`, { name: "Mine" }],
		["PATCH", (id) => `/workspaces/${id}`, { nonsense: true }],
		["DELETE", (id) => `/workspaces/${id}`, { confirm: "Team" }],
		["GET", (id) => `/workspaces/${id}/members`],
		["PATCH", (id) => `/workspaces/${id}/members/${member}`, { role: "viewer" }],
		["DELETE", (id) => `/workspaces/${id}/members/${member}`],
		["POST", (id) => `/workspaces/${id}/leave`],
		["POST", (id) => `/workspaces/${id}/transfer`, { userId: member }],
		["GET", (id) => `/workspaces/${id}/invites`],
		["POST", (id) => `/workspaces/${id}/invites`, { role: "admin" }],
		["DELETE", (id) => `/workspaces/${id}/invites/${absent}`],
	];
	for (const [method, path, body] of requests) {
		const [foreign, missing] = await Promise.all([
			team.outsider.send(method, path(team.id), body),
			team.outsider.send(method, path(absent), body),
		]);
		expect({ method, ...foreign }).toMatchObject({ method, status: 404, code: "workspaces/not-found" });
		expect(foreign).toEqual(missing);
	}
});

test("ID-7: an id that is none is refused before anything is looked up", async () => {
	expect(await team.owner.send("GET", "/workspaces/not-an-id")).toMatchObject({ status: 400, code: "request/invalid" });
});

test("ID-7: only an owner deletes a workspace, by typing its name", async () => {
	const { owner, admin: helper } = team;
	const { id } = await makeWorkspace(owner, "Doomed");
	await join(helper, owner, { workspaceId: id, role: "admin" });
	const remove = (who: typeof owner, confirm: string) => who.send("DELETE", `/workspaces/${id}`, { confirm });
	expect(await remove(helper, "Doomed")).toMatchObject({ status: 403, code: "auth/forbidden" });
	expect(await remove(owner, "doomed")).toMatchObject({ status: 422, code: "users/confirmation-wrong" });
	expect(await remove(owner, " Doomed ")).toMatchObject({ status: 204 });
	expect(await remove(owner, "Doomed")).toMatchObject({ status: 404, code: "workspaces/not-found" });
});

test("ID-7: a person's own workspace cannot be deleted, left, given away or shared", async () => {
	const { owner } = team;
	const own = `/workspaces/${owner.personalId}`;
	const answers = await Promise.all([
		owner.send("DELETE", own, { confirm: "Personal" }),
		owner.send("POST", `${own}/leave`),
		owner.send("POST", `${own}/transfer`, { userId: team.member.userId }),
		owner.send("POST", `${own}/invites`, { role: "member" }),
	]);
	for (const answer of answers) expect(answer).toMatchObject({ status: 409, code: "workspaces/personal" });
});

test("SEC-4: a deleted workspace takes everything in it along, and its members' devices go on in their own", async () => {
	const { owner, member } = team;
	const { id } = await makeWorkspace(owner, "Full");
	await join(member, owner, { workspaceId: id, role: "member" });
	const send = await member.sendIn(id);
	await send("POST", "/writes/batch", { operations: [testPut()] });
	await admin`update sheaf.device_sessions set workspace_id = ${id} where user_id = ${member.userId}`;
	jobs.set("1", { workspaceId: id, lane: "connection/base" });
	jobs.set("2", { workspaceId: team.id, lane: "connection/base" });
	expect(await owner.send("DELETE", `/workspaces/${id}`, { confirm: "Full" })).toMatchObject({ status: 204 });
	expect([...jobs.keys()]).toEqual(["2"]);
	const left = await admin`
		select from sheaf.records where workspace_id = ${id} union all select from sheaf.operations where workspace_id = ${id}
		union all select from sheaf.audit_log where workspace_id = ${id}`;
	expect(left).toHaveLength(0);
	const write = await send("POST", "/writes/batch", { operations: [testPut()] });
	expect(write).toMatchObject({ status: 401, code: "auth/session-revoked" });
	const refreshed = await member.person.token({
		grant_type: "refresh_token",
		refresh_token: member.tokens.refresh_token,
	});
	expect(refreshed.status).toBe(200);
	const [session] = await admin`select workspace_id from sheaf.device_sessions where user_id = ${member.userId}`;
	expect(session).toEqual({ workspace_id: null });
});
