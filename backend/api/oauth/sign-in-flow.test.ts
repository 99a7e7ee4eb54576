import { afterAll, beforeAll, expect, test } from "bun:test";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import type { AccountView, FullUserView, SessionView, UserView } from "../../contract/users.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import {
	ask,
	authorizePath,
	errorCode,
	hiddenFields,
	json,
	makePerson,
	makePkce,
	oauthError,
	redirectUri,
	type Tokens,
} from "../testing/test-person.ts";

let backend: TestBackend;
beforeAll(async () => {
	backend = await startTestBackend();
});
afterAll(async () => {
	await backend.close();
});

test("ID-1: the metadata names every endpoint under the issuer", async () => {
	const answer = await fetch(`${backend.url}/.well-known/oauth-authorization-server`);
	const metadata = await answer.json();
	expect(metadata).toMatchObject({
		issuer: backend.url,
		authorization_endpoint: `${backend.url}/oauth/authorize`,
		token_endpoint: `${backend.url}/oauth/token`,
		revocation_endpoint: `${backend.url}/oauth/revoke`,
		jwks_uri: `${backend.url}/oauth/jwks`,
		code_challenge_methods_supported: ["S256"],
		token_endpoint_auth_methods_supported: ["none"],
		authorization_response_iss_parameter_supported: true,
	});
});

test("ID-1: signing up answers the redirect with code, state and iss", async () => {
	const person = await makePerson(backend.url);
	const page = await (await person.browser.get(`${authorizePath(makePkce())}&screen=sign-up`)).text();
	const { email, password } = person;
	const answer = await person.browser.post("/oauth/sign-up", { ...hiddenFields(page), email, password });
	expect(answer.status).toBe(303);
	const location = new URL(answer.headers.get("location") ?? "");
	expect(location.origin + location.pathname).toBe(redirectUri);
	expect(location.searchParams.get("state")).toBe("a state");
	expect(location.searchParams.get("iss")).toBe(backend.url);
	expect(location.searchParams.get("code")).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

test("ID-3: the access token is an at+jwt for five minutes that the published keys verify", async () => {
	const person = await makePerson(backend.url);
	const tokens = await person.tokens();
	expect(tokens).toMatchObject({ token_type: "Bearer", expires_in: 300 });
	const keys = createRemoteJWKSet(new URL(`${backend.url}/oauth/jwks`));
	const { payload } = await jwtVerify(tokens.access_token, keys, { issuer: backend.url, audience: backend.url });
	expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ alg: "ES256", typ: "at+jwt" });
	expect(payload).toMatchObject({ device: person.deviceId, role: "owner", client_id: "sheaf-extension" });
	expect(payload).not.toHaveProperty("cnf");
	expect(payload.exp).toBe((payload.iat ?? 0) + 300);
});

test("ID-1: the published keys hold no private half, and at rest that half is sealed", async () => {
	await (await makePerson(backend.url)).tokens();
	const { keys } = await json<{ keys: object[] }>(await fetch(`${backend.url}/oauth/jwks`));
	expect(keys).toHaveLength(1);
	expect(keys[0]).not.toHaveProperty("d");
	const [row] = await backend.testDatabase.database.asIdentity(
		(sql) => sql`select private_jwe from sheaf.signing_keys`,
	);
	expect(row?.privateJwe.split(".")).toHaveLength(5);
});

test("ID-3: a refresh keeps the refresh token and gives a new access token", async () => {
	const person = await makePerson(backend.url);
	const first = await person.tokens();
	const fields = { grant_type: "refresh_token", refresh_token: first.refresh_token };
	for (const attempt of [1, 2]) {
		const answer = await person.token(fields);
		expect({ attempt, status: answer.status }).toEqual({ attempt, status: 200 });
		const tokens = await json<Tokens>(answer);
		expect(tokens).not.toHaveProperty("refresh_token");
		expect(tokens.access_token).not.toBe(first.access_token);
		expect((await ask(`${backend.url}/api/v1/users/me`, tokens.access_token)).status).toBe(200);
	}
});

test("ID-3: no token, code or cookie is at rest in the form it travels in", async () => {
	const person = await makePerson(backend.url);
	const { refresh_token: refreshToken } = await person.tokens();
	const cookie = person.browser.cookie("sheaf_session") ?? "";
	const rows = await backend.testDatabase.database.asIdentity(
		(sql) => sql`
			select (select jsonb_agg(s) from sheaf.device_sessions s)::text
				|| (select jsonb_agg(b) from sheaf.browser_sessions b)::text
				|| (select jsonb_agg(c) from sheaf.authorization_codes c)::text as everything`,
	);
	const everything = String(rows[0]?.everything);
	expect(everything).toContain(person.deviceId);
	expect(cookie).toHaveLength(43);
	for (const secret of [refreshToken, cookie]) {
		expect(everything).not.toContain(secret);
		expect(everything).not.toContain(Buffer.from(secret).toString("hex"));
	}
});

test("ID-7: the first sign-in makes one personal workspace, also when two devices are at it at once", async () => {
	const person = await makePerson(backend.url);
	await person.tokens();
	const again = await Promise.all([person.tokens("sign-in"), person.tokens("sign-in")]);
	const answers = again.map((tokens) => ask(`${backend.url}/api/v1/users/me/full`, tokens.access_token));
	for (const answer of await Promise.all(answers)) {
		const { workspaces } = await json<FullUserView>(answer);
		expect(workspaces).toMatchObject([{ personal: true, role: "owner" }]);
		expect(workspaces).toHaveLength(1);
	}
});

test("ID-2: an e-mail address is the same in any case", async () => {
	const person = await makePerson(backend.url, "Ada.Lovelace@Example.Test");
	await person.tokens();
	const other = await makePerson(backend.url, "ada.lovelace@EXAMPLE.test");
	const tokens = await other.tokens("sign-in");
	const me = await json<UserView>(await ask(`${backend.url}/api/v1/users/me`, tokens.access_token));
	expect(me.email).toBe("ada.lovelace@example.test");
});

test("ID-6: me, accounts, full and session describe the person; permissions come from the policy table", async () => {
	const person = await makePerson(backend.url);
	const { access_token: token } = await person.tokens();
	const read = async <Shape>(path: string) =>
		await json<Shape>(await ask(`${backend.url}/api/v1/users/${path}`, token));
	const me = await read<UserView>("me");
	expect(me).toMatchObject({ email: person.email, timeZone: "UTC" });
	const { accounts } = await read<{ accounts: AccountView[] }>("me/accounts");
	expect(accounts).toMatchObject([{ provider: "password" }]);
	const session = await read<SessionView>("session");
	expect(session).toMatchObject({
		userId: me.id,
		deviceId: person.deviceId,
		entitlements: { isGuest: false, canSync: true, isPro: false },
		permissions: expect.arrayContaining(["records:write", "members:write"]),
	});
	expect(await read<FullUserView>("me/full")).toMatchObject({ user: me, accounts, session });
});

test("ID-1: revoking a refresh token ends the session, at once for writes and for refreshes", async () => {
	const person = await makePerson(backend.url);
	const tokens = await person.tokens();
	const body = new URLSearchParams({ client_id: "sheaf-extension", token: tokens.refresh_token });
	expect((await fetch(`${backend.url}/oauth/revoke`, { method: "POST", body })).status).toBe(200);
	const refresh = await person.token({ grant_type: "refresh_token", refresh_token: tokens.refresh_token });
	expect(await oauthError(refresh)).toBe("invalid_grant");
	const write = await ask(`${backend.url}/api/v1/writes/batch`, tokens.access_token, { method: "POST" });
	expect(write.status).toBe(401);
	expect(await errorCode(write)).toBe("auth/session-revoked");
	expect((await ask(`${backend.url}/api/v1/users/me`, tokens.access_token)).status).toBe(401);
});
