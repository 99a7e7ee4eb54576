import { afterAll, beforeAll, expect, test } from "bun:test";
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from "jose";
import { keySeconds, overlapSeconds } from "../../identity/key-rotation.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { ask, clientId, json, makePerson, makePkce, makeProof, type Tokens } from "../testing/test-person.ts";

let backend: TestBackend;
/** Another process on the same database and under the same public address. */
let second: TestBackend;
let passed = 0;
beforeAll(async () => {
	backend = await startTestBackend();
	const { database, clock = Date.now } = backend.deps;
	second = await startTestBackend({ variables: { SHEAF_PUBLIC_URL: backend.url }, deps: { database, clock } });
});
afterAll(async () => {
	await second.close();
	await backend.close();
});

const passTime = (seconds: number) => {
	passed += seconds;
	backend.passTime(seconds);
};
const now = () => Math.floor(Date.now() / 1_000) + passed;
const keySet = async ({ url }: TestBackend) => await json<JSONWebKeySet>(await fetch(`${url}/oauth/jwks`));

/** An access token of the moved clock's time. The pages belong to the first process, whose address is the public one. */
async function tokenFrom({ url }: TestBackend): Promise<string> {
	const person = await makePerson(backend.url);
	const pkce = makePkce();
	const fields = person.codeFields(await person.code(pkce, "sign-up"), pkce);
	const dpop = await makeProof(person.key, `${backend.url}/oauth/token`, { claims: { iat: now() } });
	const body = new URLSearchParams({ client_id: clientId, ...fields });
	return (await json<Tokens>(await fetch(`${url}/oauth/token`, { method: "POST", body, headers: { dpop } })))
		.access_token;
}

const kidOf = (token: string) => decodeProtectedHeader(token).kid ?? "";

test("ID-3: over a change of keys every token verifies, in both processes and with a key set fetched before it", async () => {
	const [first = ""] = (await keySet(backend)).keys.map(({ kid }) => kid);
	passTime(keySeconds);
	const sets = await Promise.all([keySet(backend), keySet(second)]);
	const kids = sets.map(({ keys }) => keys.map(({ kid }) => kid));
	expect(kids[0]).toHaveLength(2);
	expect(kids[1]).toEqual(kids[0]);
	const [fetchedBefore] = sets;
	passTime(overlapSeconds - 60);
	const lastOfFirst = await tokenFrom(backend);
	expect(kidOf(lastOfFirst)).toBe(first);
	passTime(61);
	const later = await Promise.all([tokenFrom(backend), tokenFrom(second)]);
	for (const token of later) expect(kids[0]).toContain(kidOf(token));
	for (const token of later) expect(kidOf(token)).not.toBe(first);
	for (const token of [lastOfFirst, ...later]) {
		const verify = createLocalJWKSet(fetchedBefore);
		await jwtVerify(token, verify, { issuer: backend.url, currentDate: new Date(now() * 1_000) });
		for (const { url } of [backend, second]) expect((await ask(`${url}/api/v1/users/me`, token)).status).toBe(200);
	}
});
