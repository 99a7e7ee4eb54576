import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { decodeJwt } from "jose";
import { startTestBackend, type TestBackend } from "./testing/test-backend.ts";
import { ask, errorCode, json, makePerson } from "./testing/test-person.ts";

let backend: TestBackend;
let token: string;
let me: string;
beforeAll(async () => {
	backend = await startTestBackend();
	me = `${backend.url}/api/v1/users/me`;
	token = (await (await makePerson(backend.url)).tokens()).access_token;
});
afterAll(async () => {
	await backend.close();
});

test("ID-3: a good access token is accepted; without one, or with a bad one, the answer says how to ask (RFC 6750)", async () => {
	expect((await ask(me, token)).status).toBe(200);
	expect((await fetch(me)).headers.get("www-authenticate")).toBe('Bearer realm="sheaf"');
	expect((await ask(me, "a.b.c")).headers.get("www-authenticate")).toContain('error="invalid_token"');
});

test("ID-3: an access token runs out by itself after five minutes", async () => {
	const own = await startTestBackend();
	const { access_token: short } = await (await makePerson(own.url)).tokens();
	own.passTime(299);
	expect((await ask(`${own.url}/api/v1/users/me`, short)).status).toBe(200);
	own.passTime(2);
	expect(await errorCode(await ask(`${own.url}/api/v1/users/me`, short))).toBe("auth/token-expired");
	await own.close();
});

describe("ID-3: a session that ended", () => {
	/** Ends a session past this process, as another process would. */
	const endElsewhere = async (of: TestBackend, access: string) => {
		const session = String(decodeJwt(access).session);
		await of.testDatabase.database.asIdentity(
			(sql) => sql`update sheaf.device_sessions set revoked_at = now() where id = ${session}`,
		);
	};

	test("ID-3: is refused at once for writes and within 60 s for reads", async () => {
		const own = await startTestBackend();
		const read = `${own.url}/api/v1/users/me`;
		const { access_token: access } = await (await makePerson(own.url)).tokens();
		expect((await ask(read, access)).status).toBe(200);
		await endElsewhere(own, access);
		expect((await ask(read, access)).status).toBe(200);
		own.passTime(60);
		expect(await errorCode(await ask(read, access))).toBe("auth/session-revoked");
		await own.close();
	});

	test("ID-3: and a write's refusal is remembered for reads", async () => {
		const { access_token: access } = await (await makePerson(backend.url)).tokens();
		expect((await ask(me, access)).status).toBe(200);
		await endElsewhere(backend, access);
		const write = await ask(`${backend.url}/api/v1/writes/batch`, access, { method: "POST" });
		expect(await errorCode(write)).toBe("auth/session-revoked");
		expect(await errorCode(await ask(me, access))).toBe("auth/session-revoked");
	});

	test("ID-7: a member who was removed is refused like one who was signed out", async () => {
		const { access_token: access } = await (await makePerson(backend.url)).tokens();
		const { workspace, sub } = decodeJwt(access);
		await backend.testDatabase.database.asIdentity(
			(sql) => sql`
				delete from sheaf.workspace_members
				where workspace_id = ${String(workspace)} and user_id = ${String(sub)}`,
		);
		expect(await errorCode(await ask(me, access))).toBe("auth/session-revoked");
	});

	test("ID-7: the role that counts is the one the person has now, not the one in the token", async () => {
		const { access_token: access } = await (await makePerson(backend.url)).tokens();
		const { workspace } = decodeJwt(access);
		await backend.testDatabase.database.asIdentity(
			(sql) => sql`
				update sheaf.workspace_members set role = 'viewer' where workspace_id = ${String(workspace)}`,
		);
		const answer = await ask(`${backend.url}/api/v1/users/session`, access);
		const session = await json<{ permissions: string[]; entitlements: object }>(answer);
		expect(session.permissions).not.toContain("records:write");
		expect(session.entitlements).toMatchObject({ canSync: false });
	});
});
