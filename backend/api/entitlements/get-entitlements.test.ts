import { afterAll, beforeAll, expect, test } from "bun:test";
import { guestEntitlements } from "../../workspaces/entitlements.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { ask, errorCode, makePerson } from "../testing/test-person.ts";

let backend: TestBackend;
beforeAll(async () => {
	backend = await startTestBackend();
});
afterAll(async () => {
	await backend.close();
});

const address = () => `${backend.url}/api/v1/entitlements`;

test("ID-9: a guest is told what is not there without a session, and why", async () => {
	const answer = await fetch(address());
	expect(answer.status).toBe(200);
	expect(await answer.json()).toEqual(guestEntitlements);
});

test("ID-9: somebody with a session is no guest", async () => {
	const { access_token: token } = await (await makePerson(backend.url)).tokens();
	const answer = await ask(address(), token);
	expect(await answer.json()).toEqual({ isGuest: false, canSync: true, isPro: false, reason: null });
});

test("ID-6: a bad token is refused although none would do", async () => {
	for (const token of ["a.b.c", ""]) {
		const answer = await fetch(address(), { headers: { authorization: `Bearer ${token}` } });
		expect(answer.status).toBe(401);
		expect(await errorCode(answer)).toMatch(/^auth\/token-(invalid|missing)$/);
	}
});

test("ID-6: only the listed address is optional, not what lies under it", async () => {
	expect(await errorCode(await fetch(`${address()}/more`))).toBe("auth/token-missing");
});
