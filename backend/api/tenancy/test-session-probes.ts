import { strFromU8, unzipSync } from "fflate";
import { testPut } from "../../records/test-operations.ts";
import { together } from "../oauth/probes/test-probe.ts";
import { join, makeMember, sender, type TestMember } from "../testing/test-member.ts";
import { ask, json, makePkce, type Tokens } from "../testing/test-person.ts";
import {
	comparedWith,
	idOf,
	idsIn,
	type Side,
	said,
	type TenancyGroup,
	type TenancyProbe,
	type TenancyWorld,
	writeOne,
} from "./test-tenancy-world.ts";

/** Somebody new in the victim's workspace, with a token for it. */
async function newcomer({ backend, victim }: TenancyWorld, role: "admin" | "member" | "viewer") {
	const member = await makeMember(backend.url);
	await join(member, victim.member, { workspaceId: victim.workspaceId, role });
	const token = await member.tokenIn(victim.workspaceId);
	return { member, token, send: sender(backend.url, token) };
}

const ownerSend = ({ victim }: TenancyWorld) => victim.member.send;

async function refreshedFor({ person, tokens }: TestMember, workspaceId: string): Promise<string> {
	const fields = { grant_type: "refresh_token", refresh_token: tokens.refresh_token, workspace_id: workspaceId };
	const answer = await person.token(fields);
	const { error = "tokens" } = await json<{ error?: string }>(answer);
	return `${answer.status} ${error}`;
}

const ofWorkspaces: readonly TenancyProbe[] = [
	{
		name: "token of a member who was removed",
		tries: "whoever is out goes on writing, and goes on reading for more than a minute",
		promised: "write: 401 auth/session-revoked; read a minute later: 401 auth/session-revoked",
		attack: async (world) => {
			const { member, send } = await newcomer(world, "member");
			await send("GET", "/records");
			await ownerSend(world)("DELETE", `/workspaces/${world.victim.workspaceId}/members/${member.userId}`);
			const write = await writeOne(send, testPut());
			world.backend.passTime(61);
			return `write: ${write}; read a minute later: ${said(await send("GET", "/records"))}`;
		},
	},
	{
		name: "token of a role that was taken away",
		tries: "whoever was an admin when the token was made goes on as one",
		promised: "403 auth/forbidden",
		attack: async (world) => {
			const { member, send } = await newcomer(world, "admin");
			const path = `/workspaces/${world.victim.workspaceId}`;
			await ownerSend(world)("PATCH", `${path}/members/${member.userId}`, { role: "viewer" });
			return together([
				await writeOne(send, testPut()),
				said(await send("PATCH", path, { name: "Mine" })),
				said(await send("POST", `${path}/invites`, { role: "admin" })),
			]);
		},
	},
	{
		name: "workspace at a refresh",
		tries: "a refresh asks for a token for a workspace one is not in",
		promised: "400 invalid_target, like what is not there",
		attack: async ({ victim, attacker }) => {
			const theirs = await refreshedFor(attacker.member, victim.workspaceId);
			const nobodys = await refreshedFor(attacker.member, Bun.randomUUIDv7());
			return `${theirs}, ${theirs === nobodys ? "like" : "unlike"} what is not there`;
		},
	},
	{
		name: "token for one workspace at another's rows",
		tries: "a member of two workspaces reads and changes rows of the one with the token for the other",
		promised: "404 records/not-found; 404 targets/not-found; 404 connections/not-found",
		attack: async (world) => {
			const { member } = await newcomer(world, "admin");
			const { ids } = world.victim;
			const { send } = member;
			return together([
				said(await send("GET", `/records/${idOf(ids, "records")}`)),
				said(await send("POST", `/targets/${idOf(ids, "targets")}/runs`)),
				said(await send("DELETE", `/connections/${idOf(ids, "connections")}`)),
			]);
		},
	},
	{
		name: "owner of one workspace in another's address",
		tries: "the role in the token, which is owner of one's own, counts in a workspace where one may only look",
		promised: "403 auth/forbidden",
		attack: async (world) => {
			const { member } = await newcomer(world, "viewer");
			const path = `/workspaces/${world.victim.workspaceId}`;
			return together([
				said(await member.send("PATCH", path, { name: "Mine" })),
				said(await member.send("DELETE", path, { confirm: "Team" })),
				said(await member.send("PATCH", `${path}/members/${member.userId}`, { role: "owner" })),
			]);
		},
	},
];

/** What a person is given who asks for everything they can think of about another. */
async function everything({ member, send }: Side, other: Side): Promise<string> {
	const asked = `userId=${other.member.userId}&workspaceId=${other.workspaceId}`;
	const paths = ["/users/me", "/users/me/full", "/users/me/accounts", "/users/me/sessions", "/users/me/settings"];
	const more = ["/users/session", "/workspaces", "/records", "/targets", "/connections", "/entitlements"];
	const answers = await Promise.all([...paths, ...more].map((path) => send("GET", `${path}?${asked}`)));
	return JSON.stringify([member.userId, answers.map(({ body }) => body)]);
}

const ofPersons: readonly TenancyProbe[] = [
	{
		name: "everything about another person",
		tries: "lists and one's own pages, with somebody else's person and workspace in the query",
		promised: "0 of theirs; one's own are there",
		attack: async ({ victim, attacker }) => {
			const told = await everything(attacker, victim);
			const own = idsIn(told, attacker) > 5 ? "one's own are there" : "one's own are not there";
			return `${idsIn(told, victim) + Number(told.includes(victim.member.person.email))} of theirs; ${own}`;
		},
	},
	{
		name: "export of another tenant",
		tries: "the archive of everything, with somebody else's person and workspace in the query",
		promised: "0 of theirs; one's own are there",
		attack: async ({ backend, victim, attacker }) => {
			const query = `?userId=${victim.member.userId}&workspaceId=${victim.workspaceId}`;
			const answer = await ask(`${backend.url}/api/v1/users/me/export${query}`, attacker.token);
			const files = Object.values(unzipSync(new Uint8Array(await answer.arrayBuffer())));
			const text = files.map((file) => strFromU8(file)).join("\n");
			const own = idsIn(text, attacker) > 5 ? "one's own are there" : "one's own are not there";
			return `${idsIn(text, victim)} of theirs; ${own}`;
		},
	},
	{
		name: "session of another person",
		tries: "somebody else's device is signed out by its id",
		promised: "404 sessions/not-found, like what is not there; they are still signed in",
		attack: async ({ victim, attacker }) => {
			const id = idOf(victim.ids, "sessions");
			const compared = await comparedWith(id, (asked) => attacker.send("DELETE", `/users/me/sessions/${asked}`));
			const { status } = await victim.send("PATCH", "/users/me", { firstName: "Ada" });
			return `${compared}; they are ${status === 200 ? "still signed in" : "signed out"}`;
		},
	},
	{
		name: "way in of another person",
		tries: "somebody else's way in is removed by its id",
		promised: "404 auth/account-not-found, like what is not there",
		attack: async ({ victim, attacker }) =>
			await comparedWith(idOf(victim.ids, "accounts"), (id) => attacker.send("DELETE", `/users/me/accounts/${id}`)),
	},
	{
		name: "settings of another person",
		tries: "a change of one's settings in a workspace that two people share reaches the other's",
		promised: "the other's are as they were",
		attack: async (world) => {
			const { send } = await newcomer(world, "member");
			await world.victim.send("PATCH", "/users/me/settings", { settings: { theme: "dark" } });
			await send("PATCH", "/users/me/settings", { settings: { theme: "light" } });
			const { settings } = (await world.victim.send("GET", "/users/me/settings")).body as {
				settings: { theme: string };
			};
			return `the other's are ${settings.theme === "dark" ? "as they were" : settings.theme}`;
		},
	},
	{
		name: "device key of another person",
		tries: "two people of one device: what one sealed at sign-out is opened by the other",
		promised: "another key for each; the same one again for the same person",
		attack: async ({ backend, victim }) => {
			const { person } = await makeMember(backend.url);
			const pkce = makePkce();
			const code = await person.code(pkce, "sign-in");
			const fields = { ...person.codeFields(code, pkce), device_id: victim.member.person.deviceId };
			const { access_token: token } = await json<Tokens>(await person.token(fields));
			const keyOf = async (send: Side["send"]) =>
				((await send("GET", "/users/me/device-key")).body as { key: string }).key;
			const other = sender(backend.url, token);
			const [theirs, own, again] = [await keyOf(victim.send), await keyOf(other), await keyOf(other)];
			const each = theirs === own ? "the same key for both" : "another key for each";
			return `${each}; ${own === again ? "the same one again" : "another one again"} for the same person`;
		},
	},
];

export const sessionProbes: TenancyGroup = {
	title: "Tokens between workspaces",
	requirement: "ID-7",
	probes: ofWorkspaces,
};
export const personProbes: TenancyGroup = {
	title: "What is another person's",
	requirement: "TEN-3",
	probes: ofPersons,
};
