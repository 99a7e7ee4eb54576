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

const authorize = async (changes: Record<string, string | null>) =>
	await new TestBrowser(backend.url).get(authorizePath(makePkce(), changes));

describe("ID-1: nothing is sent to a redirect that is not on the list", () => {
	const foreign: Record<string, Record<string, string | null>> = {
		"another client": { client_id: "somebody-else" },
		"no client": { client_id: null },
		"no redirect": { redirect_uri: null },
		"a foreign redirect": { redirect_uri: "https://attacker.example/" },
		"a longer path": { redirect_uri: `${redirectUri}more` },
		"a query behind it": { redirect_uri: `${redirectUri}?x=1` },
		"a fragment behind it": { redirect_uri: `${redirectUri}#x` },
		"another extension": { redirect_uri: `https://${"a".repeat(32)}.chromiumapp.org/` },
		"the host as a prefix": { redirect_uri: redirectUri.replace(".org/", ".org.attacker.example/") },
		"a user name before the host": { redirect_uri: redirectUri.replace("https://", "https://attacker.example@") },
		"upper case": { redirect_uri: redirectUri.toUpperCase() },
		"plain http": { redirect_uri: redirectUri.replace("https:", "http:") },
	};
	for (const [name, changes] of Object.entries(foreign)) {
		test(`ID-1: ${name}`, async () => {
			const answer = await authorize(changes);
			expect(answer.status).toBe(400);
			expect(answer.headers.get("location")).toBeNull();
			expect(await answer.text()).toContain("This sign-in cannot go on");
		});
	}

	test("ID-1: two redirects, one of them good", async () => {
		const path = `${authorizePath(makePkce())}&redirect_uri=https%3A%2F%2Fattacker.example%2F`;
		expect((await new TestBrowser(backend.url).get(path)).status).toBe(400);
	});
});

describe("ID-1: a request that is wrong in another way is answered at the redirect, with iss", () => {
	const wrong: Record<string, [Record<string, string | null>, string]> = {
		"no state": [{ state: null }, "invalid_request"],
		"an empty state": [{ state: "" }, "invalid_request"],
		"a line break in the state": [{ state: "a\r\nb" }, "invalid_request"],
		"PKCE plain": [{ code_challenge_method: "plain" }, "invalid_request"],
		"no PKCE method, which means plain": [{ code_challenge_method: null }, "invalid_request"],
		"no PKCE at all": [{ code_challenge: null, code_challenge_method: null }, "invalid_request"],
		"a challenge that is no SHA-256": [{ code_challenge: "short" }, "invalid_request"],
		"the implicit flow": [{ response_type: "token" }, "unsupported_response_type"],
		"no response type": [{ response_type: null }, "invalid_request"],
		"the answer in a fragment": [{ response_mode: "fragment" }, "invalid_request"],
		"a request object": [{ request: "e30.e30." }, "request_not_supported"],
		"a request address": [{ request_uri: "https://attacker.example/r" }, "request_uri_not_supported"],
		"no page wanted and nobody signed in": [{ prompt: "none" }, "login_required"],
	};
	for (const [name, [changes, error]] of Object.entries(wrong)) {
		test(`ID-1: ${name} → ${error}`, async () => {
			const answer = await authorize(changes);
			expect(answer.status).toBe(303);
			const location = new URL(answer.headers.get("location") ?? "");
			expect(location.origin + location.pathname).toBe(redirectUri);
			expect(location.searchParams.get("error")).toBe(error);
			expect(location.searchParams.get("iss")).toBe(backend.url);
			expect(location.searchParams.get("code")).toBeNull();
		});
	}
});

describe("SEC-1: the forms of the sign-in page", () => {
	const openForm = async () => {
		const person = await makePerson(backend.url);
		const page = await (await person.browser.get(`${authorizePath(makePkce())}&screen=sign-up`)).text();
		const fields: Record<string, string> = { ...hiddenFields(page), email: person.email, password: person.password };
		return { person, fields };
	};

	test("SEC-1: a form without the token is refused", async () => {
		const { person, fields } = await openForm();
		const answer = await person.browser.post("/oauth/sign-up", { ...fields, form_token: "" });
		expect(answer.status).toBe(403);
	});

	test("SEC-1: a form with somebody else's token is refused", async () => {
		const { person, fields } = await openForm();
		const other = await openForm();
		const answer = await person.browser.post("/oauth/sign-up", {
			...fields,
			form_token: other.fields.form_token ?? "",
		});
		expect(answer.status).toBe(403);
	});

	test("SEC-1: a form from another origin is refused", async () => {
		const { person, fields } = await openForm();
		const answer = await person.browser.post("/oauth/sign-up", fields, { origin: "https://attacker.example" });
		expect(answer.status).toBe(403);
	});

	test("SEC-1: a destination that was changed in the browser is checked again", async () => {
		const { person, fields } = await openForm();
		const foreign = authorizePath(makePkce(), { redirect_uri: "https://attacker.example/" });
		for (const destination of [foreign, "https://attacker.example/", "//attacker.example/", "/admin/queues/../x", ""]) {
			const answer = await person.browser.post("/oauth/sign-up", { ...fields, continue: destination });
			expect(answer.status).toBe(400);
			expect(answer.headers.get("location")).toBeNull();
		}
	});

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

	test("ID-1: without a page (prompt=none) gets interaction_required", async () => {
		const person = await makePerson(backend.url);
		await person.tokens();
		const answer = await person.browser.get(authorizePath(makePkce(), { prompt: "none" }));
		expect(new URL(answer.headers.get("location") ?? "").searchParams.get("error")).toBe("interaction_required");
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
