import { makeInvite, makeMember, makeWorkspace, type TestMember } from "../../testing/test-member.ts";
import { type Probe, type ProbeGroup, together } from "./test-probe.ts";

const answerTo = async (member: TestMember, ...request: Parameters<TestMember["send"]>) => {
	const { status, code } = await member.send(...request);
	return code === null ? String(status) : `${status} ${code}`;
};

const probes: readonly Probe[] = [
	{
		name: "invitation used twice",
		tries: "a link that was passed on lets a second person in, or ten at once",
		promised: "1 of 10 got in; afterwards 404 workspaces/invite-invalid",
		attack: async ({ backend }) => {
			const owner = await makeMember(backend.url);
			const { id } = await makeWorkspace(owner);
			const token = await makeInvite(owner, id, "member");
			const guests = await Promise.all(Array.from({ length: 10 }, () => makeMember(backend.url)));
			const answers = await Promise.all(guests.map((guest) => answerTo(guest, "POST", "/invites/accept", { token })));
			const late = await answerTo(await makeMember(backend.url), "POST", "/invites/accept", { token });
			return `${answers.filter((answer) => answer === "200").length} of 10 got in; afterwards ${late}`;
		},
	},
	{
		name: "guessed or foreign invitation",
		tries: "tokens of the right form and of none; an invitation taken back",
		promised: "404 workspaces/invite-invalid",
		attack: async ({ backend }) => {
			const [owner, guest] = [await makeMember(backend.url), await makeMember(backend.url)];
			const { id } = await makeWorkspace(owner);
			const token = await makeInvite(owner, id, "admin");
			const { body } = await owner.send("GET", `/workspaces/${id}/invites`);
			const [{ id: inviteId } = { id: "" }] = (body as { invites: { id: string }[] }).invites;
			await owner.send("DELETE", `/workspaces/${id}/invites/${inviteId}`);
			const guesses = ["x".repeat(43), "y".repeat(43), token].map((guess) =>
				answerTo(guest, "POST", "/invites/accept", { token: guess }),
			);
			return together(await Promise.all(guesses));
		},
	},
	{
		name: "invitation to more than one has",
		tries: "a member or a viewer invites; an admin invites an owner",
		promised: "403 auth/forbidden; owner: 400 request/invalid",
		attack: async ({ backend }) => {
			const [owner, member, viewer] = [
				await makeMember(backend.url),
				await makeMember(backend.url),
				await makeMember(backend.url),
			];
			const { id } = await makeWorkspace(owner);
			for (const [guest, role] of [
				[member, "member"],
				[viewer, "viewer"],
			] as const) {
				await guest.send("POST", "/invites/accept", { token: await makeInvite(owner, id, role) });
			}
			const invite = (who: TestMember, role: string) => answerTo(who, "POST", `/workspaces/${id}/invites`, { role });
			const answers = [await invite(member, "viewer"), await invite(viewer, "viewer")];
			return `${together(answers)}; owner: ${await invite(owner, "owner")}`;
		},
	},
	{
		name: "foreign workspace in an address",
		tries:
			"a stranger reads, renames, leaves, deletes and gives away somebody else's workspace, and learns whether it exists",
		promised: "404 workspaces/not-found, theirs and nobody's alike",
		attack: async ({ backend }) => {
			const [owner, stranger] = [await makeMember(backend.url), await makeMember(backend.url)];
			const { id } = await makeWorkspace(owner);
			const asked = async (workspace: string) =>
				together([
					await answerTo(stranger, "GET", `/workspaces/${workspace}`),
					await answerTo(stranger, "GET", `/workspaces/${workspace}/members`),
					await answerTo(stranger, "PATCH", `/workspaces/${workspace}`, { name: "Mine" }),
					await answerTo(stranger, "POST", `/workspaces/${workspace}/leave`),
					await answerTo(stranger, "DELETE", `/workspaces/${workspace}`),
					await answerTo(stranger, "POST", `/workspaces/${workspace}/transfer`, { userId: stranger.userId }),
					await answerTo(stranger, "POST", "/users/session/workspace", { workspaceId: workspace }),
				]);
			const [theirs, nobodys] = [await asked(id), await asked(crypto.randomUUID())];
			return `${together([theirs, nobodys])}, theirs and nobody's ${theirs === nobodys ? "alike" : "not alike"}`;
		},
	},
	{
		name: "promotion of oneself",
		tries: "a member, and an admin, make themselves owner",
		promised: "403 auth/forbidden",
		attack: async ({ backend }) => {
			const [owner, member, admin] = [
				await makeMember(backend.url),
				await makeMember(backend.url),
				await makeMember(backend.url),
			];
			const { id } = await makeWorkspace(owner);
			for (const [guest, role] of [
				[member, "member"],
				[admin, "admin"],
			] as const) {
				await guest.send("POST", "/invites/accept", { token: await makeInvite(owner, id, role) });
			}
			const promote = (who: TestMember) =>
				answerTo(who, "PATCH", `/workspaces/${id}/members/${who.userId}`, { role: "owner" });
			return together([await promote(member), await promote(admin)]);
		},
	},
];

export const workspaceProbes: ProbeGroup = { title: "Into a foreign workspace", requirement: "ID-7", probes };
