import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { authorizePath, hiddenFields, makePerson, makePkce, redirectUri, TestBrowser } from "../testing/test-person.ts";

let backend: TestBackend;
beforeAll(async () => {
	backend = await startTestBackend();
});
afterAll(async () => {
	await backend.close();
});

// What is tried against these pages is in probes/.

const authorize = async (changes: Record<string, string | null>) =>
	await new TestBrowser(backend.url).get(authorizePath(makePkce(), changes));

describe("SEC-1: the forms of the sign-in page", () => {
	const openForm = async () => {
		const person = await makePerson(backend.url);
		const page = await (await person.browser.get(`${authorizePath(makePkce())}&screen=sign-up`)).text();
		const fields: Record<string, string> = { ...hiddenFields(page), email: person.email, password: person.password };
		return { person, fields };
	};

	test("SEC-1: what was typed comes back escaped", async () => {
		const { person, fields } = await openForm();
		const answer = await person.browser.post("/oauth/sign-up", { ...fields, email: '"><script>alert(1)</script>' });
		const page = await answer.text();
		// Not 400: Chrome would close the sign-in window instead of showing what is wrong.
		expect(answer.status).toBe(200);
		expect(answer.headers.get("location")).toBeNull();
		expect(page).not.toContain("<script");
		expect(page).toContain("&quot;&gt;&lt;script&gt;");
		expect(page).toContain('role="alert"');
	});

	test("SEC-1: the page runs no script, cannot be framed, and its forms lead here or to the client only", async () => {
		const answer = await authorize({});
		const policy = answer.headers.get("content-security-policy") ?? "";
		expect(policy).toContain("default-src 'none'");
		expect(policy).toContain("frame-ancestors 'none'");
		expect(policy).toContain(`form-action 'self' ${new URL(redirectUri).origin}`);
		expect(policy).not.toContain("unsafe");
		expect(answer.headers.get("x-frame-options")).toBe("DENY");
		expect(answer.headers.get("cache-control")).toBe("no-store");
	});

	test("SEC-1: cookies are HttpOnly and SameSite; Secure and __Host- wherever the address is https", async () => {
		const [cookie = ""] = (await authorize({})).headers.getSetCookie();
		expect(cookie).toMatch(/^sheaf_form=.*; Path=\/; .*HttpOnly; SameSite=Lax$/);
		const secure = await startTestBackend({ variables: { SHEAF_PUBLIC_URL: "https://sheaf.example" } });
		const answer = await new TestBrowser(secure.url).get(authorizePath(makePkce()));
		expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-sheaf_form=.*; Path=\/; .*SameSite=Lax; Secure$/);
		expect(answer.headers.get("strict-transport-security")).toContain("max-age=");
		await secure.close();
	});
});

describe("ID-1: somebody who is signed in on the page", () => {
	test("ID-1: is asked, and never passed on silently", async () => {
		const person = await makePerson(backend.url);
		await person.tokens();
		const answer = await person.browser.get(authorizePath(makePkce()));
		expect(answer.status).toBe(200);
		const page = await answer.text();
		expect(page).toContain(`Continue as ${person.email}`);
		expect(page).toContain("Use another account");
		const onward = await person.browser.post("/oauth/continue", hiddenFields(page));
		expect(new URL(onward.headers.get("location") ?? "").searchParams.get("code")).toHaveLength(43);
	});

	test("ID-1: who uses another account is signed out here and sees the form", async () => {
		const person = await makePerson(backend.url);
		await person.tokens();
		const cookie = person.browser.cookie("sheaf_session") ?? "";
		const page = await (await person.browser.get(authorizePath(makePkce()))).text();
		const answer = await person.browser.post("/oauth/sign-out", hiddenFields(page));
		expect(answer.status).toBe(303);
		const next = await (await person.browser.get(answer.headers.get("location") ?? "")).text();
		expect(next).toContain('name="password"');
		person.browser.setCookie("sheaf_session", cookie);
		const replayed = await person.browser.post("/oauth/continue", hiddenFields(page));
		expect(replayed.headers.get("location")).not.toContain("code=");
	});
});
