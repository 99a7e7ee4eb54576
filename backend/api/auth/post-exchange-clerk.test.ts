import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { decodeJwt } from "jose";
import { createGuardedHttp } from "../../connectors/http.ts";
import type { DeviceSessionList } from "../../contract/sessions.ts";
import type { FullUserView } from "../../contract/users.ts";
import { officialExtensionId } from "../../env.ts";
import { clerkUser, TestClerk } from "../../identity/clerk/test-clerk.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { ask, errorCode, json, makeDeviceKey, makePerson, makeProof, type Tokens } from "../testing/test-person.ts";

let backend: TestBackend;
let clerk: TestClerk;
beforeAll(async () => {
	clerk = new TestClerk();
	backend = await startWithClerk();
});
afterAll(async () => {
	await backend.close();
	await clerk.close();
});

const startWithClerk = async () =>
	await startTestBackend({
		variables: clerk.variables,
		deps: { http: createGuardedHttp({ allowedOrigins: [clerk.url] }) },
	});

type Sent = { token: string; proof?: string | null; url?: string; device?: object };

async function exchange({ token, proof, url = backend.url, device = {} }: Sent): Promise<Response> {
	const address = `${url}/api/v1/auth/exchange/clerk`;
	const dpop = proof === undefined ? await makeProof(await makeDeviceKey(), address) : proof;
	const headers = { "content-type": "application/json", ...(dpop === null ? {} : { dpop }) };
	return await fetch(address, { method: "POST", body: JSON.stringify({ token, ...device }), headers });
}

const signIn = async (claims: Record<string, unknown> = {}) => {
	const answer = await exchange({ token: await clerk.token(claims) });
	expect(answer.status).toBe(200);
	return await json<Required<Tokens>>(answer);
};
const full = async (token: string) => json<FullUserView>(await ask(`${backend.url}/api/v1/users/me/full`, token));
const read = async (token: string) => {
	const answer = await ask(`${backend.url}/api/v1/users/me`, token);
	return answer.ok ? "200" : await errorCode(answer);
};
const someone = () => ({ sub: clerkUser().id, sid: `sess_${crypto.randomUUID()}` });

describe("ID-5: a session token of Clerk", () => {
	test("ID-5: opens a session of the device, bound to its key, for a person made on first sight", async () => {
		const key = await makeDeviceKey();
		const claims = someone();
		const deviceId = crypto.randomUUID();
		const device = { deviceId, deviceName: "A test browser" };
		const proof = await makeProof(key, `${backend.url}/api/v1/auth/exchange/clerk`);
		const answer = await exchange({ token: await clerk.token(claims), proof, device });
		expect(answer.headers.get("cache-control")).toBe("no-store");
		const tokens = await json<Required<Tokens>>(answer);
		expect(tokens).toMatchObject({ token_type: "Bearer", expires_in: 300 });
		expect(decodeJwt(tokens.access_token)).toMatchObject({ device: deviceId, role: "owner" });
		const { user, accounts, workspaces } = await full(tokens.access_token);
		expect(user).toMatchObject({ email: "", emailVerified: false });
		expect(accounts).toMatchObject([{ provider: "clerk", subject: claims.sub, lastUsedAt: expect.any(String) }]);
		expect(workspaces).toMatchObject([{ personal: true }]);
		const list = await ask(`${backend.url}/api/v1/users/me/sessions`, tokens.access_token);
		expect((await json<DeviceSessionList>(list)).sessions).toMatchObject([
			{ provider: "clerk", deviceName: "A test browser" },
		]);
		const body = new URLSearchParams({
			client_id: "sheaf-extension",
			grant_type: "refresh_token",
			refresh_token: tokens.refresh_token,
		});
		const url = `${backend.url}/oauth/token`;
		for (const [signer, status] of [
			[await makeDeviceKey(), 400],
			[key, 200],
		] as const) {
			const headers = { dpop: await makeProof(signer, url) };
			expect((await fetch(url, { method: "POST", body, headers })).status).toBe(status);
		}
	});

	test("ID-5: the same user is the same person, also when ten sign in for the first time at once", async () => {
		const { sub } = someone();
		const tokens = await Promise.all(Array.from({ length: 10 }, () => signIn({ sub, sid: someone().sid })));
		const people = new Set(tokens.map(({ access_token: token }) => decodeJwt(token).sub));
		expect(people.size).toBe(1);
	});

	test("ID-5: who signed in before their webhook came gets name and address by it", async () => {
		const user = clerkUser();
		const { access_token: token } = await signIn({ sub: user.id, sid: someone().sid });
		await clerk.send(backend.url, { type: "user.created", data: user });
		expect((await full(token)).user).toMatchObject({ firstName: "Ada", emailVerified: true });
	});

	test("ID-5: our own extension is an authorized party", async () => {
		await signIn({ ...someone(), azp: `chrome-extension://${officialExtensionId}` });
	});
});

describe("ID-5: refused", () => {
	const now = () => Math.floor(Date.now() / 1_000);
	const cases: Record<string, [() => Record<string, unknown>, string]> = {
		"a foreign issuer": [() => ({ iss: "https://clerk.attacker.example" }), "auth/upstream-refused"],
		"another app (azp)": [() => ({ azp: "https://attacker.example" }), "auth/upstream-refused"],
		"no app (azp)": [() => ({ azp: undefined }), "auth/upstream-refused"],
		"a machine (mch_)": [() => ({ sub: "mch_1" }), "auth/upstream-refused"],
		"no subject": [() => ({ sub: undefined }), "auth/upstream-refused"],
		"no session": [() => ({ sid: undefined }), "auth/upstream-refused"],
		"a pending session": [() => ({ sts: "pending" }), "auth/upstream-refused"],
		"an impersonated session": [() => ({ act: { sub: "user_operator" } }), "auth/upstream-refused"],
		"a token from the future (nbf)": [() => ({ nbf: now() + 20 }), "auth/upstream-refused"],
		"a token from the future (iat)": [() => ({ iat: now() + 20 }), "auth/upstream-refused"],
		"no end": [() => ({ exp: undefined }), "auth/upstream-refused"],
		"no beginning": [() => ({ nbf: undefined }), "auth/upstream-refused"],
		"an expired token": [() => ({ iat: now() - 70, nbf: now() - 80, exp: now() - 10 }), "auth/token-expired"],
	};
	for (const [name, [claims, code]] of Object.entries(cases)) {
		test(`ID-5: ${name} → 401 ${code}`, async () => {
			const answer = await exchange({ token: await clerk.token({ ...someone(), ...claims() }) });
			expect(answer.status).toBe(401);
			expect(await errorCode(answer)).toBe(code);
		});
	}

	test("ID-5: a few seconds of skew are forgiven", async () => {
		await signIn({ ...someone(), exp: now() - 3 });
		await signIn({ ...someone(), nbf: now() + 3 });
	});

	const headers: Record<string, { kid?: string; typ?: string }> = {
		"an access token (at+jwt)": { typ: "at+jwt" },
		"an access token (application/at+jwt)": { typ: "application/at+jwt" },
		"an unknown key": { kid: "ins_unknown" },
	};
	for (const [name, header] of Object.entries(headers)) {
		test(`ID-5: ${name} → 401 auth/upstream-refused`, async () => {
			const answer = await exchange({ token: await clerk.token(someone(), header) });
			expect(await errorCode(answer)).toBe("auth/upstream-refused");
		});
	}

	test("ID-5: alg none, HS256 and nonsense → 401 auth/upstream-refused", async () => {
		const [, payload] = (await clerk.token(someone())).split(".");
		const header = (alg: string) => Buffer.from(JSON.stringify({ alg, typ: "JWT" })).toString("base64url");
		for (const token of [`${header("none")}.${payload}.`, `${header("HS256")}.${payload}.c2ln`, "nonsense", "ak_1"]) {
			expect(await errorCode(await exchange({ token }))).toBe("auth/upstream-refused");
		}
	});

	test("ID-5: no proof, a proof for another address, one that was used → 400 auth/proof-invalid", async () => {
		const key = await makeDeviceKey();
		const proof = await makeProof(key, `${backend.url}/api/v1/auth/exchange/clerk`);
		expect((await exchange({ token: await clerk.token(someone()), proof })).status).toBe(200);
		for (const wrong of [null, proof, await makeProof(key, `${backend.url}/oauth/token`)]) {
			const answer = await exchange({ token: await clerk.token(someone()), proof: wrong });
			expect(answer.status).toBe(400);
			expect(await errorCode(answer)).toBe("auth/proof-invalid");
		}
	});

	test("ID-5: a backend without Clerk → 404 auth/provider-unknown; a body that is none → 400", async () => {
		const own = await startTestBackend();
		const answer = await exchange({ token: await clerk.token(), url: own.url });
		expect(answer.status).toBe(404);
		expect(await errorCode(answer)).toBe("auth/provider-unknown");
		await own.close();
		expect(await errorCode(await exchange({ token: "" }))).toBe("request/invalid");
		const device = { deviceId: crypto.randomUUID().toUpperCase() };
		expect(await errorCode(await exchange({ token: await clerk.token(), device }))).toBe("request/invalid");
	});
});

describe("ID-5: Clerk's keys", () => {
	test("ID-5: are asked for once, again for a key that is new, and not for every stranger's", async () => {
		const own = await startWithClerk();
		const before = clerk.keysAsked;
		for (let attempt = 0; attempt < 3; attempt += 1) {
			expect((await exchange({ token: await clerk.token(someone()), url: own.url })).status).toBe(200);
		}
		expect(clerk.keysAsked).toBe(before + 1);
		for (let attempt = 0; attempt < 3; attempt += 1) {
			const token = await clerk.token(someone(), { kid: `ins_${attempt}` });
			expect((await exchange({ token, url: own.url })).status).toBe(401);
		}
		expect(clerk.keysAsked).toBe(before + 1);
		await own.close();
	});

	test("ID-5: that cannot be read are 503 auth/upstream-unavailable and not a refusal, until they can", async () => {
		const own = await startWithClerk();
		clerk.keysStatus = 500;
		const answer = await exchange({ token: await clerk.token(someone()), url: own.url });
		expect(answer.status).toBe(503);
		expect(await errorCode(answer)).toBe("auth/upstream-unavailable");
		clerk.keysStatus = 200;
		expect((await exchange({ token: await clerk.token(someone()), url: own.url })).status).toBe(200);
		await own.close();
	});
});

describe("ID-5: what Clerk ends", () => {
	for (const type of ["session.ended", "session.removed", "session.revoked"]) {
		test(`ID-5: ${type} ends the devices of that session at once, and its last token opens no other`, async () => {
			const claims = someone();
			const token = await clerk.token(claims);
			const first = await signIn(claims);
			const other = await signIn({ sub: claims.sub, sid: someone().sid });
			expect(await read(first.access_token)).toBe("200");
			await clerk.send(backend.url, { type, data: { id: claims.sid, object: "session", user_id: claims.sub } });
			expect(await read(first.access_token)).toBe("auth/session-revoked");
			expect(await read(other.access_token)).toBe("200");
			expect(await errorCode(await exchange({ token }))).toBe("auth/upstream-refused");
		});
	}

	test("ID-5: user.deleted ends every session that Clerk opened, and its last token brings nobody back", async () => {
		const claims = someone();
		const token = await clerk.token(claims);
		const { access_token: access } = await signIn(claims);
		expect(await read(access)).toBe("200");
		await clerk.send(backend.url, { type: "user.deleted", data: { id: claims.sub, object: "user", deleted: true } });
		expect(await read(access)).toBe("auth/session-revoked");
		expect(await errorCode(await exchange({ token }))).toBe("auth/upstream-refused");
	});

	test("ID-5: whoever has another way in keeps it, and the devices it signed in", async () => {
		const person = await makePerson(backend.url);
		const { access_token: access } = await person.tokens();
		const { sub: userId = "" } = decodeJwt(access);
		const { sub } = someone();
		await backend.testDatabase.database.asIdentity(
			(sql) => sql`insert into sheaf.user_accounts (user_id, provider, subject) values (${userId}, 'clerk', ${sub})`,
		);
		const byClerk = await signIn({ sub, sid: someone().sid });
		await clerk.send(backend.url, { type: "user.deleted", data: { id: sub, object: "user", deleted: true } });
		expect(await read(byClerk.access_token)).toBe("auth/session-revoked");
		expect(await read(access)).toBe("200");
		expect((await full(access)).accounts).toMatchObject([{ provider: "password" }]);
	});
});
