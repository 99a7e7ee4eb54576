import { afterAll, beforeAll, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import type { InviteCreated, InviteList } from "../../contract/workspaces.ts";
import { tokenHash } from "../../identity/opaque-tokens.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import {
	makeInvite,
	makeMember,
	makeTeam,
	makeWorkspace,
	type TestMember,
	type TestTeam,
} from "../testing/test-member.ts";

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

const invites = () => `/workspaces/${team.id}/invites`;
const accept = (who: TestMember, token: string) => who.send("POST", "/invites/accept", { token });
const invalid = { status: 404, code: "workspaces/invite-invalid" };
const openNow = async () => ((await team.owner.send("GET", invites())).body as InviteList).invites;

test("ID-7: owner and admin invite, by a link that is told once; its token is kept as a hash only", async () => {
	for (const who of ["owner", "admin"] as const) {
		const { status, body } = await team[who].send("POST", invites(), { role: "member", expiresInDays: 1 });
		const { id, url, expiresAt, createdAt } = body as InviteCreated;
		expect({ who, status }).toEqual({ who, status: 201 });
		expect(body).toMatchObject({ role: "member", invitedBy: team[who].person.email });
		expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(86_400_000);
		const [, token = ""] = /^http:\/\/localhost:\d+\/invite\/([A-Za-z0-9_-]{43})$/.exec(url) ?? [];
		const [row] = await admin`select token_hash, i::text as line from sheaf.workspace_invites i where id = ${id}`;
		expect(Buffer.compare(row?.["token_hash"], tokenHash(token))).toBe(0);
		expect(row?.["line"]).not.toContain(token);
		const listed = (await openNow()).find((invite) => invite.id === id);
		expect(listed).toMatchObject({ id, role: "member", expiresAt });
		expect(JSON.stringify(listed)).not.toContain(token);
	}
});

test("ID-7: member and viewer neither invite, nor see, nor take invitations back", async () => {
	const [open] = await openNow();
	for (const who of ["member", "viewer"] as const) {
		const answers = await Promise.all([
			team[who].send("POST", invites(), { role: "viewer" }),
			team[who].send("GET", invites()),
			team[who].send("DELETE", `${invites()}/${open?.id}`),
		]);
		for (const answer of answers) expect(answer).toMatchObject({ status: 403, code: "auth/forbidden" });
	}
});

test("ID-7: nobody is invited as an owner, for ever, or for no time", async () => {
	for (const body of [
		{ role: "owner" },
		{},
		{ role: "member", expiresInDays: 31 },
		{ role: "member", expiresInDays: 0 },
	]) {
		expect(await team.owner.send("POST", invites(), body)).toMatchObject({ status: 400, code: "request/invalid" });
	}
});

test("ID-7: whoever accepts is in, with the invitation's role, and may come again", async () => {
	const [guest, other] = await Promise.all([makeMember(backend.url), makeMember(backend.url)]);
	const token = await makeInvite(team.owner, team.id, "viewer");
	const joined = { status: 200, body: { id: team.id, name: "Team", role: "viewer", personal: false } };
	expect(await accept(guest, token)).toMatchObject(joined);
	expect(await accept(guest, token)).toMatchObject(joined);
	expect(await accept(other, token)).toMatchObject(invalid);
	const rows = await admin`
		select action, owner_id from sheaf.audit_log where workspace_id = ${team.id} and action = 'invite.accept'
			and owner_id = ${guest.userId}`;
	expect(rows).toHaveLength(1);
});

test("ID-7: who was taken out does not come back through the link they used", async () => {
	const guest = await makeMember(backend.url);
	const token = await makeInvite(team.owner, team.id, "member");
	await accept(guest, token);
	await team.owner.send("DELETE", `/workspaces/${team.id}/members/${guest.userId}`);
	expect(await accept(guest, token)).toMatchObject(invalid);
});

test("ID-7: of ten people who accept one invitation at once, one is in", async () => {
	const guests = await Promise.all(Array.from({ length: 10 }, () => makeMember(backend.url)));
	const token = await makeInvite(team.owner, team.id, "member");
	const answers = await Promise.all(guests.map((guest) => accept(guest, token)));
	expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
	expect(answers.filter(({ code }) => code === "workspaces/invite-invalid")).toHaveLength(9);
	const joined = await admin`
		select from sheaf.workspace_members where workspace_id = ${team.id}
			and user_id = any(${guests.map(({ userId }) => userId)}::uuid[])`;
	expect(joined).toHaveLength(1);
});

test("ID-7: one person who accepts ten times at once is in once, and every answer says so", async () => {
	const guest = await makeMember(backend.url);
	const token = await makeInvite(team.owner, team.id, "member");
	const answers = await Promise.all(Array.from({ length: 10 }, () => accept(guest, token)));
	expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
});

test("ID-7: who is in already keeps their role, and the invitation stays open for another", async () => {
	const token = await makeInvite(team.owner, team.id, "admin");
	expect(await accept(team.viewer, token)).toMatchObject({ status: 409, code: "workspaces/already-member" });
	const guest = await makeMember(backend.url);
	expect(await accept(guest, token)).toMatchObject({ status: 200, body: { role: "admin" } });
});

test("ID-7: a link that ran out, was taken back, was used or never was gets one answer", async () => {
	const guest = await makeMember(backend.url);
	const used = await makeInvite(team.owner, team.id, "member");
	await accept(await makeMember(backend.url), used);
	const revoked = await makeInvite(team.owner, team.id, "member");
	const newest = (await openNow()).at(-1);
	const takeBack = () => team.admin.send("DELETE", `${invites()}/${newest?.id}`);
	expect(await takeBack()).toMatchObject({ status: 204 });
	expect(await takeBack()).toMatchObject(invalid);
	const expired = await makeInvite(team.owner, team.id, "member");
	await admin`
		update sheaf.workspace_invites set expires_at = now() - interval '1 second' where token_hash = ${tokenHash(expired)}`;
	const unknown = "A".repeat(43);
	const answers = await Promise.all([used, revoked, expired, unknown].map((token) => accept(guest, token)));
	for (const answer of answers) expect(answer).toEqual({ ...answers[0], ...invalid } as typeof answer);
	const pages = await Promise.all([used, revoked, expired, unknown, "short"].map((token) => openPage(guest, token)));
	expect(new Set(pages.map(({ text }) => text)).size).toBe(1);
	expect(pages[0]).toMatchObject({ status: 404, text: expect.stringContaining("cannot be used") });
});

test("ID-7: an invitation is void once whoever made it may not invite any more, is out, or is gone", async () => {
	const { id } = await makeWorkspace(team.owner, "Void");
	const helper = await makeMember(backend.url);
	const path = `/workspaces/${id}/members/${helper.userId}`;
	await accept(helper, await makeInvite(team.owner, id, "admin"));
	const guest = await makeMember(backend.url);
	const token = await makeInvite(helper, id, "admin");
	const listed = async () => ((await team.owner.send("GET", `/workspaces/${id}/invites`)).body as InviteList).invites;
	expect(await listed()).toHaveLength(1);
	await team.owner.send("PATCH", path, { role: "member" });
	expect(await accept(guest, token)).toMatchObject(invalid);
	expect(await listed()).toEqual([]);
	await team.owner.send("DELETE", path);
	expect(await accept(guest, token)).toMatchObject(invalid);
	await admin`delete from sheaf.users where id = ${helper.userId}`;
	expect(await accept(guest, token)).toMatchObject(invalid);
});

test("ID-7: another workspace's invitation cannot be taken back from here", async () => {
	const { id } = await makeWorkspace(team.outsider, "Elsewhere");
	await makeInvite(team.outsider, id, "member");
	const [foreign] = ((await team.outsider.send("GET", `/workspaces/${id}/invites`)).body as InviteList).invites;
	expect(await team.owner.send("DELETE", `${invites()}/${foreign?.id}`)).toMatchObject(invalid);
});

async function openPage(who: TestMember, token: string): Promise<{ status: number; text: string }> {
	const answer = await who.person.browser.get(`/invite/${token}`);
	return { status: answer.status, text: await answer.text() };
}
