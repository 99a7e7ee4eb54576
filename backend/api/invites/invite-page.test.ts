import { afterAll, beforeAll, expect, test } from "bun:test";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { makeInvite, makeTeam, type TestTeam } from "../testing/test-member.ts";
import { hiddenFields, makePerson, TestBrowser } from "../testing/test-person.ts";

let backend: TestBackend;
let team: TestTeam;
beforeAll(async () => {
	backend = await startTestBackend();
	team = await makeTeam(backend.url, "Grace & <b>Ada</b>");
});
afterAll(async () => {
	await backend.close();
});

/** The sign-in page that leads to this path. */
const signInPath = (path: string, screen?: string) =>
	`/oauth/sign-in?${new URLSearchParams({ continue: path, ...(screen === undefined ? {} : { screen }) }).toString()}`;
const invite = (role: "admin" | "member" | "viewer" = "member") => makeInvite(team.owner, team.id, role);

test("ID-7: the link's page says which workspace, as what and by whom, runs no script, and asks to sign in first", async () => {
	const token = await invite("viewer");
	const answer = await new TestBrowser(backend.url).get(`/invite/${token}`);
	const page = await answer.text();
	expect(answer.status).toBe(200);
	expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
	expect(page).toContain("Join Grace &amp; &lt;b&gt;Ada&lt;/b&gt;");
	expect(page).toContain(team.owner.person.email);
	expect(page).toContain("a viewer");
	expect(page).not.toContain("<form");
	expect(page).toContain(`/oauth/sign-in?continue=%2Finvite%2F${token}&amp;screen=sign-in`);
});

test("ID-7: a new person signs up from the link, comes back to it, joins by a button, and is told what to press", async () => {
	const { browser, email, password } = await makePerson(backend.url);
	const path = `/invite/${await invite("admin")}`;
	const form = await (await browser.get(signInPath(path, "sign-up"))).text();
	const signedUp = await browser.post("/oauth/sign-up", { ...hiddenFields(form), email, password });
	expect(signedUp.headers.get("location")).toBe(path);
	const page = await (await browser.get(path)).text();
	expect(page).toContain(`Join as ${email}`);
	const joined = await browser.post("/invite/join", hiddenFields(page));
	expect(joined.status).toBe(200);
	expect(await joined.text()).toContain("open Options, and switch to");
	const again = await browser.post("/invite/join", hiddenFields(page));
	expect(again.status).toBe(200);
	const { body } = await team.owner.send("GET", `/workspaces/${team.id}/members`);
	expect(JSON.stringify(body)).toContain(email);
});

test("ID-7: opening the link joins nobody, and a form of another page neither", async () => {
	const path = `/invite/${await invite()}`;
	const { browser } = team.outsider.person;
	const page = await (await browser.get(path)).text();
	const forged = await browser.post("/invite/join", { ...hiddenFields(page), form_token: "A".repeat(43) });
	const foreign = await browser.post("/invite/join", hiddenFields(page), { origin: "https://evil.example" });
	for (const answer of [forged, foreign]) expect(await answer.text()).not.toContain("You are in");
	expect((await team.outsider.send("GET", `/workspaces/${team.id}`)).status).toBe(404);
});

test("ID-7: who is not signed in any more is sent to sign in, and comes back", async () => {
	const path = `/invite/${await invite()}`;
	const { browser } = await makePerson(backend.url);
	// Any page of ours gives the form its token.
	const form = hiddenFields(await (await browser.get("/oauth/sign-in?screen=sign-in")).text());
	const answer = await browser.post("/invite/join", { ...form, continue: path });
	expect(answer.status).toBe(303);
	expect(answer.headers.get("location")).toBe(signInPath(path, "sign-in"));
});

test("ID-7: another account can be used instead", async () => {
	const path = `/invite/${await invite()}`;
	const { browser } = team.viewer.person;
	const answer = await browser.post("/oauth/sign-out", hiddenFields(await (await browser.get(path)).text()));
	expect(answer.headers.get("location")).toContain("/oauth/sign-in?continue=%2Finvite%2F");
	expect(await (await browser.get(path)).text()).toContain("Sign in to join");
});

test("ID-7: who is in already is told so", async () => {
	const { browser } = team.member.person;
	const page = await (await browser.get(`/invite/${await invite()}`)).text();
	expect(await (await browser.post("/invite/join", hiddenFields(page))).text()).toContain("You are in already");
});

test("SEC-1: the sign-in page leads to no page that is not ours", async () => {
	for (const path of [
		"https://evil.example/",
		"//evil.example",
		"/invite/../admin",
		"/invite/short",
		"/api/v1/users/me",
	]) {
		const answer = await new TestBrowser(backend.url).get(signInPath(path));
		expect({ path, leads: (await answer.text()).includes("<form") }).toEqual({ path, leads: false });
	}
});
