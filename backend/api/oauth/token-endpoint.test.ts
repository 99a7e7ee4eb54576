import { afterAll, beforeAll, expect, test } from "bun:test";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { makePerson, makePkce, makeProof, oauthError } from "../testing/test-person.ts";

// What is tried against this endpoint is in probes/.

let backend: TestBackend;
beforeAll(async () => {
	backend = await startTestBackend();
});
afterAll(async () => {
	await backend.close();
});

const malformed: Record<string, [Record<string, string>, string]> = {
	"no grant": [{ grant_type: "" }, "invalid_request"],
	"no code": [{ code: "" }, "invalid_request"],
	"a device that is no UUID": [{ device_id: "laptop" }, "invalid_request"],
};
for (const [name, [changes, error]] of Object.entries(malformed)) {
	test(`ID-3: ${name} → ${error}, and nobody keeps the answer`, async () => {
		const person = await makePerson(backend.url);
		const pkce = makePkce();
		const fields = person.codeFields(await person.code(pkce, "sign-up"), pkce);
		const answer = await person.token({ ...fields, ...changes });
		expect(answer.status).toBe(400);
		expect(await oauthError(answer)).toBe(error);
		expect(answer.headers.get("cache-control")).toBe("no-store");
	});
}

test("ID-3: a refresh token slides for 30 days and ends after 90", async () => {
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
