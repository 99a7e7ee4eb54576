import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import {
	ask,
	errorCode,
	json,
	makeDeviceKey,
	makePerson,
	makePkce,
	makeProof,
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

/** A person with a fresh code that nobody has redeemed yet. */
async function withCode() {
	const person = await makePerson(backend.url);
	const pkce = makePkce();
	const fields = person.codeFields(await person.code(pkce, "sign-up"), pkce);
	return { person, fields };
}

describe("ID-1: authorization codes", () => {
	test("ID-1: a replayed code is refused and ends the session it opened", async () => {
		const { person, fields } = await withCode();
		const tokens = await json<Tokens>(await person.token(fields));
		expect(await oauthError(await person.token(fields))).toBe("invalid_grant");
		const refresh = { grant_type: "refresh_token", refresh_token: tokens.refresh_token ?? "" };
		expect(await oauthError(await person.token(refresh))).toBe("invalid_grant");
		const read = await ask(`${backend.url}/api/v1/users/me`, tokens.access_token);
		expect(await errorCode(read)).toBe("auth/session-revoked");
	});

	test("ID-1: ten parallel redemptions give one success", async () => {
		const { person, fields } = await withCode();
		const answers = await Promise.all(Array.from({ length: 10 }, () => person.token(fields)));
		const statuses = answers.map(({ status }) => status);
		expect(statuses.filter((status) => status === 200)).toHaveLength(1);
		expect(statuses.filter((status) => status === 400)).toHaveLength(9);
	});

	const wrong: Record<string, Record<string, string>> = {
		"another verifier": { code_verifier: makePkce().verifier },
		"a verifier that is too short": { code_verifier: "short" },
		"another redirect": { redirect_uri: "https://attacker.example/" },
		"a redirect with a path": { redirect_uri: `${redirectUri}x` },
		"another code": { code: "x".repeat(43) },
	};
	for (const [name, changes] of Object.entries(wrong)) {
		test(`ID-1: ${name} → invalid_grant`, async () => {
			const { person, fields } = await withCode();
			const answer = await person.token({ ...fields, ...changes });
			expect(answer.status).toBe(400);
			expect(await oauthError(answer)).toBe("invalid_grant");
		});
	}

	test("ID-1: the challenge itself is no verifier (plain)", async () => {
		const person = await makePerson(backend.url);
		const pkce = makePkce();
		const code = await person.code(pkce, "sign-up");
		const answer = await person.token(person.codeFields(code, { ...pkce, verifier: pkce.challenge }));
		expect(await oauthError(answer)).toBe("invalid_grant");
	});

	test("ID-1: a code is dead after a minute", async () => {
		const slow = await startTestBackend();
		const person = await makePerson(slow.url);
		const pkce = makePkce();
		const fields = person.codeFields(await person.code(pkce, "sign-up"), pkce);
		slow.passTime(61);
		expect(await oauthError(await person.token(fields))).toBe("invalid_grant");
		await slow.close();
	});
});

describe("ID-3: the token endpoint's form", () => {
	const malformed: Record<string, [Record<string, string>, string, number]> = {
		"an unknown client": [{ client_id: "somebody-else" }, "invalid_client", 401],
		"a client secret": [{ client_secret: "secret" }, "invalid_client", 401],
		"an unknown grant": [{ grant_type: "password" }, "unsupported_grant_type", 400],
		"no grant": [{ grant_type: "" }, "invalid_request", 400],
		"no code": [{ code: "" }, "invalid_request", 400],
		"no verifier": [{ code_verifier: "" }, "invalid_request", 400],
		"a device that is no UUID": [{ device_id: "laptop" }, "invalid_request", 400],
	};
	for (const [name, [changes, error, status]] of Object.entries(malformed)) {
		test(`ID-3: ${name} → ${error}`, async () => {
			const { person, fields } = await withCode();
			const answer = await person.token({ ...fields, ...changes });
			expect(answer.status).toBe(status);
			expect(await oauthError(answer)).toBe(error);
			expect(answer.headers.get("cache-control")).toBe("no-store");
		});
	}

	test("ID-3: a parameter given twice → invalid_request", async () => {
		const { person, fields } = await withCode();
		const dpop = await makeProof(person.key, `${backend.url}/oauth/token`);
		const body = new URLSearchParams({ client_id: "sheaf-extension", ...fields });
		body.append("code", "another");
		const answer = await fetch(`${backend.url}/oauth/token`, { method: "POST", body, headers: { dpop } });
		expect(await oauthError(answer)).toBe("invalid_request");
	});

	test("ID-3: JSON instead of a form → invalid_request", async () => {
		const headers = { "content-type": "application/json" };
		const answer = await fetch(`${backend.url}/oauth/token`, { method: "POST", body: "{}", headers });
		expect(await oauthError(answer)).toBe("invalid_request");
	});
});

describe("ID-3: proofs of possession", () => {
	const changed: Record<string, Parameters<typeof makeProof>[2]> = {
		"another method": { claims: { htm: "GET" } },
		"another address": { claims: { htu: "https://attacker.example/oauth/token" } },
		"another path": { claims: { htu: "http://localhost/oauth/revoke" } },
		"an address that is none": { claims: { htu: "token" } },
		"an old iat": { claims: { iat: Math.floor(Date.now() / 1_000) - 600 } },
		"an iat in the future": { claims: { iat: Math.floor(Date.now() / 1_000) + 600 } },
		"no iat": { claims: { iat: undefined } },
		"no jti": { claims: { jti: undefined } },
		"an endless jti": { claims: { jti: "x".repeat(300) } },
		"another typ": { header: { typ: "JWT" } },
		"no key in it": { header: { jwk: undefined } },
	};
	for (const [name, changes] of Object.entries(changed)) {
		test(`ID-3: a proof with ${name} → invalid_dpop_proof`, async () => {
			const { person, fields } = await withCode();
			const proof = await makeProof(person.key, `${backend.url}/oauth/token`, changes);
			expect(await oauthError(await person.token(fields, proof))).toBe("invalid_dpop_proof");
		});
	}

	test("ID-3: no proof → invalid_dpop_proof", async () => {
		const { person, fields } = await withCode();
		expect(await oauthError(await person.token(fields, null))).toBe("invalid_dpop_proof");
	});

	test("ID-3: a proof whose header gives away a private key → invalid_dpop_proof", async () => {
		const { person, fields } = await withCode();
		const jwk = await exportJWK(person.key.privateKey);
		const proof = await makeProof(person.key, `${backend.url}/oauth/token`, { header: { jwk } });
		expect(await oauthError(await person.token(fields, proof))).toBe("invalid_dpop_proof");
	});

	test("ID-3: a proof signed by another key than the one it shows → invalid_dpop_proof", async () => {
		const { person, fields } = await withCode();
		const { jwk } = await makeDeviceKey();
		const proof = await makeProof(person.key, `${backend.url}/oauth/token`, { header: { jwk } });
		expect(await oauthError(await person.token(fields, proof))).toBe("invalid_dpop_proof");
	});

	test("ID-3: a proof with a shared secret (HS256) or with RSA → invalid_dpop_proof", async () => {
		const { person, fields } = await withCode();
		const claims = { jti: "1", htm: "POST", htu: `${backend.url}/oauth/token` };
		const secret = new Uint8Array(32);
		const oct = { kty: "oct", k: Buffer.from(secret).toString("base64url") };
		const rsa = await generateKeyPair("RS256");
		const proofs = [
			await new SignJWT(claims)
				.setProtectedHeader({ alg: "HS256", typ: "dpop+jwt", jwk: oct })
				.setIssuedAt()
				.sign(secret),
			await new SignJWT(claims)
				.setProtectedHeader({ alg: "RS256", typ: "dpop+jwt", jwk: await exportJWK(rsa.publicKey) })
				.setIssuedAt()
				.sign(rsa.privateKey),
		];
		for (const proof of proofs) expect(await oauthError(await person.token(fields, proof))).toBe("invalid_dpop_proof");
	});

	test("ID-3: a replayed jti → invalid_dpop_proof, and of ten at once one passes", async () => {
		const person = await makePerson(backend.url);
		const tokens = await person.tokens();
		const fields = { grant_type: "refresh_token", refresh_token: tokens.refresh_token };
		const proof = await makeProof(person.key, `${backend.url}/oauth/token`);
		const answers = await Promise.all(Array.from({ length: 10 }, () => person.token(fields, proof)));
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
		expect(await oauthError(await person.token(fields, proof))).toBe("invalid_dpop_proof");
	});
});

describe("ID-3: refresh tokens", () => {
	test("ID-3: a copied refresh token is of no use without the key", async () => {
		const person = await makePerson(backend.url);
		const tokens = await person.tokens();
		const fields = { grant_type: "refresh_token", refresh_token: tokens.refresh_token };
		expect(await oauthError(await person.token(fields, null))).toBe("invalid_dpop_proof");
		const foreign = await makeProof(await makeDeviceKey(), `${backend.url}/oauth/token`);
		expect(await oauthError(await person.token(fields, foreign))).toBe("invalid_grant");
		// The thief's attempts cost the owner nothing.
		expect((await person.token(fields)).status).toBe(200);
	});

	test("ID-3: an unknown refresh token → invalid_grant", async () => {
		const person = await makePerson(backend.url);
		const answer = await person.token({ grant_type: "refresh_token", refresh_token: "x".repeat(43) });
		expect(await oauthError(answer)).toBe("invalid_grant");
	});

	test("ID-3: it slides for 30 days and ends after 90", async () => {
		const own = await startTestBackend();
		const person = await makePerson(own.url);
		const fields = { grant_type: "refresh_token", refresh_token: (await person.tokens()).refresh_token };
		let passed = 0;
		const refreshAfter = async (days: number) => {
			own.passTime(days * 86_400);
			passed += days * 86_400;
			const iat = Math.floor(Date.now() / 1_000) + passed;
			return await person.token(fields, await makeProof(person.key, `${own.url}/oauth/token`, { claims: { iat } }));
		};
		for (const days of [29, 29, 29]) expect((await refreshAfter(days)).status).toBe(200);
		expect(await oauthError(await refreshAfter(4))).toBe("invalid_grant");
		await own.close();
	});

	test("ID-3: it ends when it was not used for 30 days", async () => {
		const own = await startTestBackend();
		const person = await makePerson(own.url);
		const fields = { grant_type: "refresh_token", refresh_token: (await person.tokens()).refresh_token };
		own.passTime(31 * 86_400);
		const iat = Math.floor(Date.now() / 1_000) + 31 * 86_400;
		const proof = await makeProof(person.key, `${own.url}/oauth/token`, { claims: { iat } });
		expect(await oauthError(await person.token(fields, proof))).toBe("invalid_grant");
		await own.close();
	});
});
