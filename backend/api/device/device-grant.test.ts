import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { decodeJwt } from "jose";
import type { DeviceSessionList } from "../../contract/sessions.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import {
	ask,
	type DeviceKey,
	hiddenFields,
	json,
	makeDeviceKey,
	makePerson,
	makeProof,
	oauthError,
	TestBrowser,
	type TestPerson,
	type Tokens,
} from "../testing/test-person.ts";

let backend: TestBackend;
beforeAll(async () => {
	backend = await startTestBackend();
});
afterAll(async () => {
	await backend.close();
});

type Codes = {
	device_code: string;
	user_code: string;
	verification_uri: string;
	verification_uri_complete: string;
	expires_in: number;
	interval: number;
};

async function startDevice(fields: Record<string, string> = {}, { url } = backend): Promise<Codes> {
	const body = new URLSearchParams({ client_id: "sheaf-cli", device_name: "ada-laptop", ...fields });
	return await json<Codes>(await fetch(`${url}/oauth/device_authorization`, { method: "POST", body }));
}

let passed = 0;
/** All tests of this file share the backend's clock, and proofs have to follow it. */
const passTime = (seconds: number) => {
	passed += seconds;
	backend.passTime(seconds);
};

async function poll(codes: Codes, key: DeviceKey, fields: Record<string, string> = {}): Promise<Response> {
	const url = `${backend.url}/oauth/token`;
	const grant = { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: codes.device_code };
	const iat = Math.floor(Date.now() / 1_000) + passed;
	const headers = { dpop: await makeProof(key, url, { claims: { iat } }) };
	const body = new URLSearchParams({ client_id: "sheaf-cli", ...grant, ...fields });
	return await fetch(url, { method: "POST", body, headers });
}

async function signedIn(): Promise<TestPerson> {
	const person = await makePerson(backend.url);
	const form = await (await person.browser.get("/oauth/sign-in?continue=%2Fdevice&screen=sign-up")).text();
	const { email, password } = person;
	await person.browser.post("/oauth/sign-up", { ...hiddenFields(form), email, password });
	return person;
}

/** The page after the code was typed. */
async function typeCode({ browser }: TestPerson, userCode: string): Promise<string> {
	const page = await (await browser.get("/device")).text();
	return await (await browser.post("/device", { ...hiddenFields(page), user_code: userCode })).text();
}

async function decide(person: TestPerson, userCode: string, decision: "allow" | "deny"): Promise<string> {
	const page = await typeCode(person, userCode);
	return await (await person.browser.post("/device", { ...hiddenFields(page), decision })).text();
}

describe("ID-4: a device without a browser of its own", () => {
	test("ID-4: gets a code of eight consonants, and an address that fills it in", async () => {
		const codes = await startDevice();
		expect(codes.user_code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
		expect(codes).toMatchObject({
			verification_uri: `${backend.url}/device`,
			verification_uri_complete: `${backend.url}/device?user_code=${codes.user_code}`,
			expires_in: 600,
			interval: 5,
		});
	});

	test("ID-4: the whole way: sign in on the page, compare, allow; the polling key gets the session, once", async () => {
		const codes = await startDevice();
		const key = await makeDeviceKey();
		expect(await oauthError(await poll(codes, key))).toBe("authorization_pending");
		const person = await makePerson(backend.url);
		const { pathname, search } = new URL(codes.verification_uri_complete);
		const toSignIn = await person.browser.get(pathname + search);
		expect(toSignIn.status).toBe(303);
		const form = await (await person.browser.get(toSignIn.headers.get("location") ?? "")).text();
		const { email, password } = person;
		const back = await person.browser.post("/oauth/sign-up", {
			...hiddenFields(form),
			email,
			password,
		});
		expect(back.headers.get("location")).toBe(pathname + search);
		const filledIn = await (await person.browser.get(pathname + search)).text();
		expect(filledIn).toContain(`value="${codes.user_code}"`);
		expect(filledIn).not.toContain("Allow");
		const page = await typeCode(person, codes.user_code);
		for (const said of ["ada-laptop", "the Sheaf command line", codes.user_code, email, "deny it"]) {
			expect(page).toContain(said);
		}
		const done = await person.browser.post("/device", { ...hiddenFields(page), decision: "allow" });
		expect(await done.text()).toContain("The device is signed in");
		passTime(5);
		const tokens = await json<Tokens>(await poll(codes, key));
		expect(decodeJwt(tokens.access_token)).toMatchObject({ client_id: "sheaf-cli" });
		const list = await ask(`${backend.url}/api/v1/users/me/sessions`, tokens.access_token);
		expect((await json<DeviceSessionList>(list)).sessions).toMatchObject([
			{ deviceName: "ada-laptop", clientId: "sheaf-cli", provider: "password", current: true },
		]);
		expect(await oauthError(await poll(codes, key))).toBe("invalid_grant");
		const refresh = { grant_type: "refresh_token", refresh_token: tokens.refresh_token ?? "" };
		expect((await poll(codes, key, refresh)).status).toBe(200);
		expect(await oauthError(await poll(codes, await makeDeviceKey(), refresh))).toBe("invalid_grant");
	});

	test("ID-4: of ten polls at once one gets the session", async () => {
		const codes = await startDevice();
		await decide(await signedIn(), codes.user_code, "allow");
		const key = await makeDeviceKey();
		const answers = await Promise.all(Array.from({ length: 10 }, () => poll(codes, key)));
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
	});

	test("ID-4: the extension may do it too, under its own name", async () => {
		const codes = await startDevice({ client_id: "sheaf-extension" });
		const person = await signedIn();
		expect(await typeCode(person, codes.user_code)).toContain("the Sheaf extension");
		await decide(person, codes.user_code, "allow");
		const key = await makeDeviceKey();
		expect(await oauthError(await poll(codes, key))).toBe("invalid_grant");
		expect((await poll(codes, key, { client_id: "sheaf-extension" })).status).toBe(200);
	});
});

describe("ID-4: what a polling device hears", () => {
	test("ID-4: too soon → slow_down, and from then on five seconds more", async () => {
		const codes = await startDevice();
		const key = await makeDeviceKey();
		const next = async (seconds: number) => {
			passTime(seconds);
			return await oauthError(await poll(codes, key));
		};
		expect(await next(0)).toBe("authorization_pending");
		expect(await next(2)).toBe("slow_down");
		expect(await next(6)).toBe("slow_down");
		expect(await next(16)).toBe("authorization_pending");
	});

	test("ID-4: denied → access_denied", async () => {
		const codes = await startDevice();
		expect(await decide(await signedIn(), codes.user_code, "deny")).toContain("The device was denied");
		expect(await oauthError(await poll(codes, await makeDeviceKey()))).toBe("access_denied");
	});

	test("ID-4: after ten minutes → expired_token, and the page knows the code no more", async () => {
		const codes = await startDevice();
		const allowed = await startDevice();
		const person = await signedIn();
		await decide(person, allowed.user_code, "allow");
		passTime(601);
		expect(await typeCode(person, codes.user_code)).toContain("No device waits under this code");
		for (const late of [codes, allowed]) {
			expect(await oauthError(await poll(late, await makeDeviceKey()))).toBe("expired_token");
		}
	});

	test("ID-4: no device code or a wrong one → invalid_request, invalid_grant; no proof → invalid_dpop_proof", async () => {
		const codes = await startDevice();
		const key = await makeDeviceKey();
		expect(await oauthError(await poll(codes, key, { device_code: "" }))).toBe("invalid_request");
		expect(await oauthError(await poll(codes, key, { device_code: "x".repeat(43) }))).toBe("invalid_grant");
		expect(await oauthError(await poll(codes, key, { device_code: codes.user_code }))).toBe("invalid_grant");
		const grant = { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: codes.device_code };
		const body = new URLSearchParams({ client_id: "sheaf-cli", ...grant });
		expect(await oauthError(await fetch(`${backend.url}/oauth/token`, { method: "POST", body }))).toBe(
			"invalid_dpop_proof",
		);
	});

	test("ID-4: a device's name or id that cannot be shown or kept → invalid_request", async () => {
		for (const fields of [{ device_name: "x".repeat(121) }, { device_name: "a\u202eb" }, { device_id: "laptop" }]) {
			expect(await startDevice(fields)).toMatchObject({ error: "invalid_request" });
		}
	});
});

describe("SEC-1: the page that lets a device in", () => {
	test("SEC-1: opening the device's link allows nothing, and does not tell whether the code is a good one", async () => {
		const { user_code: userCode } = await startDevice();
		const person = await signedIn();
		const good = await (await person.browser.get(`/device?user_code=${userCode}`)).text();
		const wrong = await (await person.browser.get("/device?user_code=BBBB-BBBB")).text();
		expect(good.replaceAll(userCode, "")).toBe(wrong.replaceAll("BBBB-BBBB", ""));
	});

	test("SEC-1: a decision needs a form of ours and somebody who is signed in", async () => {
		const codes = await startDevice();
		const person = await signedIn();
		const fields = { ...hiddenFields(await typeCode(person, codes.user_code)), decision: "allow" };
		const foreign = await person.browser.post("/device", fields, { origin: "https://attacker.example" });
		expect(await foreign.text()).not.toContain("The device is signed in");
		const without = await person.browser.post("/device", { ...fields, form_token: "" });
		expect(await without.text()).not.toContain("The device is signed in");
		const stranger = new TestBrowser(backend.url);
		const own = hiddenFields(await (await stranger.get("/oauth/sign-in?continue=%2Fdevice&screen=sign-in")).text());
		const answer = await stranger.post("/device", { ...fields, form_token: own["form_token"] ?? "" });
		expect(answer.headers.get("location")).toContain("/oauth/sign-in?continue=%2Fdevice");
		expect(await oauthError(await poll(codes, await makeDeviceKey()))).toBe("authorization_pending");
	});

	test("SEC-1: what was decided stays decided", async () => {
		const codes = await startDevice();
		await decide(await signedIn(), codes.user_code, "deny");
		const late = await signedIn();
		const page = await typeCode(late, codes.user_code);
		expect(page).toContain("No device waits under this code");
		const fields = { ...hiddenFields(page), user_code: codes.user_code, decision: "allow" };
		expect(await (await late.browser.post("/device", fields)).text()).toContain("No device waits under this code");
		expect(await oauthError(await poll(codes, await makeDeviceKey()))).toBe("access_denied");
	});

	test("SEC-1: case, spaces and dashes do not matter; anything else is no code", async () => {
		const { user_code: userCode } = await startDevice();
		const person = await signedIn();
		const typed = ` ${userCode.toLowerCase().replace("-", " ")} `;
		expect(await typeCode(person, typed)).toContain("Allow this device?");
		for (const wrong of ["", "WDJB", "AEIO-UAEI", `${userCode}X`, "1234-5678"]) {
			expect(await typeCode(person, wrong)).toContain("A code has eight letters");
		}
	});

	test("SEC-1: a device's name is shown as text", async () => {
		const { user_code: userCode } = await startDevice({ device_name: "<script>alert(1)</script>" });
		const page = await typeCode(await signedIn(), userCode);
		expect(page).not.toContain("<script");
		expect(page).toContain("&lt;script&gt;");
	});

	test("SEC-1: after twenty codes in ten minutes a person waits, also with the right one", async () => {
		const codes = await startDevice();
		const person = await signedIn();
		for (let guess = 0; guess < 20; guess += 1) await typeCode(person, "BBBB-BBBB");
		expect(await typeCode(person, codes.user_code)).toContain("Too many tries");
		expect(await typeCode(await signedIn(), codes.user_code)).toContain("Allow this device?");
	});
});

test("SEC-1: no code is at rest in the form it travels in", async () => {
	const codes = await startDevice();
	const rows = await backend.testDatabase.database.asIdentity(
		(sql) => sql`select jsonb_agg(g)::text as everything from sheaf.device_grants g`,
	);
	const everything = String(rows[0]?.everything);
	expect(everything).toContain("ada-laptop");
	for (const secret of [codes.device_code, codes.user_code]) expect(everything).not.toContain(secret);
});
