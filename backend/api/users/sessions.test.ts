import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { DeviceKey, DeviceSessionList, SessionsEnded } from "../../contract/sessions.ts";
import type { SessionView } from "../../contract/users.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { join, makeMember, makeWorkspace, type TestMember } from "../testing/test-member.ts";
import {
	ask,
	authorizePath,
	errorCode,
	hiddenFields,
	json,
	makePkce,
	oauthError,
	type Tokens,
} from "../testing/test-person.ts";

let backend: TestBackend;
/** Another process on the same database and under the same public address. */
let second: TestBackend;
beforeAll(async () => {
	backend = await startTestBackend();
	const { database, clock } = backend.deps;
	second = await startTestBackend({
		variables: { SHEAF_PUBLIC_URL: backend.url },
		deps: clock ? { database, clock } : { database },
	});
});
afterAll(async () => {
	await second.close();
	await backend.close();
});

const list = async (token: string) =>
	(await json<DeviceSessionList>(await ask(`${backend.url}/api/v1/users/me/sessions`, token))).sessions;
const ownSession = async ({ tokens }: Pick<TestMember, "tokens">) =>
	(await json<SessionView>(await ask(`${backend.url}/api/v1/users/session`, tokens.access_token))).sessionId;
const read = async (url: string, token: string) => await ask(`${url}/api/v1/users/me`, token);
/** An access token for another workspace of theirs. */
const tokenFor = async ({ person, tokens }: TestMember, workspaceId: string) => {
	const refresh = { grant_type: "refresh_token", refresh_token: tokens.refresh_token, workspace_id: workspaceId };
	return (await json<Tokens>(await person.token(refresh))).access_token;
};
/** A write that is refused for its body when it is let in. */
const write = async (url: string, token: string) =>
	await ask(`${url}/api/v1/writes/batch`, token, {
		method: "POST",
		body: "{}",
		headers: { "content-type": "application/json" },
	});

describe("ID-3: a person's devices", () => {
	test("ID-3: the list names each device, which one asks, and how it signed in; last used first", async () => {
		const member = await makeMember(backend.url);
		backend.passTime(5);
		const other = await member.person.tokens("sign-in");
		const sessions = await list(member.tokens.access_token);
		expect(sessions).toHaveLength(2);
		expect(sessions.map(({ current }) => current)).toEqual([false, true]);
		for (const session of sessions) {
			expect(session).toMatchObject({
				deviceId: member.person.deviceId,
				deviceName: "A test browser",
				clientId: "sheaf-extension",
				provider: "password",
			});
		}
		expect((await list(other.access_token)).map(({ current }) => current)).toEqual([true, false]);
	});

	test("ID-3: one device is signed out, and the others are not", async () => {
		const member = await makeMember(backend.url);
		const other = await member.person.tokens("sign-in");
		const id = await ownSession({ tokens: other });
		expect((await member.send("DELETE", `/users/me/sessions/${id}`)).status).toBe(204);
		expect(await errorCode(await read(backend.url, other.access_token))).toBe("auth/session-revoked");
		const refresh = { grant_type: "refresh_token", refresh_token: other.refresh_token };
		expect(await oauthError(await member.person.token(refresh))).toBe("invalid_grant");
		expect((await list(member.tokens.access_token)).map(({ current }) => current)).toEqual([true]);
		expect(await member.send("DELETE", `/users/me/sessions/${id}`)).toMatchObject({ code: "sessions/not-found" });
	});

	test("ID-3: somebody else's session is neither seen nor ended, and looks like one that is not there", async () => {
		const [member, stranger] = await Promise.all([makeMember(backend.url), makeMember(backend.url)]);
		const id = await ownSession(member);
		expect((await list(stranger.tokens.access_token)).map((session) => session.id)).not.toContain(id);
		const foreign = await stranger.send("DELETE", `/users/me/sessions/${id}`);
		expect(foreign).toMatchObject({ status: 404, code: "sessions/not-found" });
		expect(foreign).toEqual(await stranger.send("DELETE", `/users/me/sessions/${Bun.randomUUIDv7()}`));
		expect((await read(backend.url, member.tokens.access_token)).status).toBe(200);
	});

	test("ID-3: signing out everywhere else leaves this device, and nothing from which another could come back", async () => {
		const member = await makeMember(backend.url);
		const other = await member.person.tokens("sign-in");
		const pkce = makePkce();
		const code = await member.person.code(pkce, "sign-in");
		const page = await (await member.person.browser.get(authorizePath(makePkce()))).text();
		const { body } = await member.send("DELETE", "/users/me/sessions?keep=current");
		expect((body as SessionsEnded).ended).toBe(1);
		expect((await read(backend.url, member.tokens.access_token)).status).toBe(200);
		expect((await read(backend.url, other.access_token)).status).toBe(401);
		expect(await oauthError(await member.person.token(member.person.codeFields(code, pkce)))).toBe("invalid_grant");
		const onward = await member.person.browser.post("/oauth/continue", hiddenFields(page));
		expect(onward.headers.get("location")).not.toContain("code=");
	});

	test("ID-3: signing out everywhere ends this device too", async () => {
		const member = await makeMember(backend.url);
		await member.person.tokens("sign-in");
		const { body } = await member.send("DELETE", "/users/me/sessions");
		expect((body as SessionsEnded).ended).toBe(2);
		expect((await read(backend.url, member.tokens.access_token)).status).toBe(401);
	});
});

describe("ID-3: with several processes", () => {
	test("ID-3: a session that another process ended is refused at once for writes, and within a minute for reads", async () => {
		const member = await makeMember(backend.url);
		const { access_token: token } = member.tokens;
		expect((await read(second.url, token)).status).toBe(200);
		await member.send("DELETE", "/users/me/sessions");
		expect(await errorCode(await write(second.url, token))).toBe("auth/session-revoked");
		expect(await errorCode(await read(second.url, token))).toBe("auth/session-revoked");
		const reader = await makeMember(backend.url);
		expect((await read(second.url, reader.tokens.access_token)).status).toBe(200);
		await reader.send("DELETE", "/users/me/sessions");
		backend.passTime(61);
		expect(await errorCode(await read(second.url, reader.tokens.access_token))).toBe("auth/session-revoked");
	});

	test("ID-3: a removed member is refused at once for writes, and within a minute for reads, by every process", async () => {
		const [owner, member] = await Promise.all([makeMember(backend.url), makeMember(backend.url)]);
		const { id } = await makeWorkspace(owner);
		await join(member, owner, { workspaceId: id, role: "member" });
		const token = await tokenFor(member, id);
		expect((await read(second.url, token)).status).toBe(200);
		expect(await errorCode(await write(second.url, token))).toBe("request/invalid");
		await owner.send("DELETE", `/workspaces/${id}/members/${member.userId}`);
		for (const { url } of [backend, second]) {
			expect(await errorCode(await write(url, token))).toBe("auth/session-revoked");
		}
		backend.passTime(61);
		for (const { url } of [backend, second]) {
			expect(await errorCode(await read(url, token))).toBe("auth/session-revoked");
		}
		// Only that workspace is gone: the session itself works on in the person's own.
		expect((await read(second.url, await tokenFor(member, member.personalId))).status).toBe(200);
	});
});

describe("ID-7: the workspace of a session", () => {
	test("ID-7: after a switch the next refresh is for the other workspace, and the token that is out stays good for its own", async () => {
		const [owner, member] = await Promise.all([makeMember(backend.url), makeMember(backend.url)]);
		const { id } = await makeWorkspace(owner);
		await join(member, owner, { workspaceId: id, role: "viewer" });
		const { status, body } = await member.send("POST", "/users/session/workspace", { workspaceId: id });
		expect(status).toBe(200);
		expect(body).toMatchObject({ workspace: { id, role: "viewer" }, entitlements: { canSync: false } });
		expect((body as SessionView).permissions).not.toContain("records:write");
		expect(await ownWorkspace(member.tokens.access_token)).toBe(member.personalId);
		const refresh = { grant_type: "refresh_token", refresh_token: member.tokens.refresh_token };
		const { access_token: next } = await json<Tokens>(await member.person.token(refresh));
		expect(await ownWorkspace(next)).toBe(id);
	});

	test("ID-7: nobody switches to a workspace they are not in; it looks like one that is not there", async () => {
		const [owner, stranger] = await Promise.all([makeMember(backend.url), makeMember(backend.url)]);
		const { id } = await makeWorkspace(owner);
		const foreign = await stranger.send("POST", "/users/session/workspace", { workspaceId: id });
		expect(foreign).toMatchObject({ status: 404, code: "workspaces/not-found" });
		const absent = await stranger.send("POST", "/users/session/workspace", { workspaceId: Bun.randomUUIDv7() });
		expect(foreign).toEqual(absent);
	});

	const ownWorkspace = async (token: string) =>
		(await json<SessionView>(await ask(`${backend.url}/api/v1/users/session`, token))).workspace.id;
});

describe("ID-8: the key of a device", () => {
	const keyOf = async (url: string, token: string) =>
		(await json<DeviceKey>(await ask(`${url}/api/v1/users/me/device-key`, token))).key;

	test("ID-8: it is the same at every sign-in of one person on one device, also when two ask first at once", async () => {
		const member = await makeMember(backend.url);
		const keys = await Promise.all([
			keyOf(backend.url, member.tokens.access_token),
			keyOf(second.url, member.tokens.access_token),
		]);
		const again = await member.person.tokens("sign-in");
		const [key] = keys;
		expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
		expect([...keys, await keyOf(backend.url, again.access_token)]).toEqual([key, key, key]);
		const stored = await backend.testDatabase.database.asIdentity(
			(sql) => sql`select jsonb_agg(k)::text as everything from sheaf.device_keys k`,
		);
		expect(String(stored[0]?.everything)).toContain(member.person.deviceId);
		expect(String(stored[0]?.everything)).not.toContain(key);
	});

	test("ID-8: another person on the same device has another key, and so has the same person on another device", async () => {
		const [one, two] = await Promise.all([makeMember(backend.url), makeMember(backend.url)]);
		const pkce = makePkce();
		const fields = two.person.codeFields(await two.person.code(pkce, "sign-in"), pkce);
		const onDeviceOfOne = await two.person.token({ ...fields, device_id: one.person.deviceId });
		const { access_token: token } = await json<Tokens>(onDeviceOfOne);
		const keys = await Promise.all([
			keyOf(backend.url, one.tokens.access_token),
			keyOf(backend.url, two.tokens.access_token),
			keyOf(backend.url, token),
		]);
		expect(new Set(keys).size).toBe(3);
	});
});
