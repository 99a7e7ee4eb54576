import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
	decodeJwt,
	decodeProtectedHeader,
	exportSPKI,
	generateKeyPair,
	importJWK,
	type JWTPayload,
	SignJWT,
} from "jose";
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

/** The claims of a good token with some of them changed; undefined leaves one out. */
const claims = (changes: Record<string, unknown> = {}): JWTPayload => ({ ...decodeJwt(token), ...changes });
const header = () => ({ ...decodeProtectedHeader(token), alg: "ES256" });

/** Signed with the backend's own key, which only this test can open: what is wrong is the claims alone. */
async function signedByUs(payload: JWTPayload, changes: { typ?: string; kid?: string } = {}): Promise<string> {
	const [row] = await backend.testDatabase.database.asIdentity(
		(sql) => sql`select private_jwe from sheaf.signing_keys`,
	);
	const key = await importJWK(await backend.deps.vault.open(row?.privateJwe), "ES256");
	return await new SignJWT(payload).setProtectedHeader({ ...header(), ...changes }).sign(key);
}

const unsigned = (alg: string, payload: JWTPayload) => {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
	return `${part({ ...header(), alg })}.${part(payload)}.`;
};

describe("ID-3: an access token", () => {
	test("ID-3: that is good is accepted", async () => {
		expect((await ask(me, token)).status).toBe(200);
		expect((await ask(me, await signedByUs(claims()))).status).toBe(200);
	});

	test("ID-3: that is missing, or in the address, or under another scheme → auth/token-missing", async () => {
		const attempts = [
			await fetch(me),
			await fetch(`${me}?access_token=${token}`),
			await fetch(me, { headers: { authorization: `DPoP ${token}` } }),
			await fetch(me, { headers: { authorization: "Bearer" } }),
			await fetch(me, { headers: { cookie: `sheaf_session=${token}` } }),
		];
		for (const answer of attempts) {
			expect(answer.status).toBe(401);
			expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="sheaf"');
			expect(await errorCode(answer)).toBe("auth/token-missing");
		}
	});

	test("ID-3: that has expired → auth/token-expired", async () => {
		const now = Math.floor(Date.now() / 1_000);
		const answer = await ask(me, await signedByUs(claims({ iat: now - 400, exp: now - 100 })));
		expect(answer.status).toBe(401);
		expect(answer.headers.get("www-authenticate")).toContain('error="invalid_token"');
		expect(await errorCode(answer)).toBe("auth/token-expired");
	});

	test("ID-3: runs out by itself after five minutes", async () => {
		const own = await startTestBackend();
		const { access_token: short } = await (await makePerson(own.url)).tokens();
		own.passTime(299);
		expect((await ask(`${own.url}/api/v1/users/me`, short)).status).toBe(200);
		own.passTime(2);
		expect(await errorCode(await ask(`${own.url}/api/v1/users/me`, short))).toBe("auth/token-expired");
		await own.close();
	});

	const forged: Record<string, () => Promise<string> | string> = {
		"alg none": () => unsigned("none", claims()),
		"alg None, in another case": () => unsigned("None", claims()),
		"no signature under ES256": () => unsigned("ES256", claims()),
		"HS256 with the public key as the secret": async () => {
			const { keys } = await json<{ keys: [Record<string, string>] }>(await fetch(`${backend.url}/oauth/jwks`));
			const publicKey = await importJWK(keys[0], "ES256", { extractable: true });
			if (publicKey instanceof Uint8Array) throw new TypeError("The published key is symmetric.");
			const secret = new TextEncoder().encode(await exportSPKI(publicKey));
			return await new SignJWT(claims()).setProtectedHeader({ ...header(), alg: "HS256" }).sign(secret);
		},
		"another key under our kid": async () => {
			const { privateKey } = await generateKeyPair("ES256");
			return await new SignJWT(claims()).setProtectedHeader(header()).sign(privateKey);
		},
		"a key of its own in the header": async () => {
			const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
			const jwk = await crypto.subtle.exportKey("jwk", publicKey);
			return await new SignJWT(claims()).setProtectedHeader({ ...header(), jwk: { ...jwk } }).sign(privateKey);
		},
		"an unknown kid": () => signedByUs(claims(), { kid: "unknown" }),
		"typ JWT": () => signedByUs(claims(), { typ: "JWT" }),
		"the wrong audience": () => signedByUs(claims({ aud: "https://attacker.example" })),
		"no audience": () => signedByUs(claims({ aud: undefined })),
		"the wrong issuer": () => signedByUs(claims({ iss: "https://attacker.example" })),
		"no end": () => signedByUs(claims({ exp: undefined })),
		"no subject": () => signedByUs(claims({ sub: undefined })),
		"no session": () => signedByUs(claims({ session: undefined })),
		"the worker's role": () => signedByUs(claims({ role: "worker" })),
		"a time before which it is not good": () => signedByUs(claims({ nbf: Math.floor(Date.now() / 1_000) + 600 })),
		"changed claims": () => {
			const [head, , signature] = token.split(".");
			return `${head}.${Buffer.from(JSON.stringify(claims({ role: "owner", x: 1 }))).toString("base64url")}.${signature}`;
		},
		"a refresh token instead": async () => (await (await makePerson(backend.url)).tokens()).refresh_token,
		nonsense: () => "a.b.c",
	};
	for (const [name, forge] of Object.entries(forged)) {
		test(`ID-3: with ${name} → auth/token-invalid`, async () => {
			const answer = await ask(me, await forge());
			expect(answer.status).toBe(401);
			expect(await errorCode(answer)).toBe("auth/token-invalid");
		});
	}

	test("TEN-3: that names another workspace or person than its session's → auth/session-revoked", async () => {
		const other = decodeJwt((await (await makePerson(backend.url)).tokens()).access_token);
		for (const changes of [{ workspace: other.workspace }, { sub: other.sub ?? "" }]) {
			const own = await (await makePerson(backend.url)).tokens();
			const answer = await ask(me, await signedByUs({ ...decodeJwt(own.access_token), ...changes }));
			expect(await errorCode(answer)).toBe("auth/session-revoked");
		}
	});
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
