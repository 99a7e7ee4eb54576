import { afterAll, beforeAll, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import { tokenHash } from "../../identity/opaque-tokens.ts";
import { rateLimits } from "../../identity/rate-limits.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { makeMember, type TestMember } from "../testing/test-member.ts";
import { errorCode, hiddenFields, oauthError } from "../testing/test-person.ts";

let backend: TestBackend;
let admin: Sql;
beforeAll(async () => {
	// The clock stands still, so that no limit's window ends in the middle.
	const now = Date.now();
	backend = await startTestBackend({ deps: { clock: () => now } });
	admin = postgres(backend.testDatabase.url, { max: 1 });
});
afterAll(async () => {
	await admin.end();
	await backend.close();
});

const newPassword = "a password set anew";
const change = (who: TestMember, body: Record<string, string>) => who.send("POST", "/users/me/password", body);

/** Somebody who came through an upstream: no password, and an address that is proven or not. */
async function withoutPassword(verified: boolean): Promise<TestMember> {
	const member = await makeMember(backend.url);
	await admin`update sheaf.users set email_verified_at = ${verified ? new Date() : null} where id = ${member.userId}`;
	await admin`
		update sheaf.user_accounts set provider = 'google', password_hash = null where user_id = ${member.userId}`;
	return member;
}

test("ID-2: a signed-in person changes their password; their other devices are out, this one goes on", async () => {
	const ada = await makeMember(backend.url);
	const { person } = ada;
	const other = await person.tokens("sign-in");
	expect(await change(ada, { current: person.password, password: newPassword })).toMatchObject({ status: 204 });
	expect(await ada.send("GET", "/users/me")).toMatchObject({ status: 200 });
	const refreshed = await person.token({ grant_type: "refresh_token", refresh_token: ada.tokens.refresh_token });
	expect(refreshed.status).toBe(200);
	const out = await person.token({ grant_type: "refresh_token", refresh_token: other.refresh_token });
	expect(await oauthError(out)).toBe("invalid_grant");
	expect(backend.mailBox.to(person.email).subject).toBe("Your Sheaf password was changed");
	expect(backend.mailBox.to(person.email).text).toContain("on all your other devices");
});

test("SEC-1: without the current password, or with a wrong one, nothing changes; ten tries and they wait", async () => {
	const ada = await makeMember(backend.url);
	const wrong = { status: 422, code: "auth/password-wrong" };
	expect(await change(ada, { password: newPassword })).toMatchObject(wrong);
	for (let tries = 1; tries < 10; tries += 1) {
		expect(await change(ada, { current: "a wrong password", password: newPassword })).toMatchObject(wrong);
	}
	const waits = await change(ada, { current: ada.person.password, password: newPassword });
	expect(waits).toMatchObject({ status: 429, code: "auth/rate-limited" });
	await ada.person.tokens("sign-in");
});

test("ID-2: a password that is not taken is refused in words that say why", async () => {
	const ada = await makeMember(backend.url);
	const current = ada.person.password;
	for (const [password, problem] of [
		["short", "too-short"],
		["password1", "common"],
		["sheaf2024", "obvious"],
	] as const) {
		const { status, code, body } = await change(ada, { current, password });
		expect({ status, code }).toEqual({ status: 422, code: "auth/password-unacceptable" });
		expect(body).toMatchObject({ error: { details: { problem } } });
	}
});

test("ID-2: whoever has another way in sets a first password, once their address is proven", async () => {
	const ada = await withoutPassword(true);
	expect(await change(ada, { password: newPassword })).toMatchObject({ status: 204 });
	const { body } = await ada.send("GET", "/users/me/accounts");
	expect(body).toMatchObject({ accounts: [{ provider: "google" }, { provider: "password", label: ada.person.email }] });
	const grace = await withoutPassword(false);
	const refused = await change(grace, { password: newPassword });
	expect(refused).toMatchObject({ status: 409, code: "auth/email-unverified" });
});

test("SEC-1: a letter to reset that is on its way is worth nothing once the password was changed", async () => {
	const ada = await makeMember(backend.url);
	const { person } = ada;
	const page = await (await person.browser.get("/oauth/forgot")).text();
	await person.browser.post("/oauth/forgot", { ...hiddenFields(page), email: person.email });
	const { link } = backend.mailBox.to(person.email);
	await change(ada, { current: person.password, password: newPassword });
	const opened = await person.browser.get(new URL(link ?? "").pathname);
	expect(await opened.text()).toContain("cannot be used any more");
});

test("SEC-1: a stranger is refused", async () => {
	const answer = await fetch(`${backend.url}/api/v1/users/me/password`, { method: "POST", body: "{}" });
	expect({ status: answer.status, code: await errorCode(answer) }).toEqual({ status: 401, code: "auth/token-missing" });
});

test("ID-2: the link of a sign-up without proof confirms the address; not when another has proven it", async () => {
	const [ada, late] = [await makeMember(backend.url), await makeMember(backend.url)];
	const press = async ({ person }: TestMember) => {
		const page = await (await person.browser.get(new URL(backend.mailBox.to(person.email).link ?? "").pathname)).text();
		return await (await person.browser.post("/oauth/letter", hiddenFields(page))).text();
	};
	const verified = async (who: TestMember) => (await who.send("GET", "/users/me")).body as { emailVerified: boolean };
	expect(await verified(ada)).toMatchObject({ emailVerified: false });
	expect(await press(ada)).toContain("Your e-mail is confirmed");
	expect(await verified(ada)).toMatchObject({ emailVerified: true });
	await admin`
		insert into sheaf.users (id, email, email_verified_at) values (uuidv7(), ${late.person.email}, now())`;
	expect(await press(late)).toContain("could not be confirmed");
	expect(await verified(late)).toMatchObject({ emailVerified: false });
});

test("SEC-1: what a person changes is counted over all their devices", async () => {
	const ada = await makeMember(backend.url);
	const other = await ada.person.tokens("sign-in");
	const remove = async (accessToken: string) => {
		const headers = { authorization: `Bearer ${accessToken}` };
		const id = crypto.randomUUID();
		return await fetch(`${backend.url}/api/v1/targets/${id}`, { method: "DELETE", headers });
	};
	const { name, hits } = rateLimits.changesPerPerson;
	const counter = tokenHash(`${name}\n${ada.userId}`);
	expect((await remove(ada.tokens.access_token)).status).toBe(404);
	const left = await admin`update sheaf.rate_limits set hits = ${hits - 1} where key = ${counter} returning 1`;
	expect(left).toHaveLength(1);
	expect((await remove(ada.tokens.access_token)).status).toBe(404);
	for (const token of [ada.tokens.access_token, other.access_token]) {
		const refused = await remove(token);
		expect(refused.status).toBe(429);
		expect(await errorCode(refused)).toBe("request/rate-limited");
	}
	const grace = await makeMember(backend.url);
	expect((await remove(grace.tokens.access_token)).status).toBe(404);
});
