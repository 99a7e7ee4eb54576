import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createGuardedHttp } from "../../../connectors/http.ts";
import type { WayInList } from "../../../contract/ways-in.ts";
import { TestGithub } from "../../../identity/upstream/test-github.ts";
import { TestIssuer } from "../../../identity/upstream/test-issuer.ts";
import { refreshOf } from "../../../identity/upstream/test-window.ts";
import { startTestBackend, type TestBackend } from "../../testing/test-backend.ts";
import { makeInvite, makeMember, makeWorkspace } from "../../testing/test-member.ts";
import { authorizePath, hiddenFields, json, makePkce, redirectUri, TestBrowser } from "../../testing/test-person.ts";

const client = (secret: string) => ({ clientId: "sheaf", clientSecret: secret, redirectUri: "" });
const [atGoogle, atGithub] = [client("google's secret"), client("github's secret")];

let backend: TestBackend;
let google: TestIssuer;
let github: TestGithub;
beforeAll(async () => {
	[google, github] = await Promise.all([
		new TestIssuer({ client: atGoogle }).start(),
		new TestGithub(atGithub).start(),
	]);
	const variables = {
		SHEAF_GOOGLE_CLIENT_ID: atGoogle.clientId,
		SHEAF_GOOGLE_CLIENT_SECRET: atGoogle.clientSecret,
		GOOGLE_OAUTH_URL: google.address,
		SHEAF_GITHUB_CLIENT_ID: atGithub.clientId,
		SHEAF_GITHUB_CLIENT_SECRET: atGithub.clientSecret,
		GITHUB_URL: github.url,
		GITHUB_API_URL: github.url,
	};
	const http = createGuardedHttp({ allowedOrigins: [google.address, github.url] });
	backend = await startTestBackend({ variables, deps: { http } });
	for (const [id, at] of [["google", atGoogle] as const, ["github", atGithub] as const]) {
		at.redirectUri = `${backend.url}/oauth/callback/${id}`;
	}
	google.accounts.set("ada", { email: "ada@gmail.com", email_verified: true, name: "Ada" });
	const emails = [{ email: "ada@gmail.com", primary: true, verified: true }];
	github.users.set("ada", { id: 7, login: "ada", name: "Ada", emails });
}, 60_000);
afterAll(async () => {
	await backend.close();
	await Promise.all([google.server.close(), github.server.close()]);
});

const signInPage = () => `${authorizePath(makePkce())}&screen=sign-in`;

/** Presses a way's button on the page at `path`. */
async function press(browser: TestBrowser, id: string, path = signInPage()): Promise<Response> {
	return await browser.post(`/oauth/upstream/${id}`, hiddenFields(await (await browser.get(path)).text()));
}

async function throughGoogle(browser: TestBrowser, path?: string): Promise<Response> {
	const address = refreshOf(await press(browser, "google", path));
	const back = google.consent.decide(address ?? "", "ada");
	return await browser.get(back.pathname + back.search);
}

describe("ID-2: the ways in", () => {
	test("ID-2: everybody may ask for them, and the page has a button for each", async () => {
		const answer = await fetch(`${backend.url}/api/v1/auth/ways`);
		expect(await json<WayInList>(answer)).toEqual({
			ways: [
				{ id: "password", title: "E-mail and password" },
				{ id: "google", title: "Google" },
				{ id: "github", title: "GitHub" },
			],
		});
		for (const screen of ["sign-in", "sign-up"]) {
			const page = await (
				await new TestBrowser(backend.url).get(`${authorizePath(makePkce())}&screen=${screen}`)
			).text();
			expect([...page.matchAll(/formaction="([^"]*)"/g)].map(([, address]) => address)).toEqual([
				"/oauth/upstream/google",
				"/oauth/upstream/github",
			]);
		}
	});

	test("ID-2: where none is set there is no button, and no word about it", async () => {
		const plain = await startTestBackend();
		const page = await (await new TestBrowser(plain.url).get(signInPage())).text();
		expect(page).not.toContain("Continue with");
		expect(page).not.toContain("or by e-mail");
		expect(await json<WayInList>(await fetch(`${plain.url}/api/v1/auth/ways`))).toMatchObject({
			ways: [{ id: "password" }],
		});
		await plain.close();
	});

	test("SEC-1: the button's form is ours alone, and an unknown way leads nowhere", async () => {
		const browser = new TestBrowser(backend.url);
		const fields = hiddenFields(await (await browser.get(signInPage())).text());
		const foreign = await browser.post("/oauth/upstream/google", fields, { origin: "https://attacker.example" });
		expect(refreshOf(foreign)).toBeNull();
		expect(refreshOf(await browser.post("/oauth/upstream/google", { ...fields, form_token: "x" }))).toBeNull();
		const elsewhere = { ...fields, continue: "https://attacker.example/" };
		expect(refreshOf(await browser.post("/oauth/upstream/google", elsewhere))).toBeNull();
		expect(refreshOf(await browser.post("/oauth/upstream/clerk", fields))).toBeNull();
		expect((await fetch(`${backend.url}/oauth/upstream/google`)).status).toBe(404);
	});
});

describe("ID-2: wherever somebody was going, they get there", () => {
	test("ID-1: to the client with a code, its state and our name", async () => {
		const answer = await throughGoogle(new TestBrowser(backend.url));
		const address = new URL(refreshOf(answer) ?? "");
		expect(address.href).toStartWith(redirectUri);
		expect(Object.fromEntries(address.searchParams)).toEqual({
			code: expect.stringMatching(/^.{43}$/),
			state: "a state",
			iss: backend.url,
		});
	});

	test("ID-2: to the dashboard, a waiting device, an invitation", async () => {
		const owner = await makeMember(backend.url);
		const invite = await makeInvite(owner, (await makeWorkspace(owner)).id, "member");
		for (const path of ["/admin/queues", "/device?user_code=BCDF-GHJK", `/invite/${invite}`]) {
			const page = `/oauth/sign-in?continue=${encodeURIComponent(path)}&screen=sign-in`;
			const browser = new TestBrowser(backend.url);
			const answer = await throughGoogle(browser, path === "/admin/queues" ? "/oauth/sign-in" : page);
			expect(answer.status).toBe(303);
			expect(answer.headers.get("location")).toBe(path);
			expect(browser.cookie("sheaf_session")).toMatch(/^.{43}$/);
		}
	});

	test("ID-2: the browser is then known, and offers to go on", async () => {
		const browser = new TestBrowser(backend.url);
		await throughGoogle(browser);
		expect(await (await browser.get(authorizePath(makePkce()))).text()).toContain("Continue as ada@gmail.com");
	});
});

describe("ID-2: between two ways in", () => {
	test("ID-2: the same verified address at another is not merged; the page says which way they have", async () => {
		const browser = new TestBrowser(backend.url);
		await throughGoogle(new TestBrowser(backend.url));
		const address = refreshOf(await press(browser, "github"));
		const back = github.consent.decide(address ?? "", "ada");
		const page = await (await browser.get(back.pathname + back.search)).text();
		expect(page).toContain("<strong>Google</strong>");
		expect(page).toContain("then add GitHub");
		expect(browser.cookie("sheaf_session")).toBeUndefined();
	});

	test("ID-2: an answer of one that is sent to the other's address is refused, and the code goes to nobody (mix-up)", async () => {
		const browser = new TestBrowser(backend.url);
		const back = google.consent.decide(refreshOf(await press(browser, "google")) ?? "", "ada");
		const asked = github.server.calls.length;
		const answer = await browser.get(`/oauth/callback/github${back.search}`);
		expect(await answer.text()).toContain("This sign-in cannot go on");
		expect(github.server.calls).toHaveLength(asked);
		// It is over: the right address comes too late.
		expect(refreshOf(await browser.get(back.pathname + back.search))).toBeNull();
	});

	test("ID-2: one that does not answer is told, and the other ways are still there", async () => {
		const own = await startTestBackend({
			variables: { SHEAF_OIDC_CLIENT_ID: "x", SHEAF_OIDC_CLIENT_SECRET: "x", SHEAF_OIDC_ISSUER: "http://localhost:9" },
		});
		const answer = await press(new TestBrowser(own.url), "oidc");
		expect(answer.status).toBe(200);
		const page = await answer.text();
		expect(page).toContain("Your organisation does not answer");
		expect(page).toMatch(/href="\/oauth\/authorize\?[^"]*screen=sign-in"/);
		await own.close();
	});
});

test("SEC-1: the cookie of a flow is HttpOnly, ends with it, and is bound to our origin where there is TLS", async () => {
	const browser = new TestBrowser(backend.url);
	const answer = await press(browser, "google");
	const [cookie = ""] = answer.headers.getSetCookie();
	expect(cookie).toMatch(/^sheaf_flow_[A-Za-z0-9_-]{16}=.{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/);
	const back = google.consent.decide(refreshOf(answer) ?? "", "ada");
	const cleared = (await browser.get(back.pathname + back.search)).headers.getSetCookie();
	expect(cleared.some((one) => one.startsWith(cookie.slice(0, 27)) && one.includes("Max-Age=0"))).toBe(true);
});
