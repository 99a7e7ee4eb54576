import { afterAll, beforeAll, expect, test } from "bun:test";
import type { InviteCreated, InviteList } from "../contract/workspaces.ts";
import { testPut } from "../records/test-operations.ts";
import { createLog } from "../telemetry/log.ts";
import { isIn } from "./testing/canary.ts";
import { startTestBackend, type TestBackend } from "./testing/test-backend.ts";
import { makeMember, makeWorkspace, type TestMember } from "./testing/test-member.ts";
import { hiddenFields } from "./testing/test-person.ts";

/**
 * Words that nobody may read in a log: two people use every route of identity and workspaces, rightly and wrongly, while the backend is
 * at its most talkative, and then all its lines are searched.
 */
const lines: string[] = [];
let backend: TestBackend;
let ada: TestMember;
let grace: TestMember;
let inviteToken = "";
const words = {
	firstName: "Canaria-first",
	lastName: "Canaria-last",
	workspace: "Canaria-workspace",
	setting: "canaria-setting",
	page: "canaria text of a page",
	query: "canaria-query",
	confirm: "canaria-confirm",
	path: "canaria-path",
};
beforeAll(async () => {
	backend = await startTestBackend({
		deps: { log: createLog("trace", { write: (line: string) => lines.push(line) }) },
	});
	[ada, grace] = await Promise.all([makeMember(backend.url), makeMember(backend.url)]);
	await useEveryRoute();
}, 60_000);
afterAll(async () => {
	await backend.close();
});

async function useEveryRoute(): Promise<void> {
	await useProfile();
	const { id } = await makeWorkspace(ada, words.workspace);
	await useWorkspace(id);
	await useInvites(id);
	for (const path of [`/records?cursor=${words.query}`, `/users/me?name=${words.query}`, `/${words.path}/x`]) {
		await ada.send("GET", path);
	}
	await ada.send("DELETE", `/workspaces/${id}`, { confirm: words.confirm });
	await grace.send("DELETE", "/users/me", { confirm: words.confirm });
	await ada.send("DELETE", "/users/me", { confirm: ada.person.email });
	await grace.send("DELETE", "/users/me", { confirm: grace.person.email });
	await ada.send("DELETE", `/workspaces/${id}`, { confirm: words.workspace });
	await ada.send("DELETE", "/users/me", { confirm: ada.person.email });
}

async function useProfile(): Promise<void> {
	const { firstName, lastName } = words;
	await ada.send("PATCH", "/users/me", { firstName, lastName });
	await ada.send("PATCH", "/users/me", { firstName: firstName.repeat(20), timeZone: words.confirm });
	await ada.send("PATCH", "/users/me/settings", { settings: { [words.setting]: words.setting } });
	await ada.send("PATCH", "/users/me/settings", { settings: { [words.setting]: "\u0000" }, version: 7 });
	for (const path of ["", "/full", "/accounts", "/settings", "/sessions"]) await ada.send("GET", `/users/me${path}`);
	const archive = await fetch(`${backend.url}/api/v1/users/me/export`, {
		headers: { authorization: `Bearer ${ada.tokens.access_token}` },
	});
	await archive.arrayBuffer();
}

async function useWorkspace(id: string): Promise<void> {
	const send = await ada.sendIn(id);
	const operation = testPut();
	operation.record.fields = { title: { type: "text", value: words.page } };
	await send("POST", "/writes/batch", { operations: [operation] });
	await send("POST", "/writes/batch", { operations: [{ ...operation, id: words.page }] });
	await ada.send("GET", `/workspaces/${id}/members`);
	await ada.send("PATCH", `/workspaces/${id}`, { name: `${words.workspace}\u0000` });
	await ada.send("PATCH", `/workspaces/${id}/members/${ada.userId}`, { role: words.confirm });
	await ada.send("POST", `/workspaces/${id}/leave`);
	await grace.send("PATCH", `/workspaces/${id}`, { name: words.workspace });
}

async function useInvites(id: string): Promise<void> {
	const { body } = await ada.send("POST", `/workspaces/${id}/invites`, { role: "admin" });
	inviteToken = (body as InviteCreated).url.split("/invite/")[1] ?? "";
	const { browser } = grace.person;
	const page = await (await browser.get(`/invite/${inviteToken}`)).text();
	await browser.get(`/oauth/sign-in?continue=${encodeURIComponent(`/invite/${inviteToken}`)}&screen=sign-in`);
	await browser.post("/invite/join", hiddenFields(page));
	await browser.post("/invite/join", { ...hiddenFields(page), form_token: words.confirm });
	await browser.get(`/invite/${words.confirm}`);
	for (const token of [inviteToken, "A".repeat(43), words.confirm])
		await grace.send("POST", "/invites/accept", { token });
	await ada.send("POST", `/workspaces/${id}/invites`, { role: "viewer" });
	const { invites } = (await ada.send("GET", `/workspaces/${id}/invites`)).body as InviteList;
	for (const invite of invites) await ada.send("DELETE", `/workspaces/${id}/invites/${invite.id}`);
}

/** All that was logged, once the line about this last request is in it. */
async function wholeLog(): Promise<string> {
	const answer = await fetch(`${backend.url}/oauth/sign-in`);
	const last = answer.headers.get("x-request-id") ?? "none";
	while (!lines.some((line) => line.includes(last) && line.includes('"msg":"request"'))) await Bun.sleep(2);
	return lines.join("");
}

const people = () =>
	[ada, grace].flatMap(({ person, tokens }) => [person.email, person.password, ...Object.values(tokens)]);
const secrets = () =>
	[...Object.values(words), inviteToken, ...people().filter((word) => String(word).length > 6)].map(String);

test("OBS-1: e-mail, name, token, invitation link, page text and query are in no line about any route", async () => {
	const log = await wholeLog();
	expect(secrets().length).toBeGreaterThan(15);
	expect(secrets().filter((secret) => isIn(log, secret))).toEqual([]);
	// It is the log of just this.
	const routes = ["/api/v1/users/me/export", "/api/v1/workspaces/:id/invites", "/invite/:token", "/invite/join"];
	for (const route of [...routes, "/api/v1/invites/accept", "/api/v1/users/me/settings"]) {
		expect(log).toContain(`"route":"${route}"`);
	}
	expect(log).toContain(ada.person.deviceId);
	expect(log).not.toContain("server/internal");
});

test("OBS-1: the same search finds each of them when it is logged on purpose", async () => {
	for (const secret of secrets()) backend.deps.log.info({ leaked: secret }, "on purpose");
	const log = await wholeLog();
	expect(secrets().filter((secret) => !isIn(log, secret))).toEqual([]);
});
