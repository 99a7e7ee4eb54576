import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { AccountView } from "../../../contract/users.ts";
import type { LinkStarted } from "../../../contract/ways-in.ts";
import { testWays } from "../../../identity/upstream/test-ways.ts";
import { refreshOf, startWithWay, TestWindow, type WayBackend } from "../../../identity/upstream/test-window.ts";
import { makeMember, type TestMember } from "../../testing/test-member.ts";
import { hiddenFields, makePerson, redirectUri, TestBrowser } from "../../testing/test-person.ts";

const state = "a state of the extension's";
const google = testWays.find(({ id }) => id === "google");

let opened: WayBackend;
beforeAll(async () => {
	if (!google) throw new Error("There is no Google.");
	opened = await startWithWay(google);
}, 60_000);
afterAll(() => opened.close());

const start = async (member: TestMember, changes: Record<string, string> = {}) =>
	await member.send("POST", "/users/me/accounts/link", { provider: "google", redirectUri, state, ...changes });

/** The path of the window that a client opens. */
async function windowPath(member: TestMember): Promise<string> {
	const { pathname, search } = new URL(((await start(member)).body as LinkStarted).url);
	return pathname + search;
}

/** Presses the button of the page that asks. @returns where the upstream is */
async function goOn(browser: TestBrowser, path: string): Promise<URL> {
	const page = await (await browser.get(path)).text();
	const address = refreshOf(await browser.post("/oauth/link", hiddenFields(page)));
	if (address === null) throw new Error(page);
	return new URL(address);
}

/** The whole way. @returns the last answer of the window */
async function link(member: TestMember, account: string | null): Promise<Response> {
	const { browser } = member.person;
	const back = opened.way.consent.decide((await goOn(browser, await windowPath(member))).href, account);
	return await browser.get(back.pathname + back.search);
}

/** What the window ends with at the client's redirect. */
function ending(address: string | null | undefined): Record<string, string> {
	expect(address).toStartWith(redirectUri);
	return Object.fromEntries(new URL(address ?? "").searchParams);
}

const put = (subject: string) => opened.way.put({ subject, address: subject, vouched: true }).key;
const accountsOf = async (member: TestMember) =>
	((await member.send("GET", "/users/me/accounts")).body as { accounts: AccountView[] }).accounts;
const buttonOf = (page: string) => /class="button" href="([^"]*)"/.exec(page)?.[1]?.replaceAll("&amp;", "&");

describe("ID-2: linking another way in", () => {
	test("ID-2: from the API by the window to the client's redirect; then both ways lead to one person", async () => {
		const member = await makeMember(opened.backend.url);
		const answer = await link(member, put("linked"));
		expect(ending(refreshOf(answer))).toEqual({ linked: "google", state, iss: opened.backend.url });
		expect(await accountsOf(member)).toMatchObject([
			{ provider: "password" },
			{ provider: "google", subject: "linked" },
		]);
		const window = await TestWindow.open(opened);
		const back = opened.way.consent.decide(await window.leave(), "linked");
		expect((await window.redeem(await window.comeBack(back))).userId).toBe(member.userId);
	});

	test("ID-2: linking what is linked already changes nothing, and is no error", async () => {
		const member = await makeMember(opened.backend.url);
		for (const _ of [1, 2])
			expect(ending(refreshOf(await link(member, put("twice"))))).toMatchObject({ linked: "google" });
		expect(await accountsOf(member)).toHaveLength(2);
	});

	test("ID-2: whoever cancels, there or on the page, comes back quietly", async () => {
		const member = await makeMember(opened.backend.url);
		const quiet = { error: "access_denied", state, iss: opened.backend.url };
		expect(ending(refreshOf(await link(member, null)))).toEqual(quiet);
		const page = await (await member.person.browser.get(await windowPath(member))).text();
		const [, cancel] = /class="button quiet" href="([^"]*)"/.exec(page) ?? [];
		expect(ending(cancel?.replaceAll("&amp;", "&"))).toEqual(quiet);
	});

	test("ID-2: an account of another person stays theirs; it is told in the window and then to the client", async () => {
		const [owner, other] = [await makeMember(opened.backend.url), await makeMember(opened.backend.url)];
		await link(owner, put("taken"));
		const answer = await link(other, "taken");
		expect(answer.status).toBe(200);
		expect(refreshOf(answer)).toBeNull();
		const page = await answer.text();
		expect(page).toContain("belongs to another Sheaf account");
		expect(ending(buttonOf(page))).toMatchObject({ error: "auth/account-in-use", state });
		expect(await accountsOf(other)).toHaveLength(1);
	});

	test("ID-2: an upstream that does not answer is told in the window and then to the client", async () => {
		const member = await makeMember(opened.backend.url);
		opened.way.server.faults.set(opened.way.tokenPath, { status: 503 });
		const page = await (await link(member, put("unlucky"))).text();
		opened.way.server.faults.clear();
		expect(page).toContain("does not answer");
		expect(ending(buttonOf(page))).toMatchObject({ error: "auth/upstream-unavailable" });
	});
});

describe("ID-2: only by the signed-in person", () => {
	test("ID-2: the API wants a token, a way that is offered and a redirect of the asking client", async () => {
		const member = await makeMember(opened.backend.url);
		const url = `${opened.backend.url}/api/v1/users/me/accounts/link`;
		expect((await fetch(url, { method: "POST" })).status).toBe(401);
		expect(await start(member, { provider: "github" })).toMatchObject({ status: 404, code: "auth/provider-unknown" });
		for (const address of ["https://attacker.example/", `${redirectUri}x`]) {
			expect(await start(member, { redirectUri: address })).toMatchObject({ status: 400, code: "request/invalid" });
		}
	});

	test("ID-2: the window's address alone opens nobody's account: who it belongs to has to sign in", async () => {
		const member = await makeMember(opened.backend.url);
		const path = await windowPath(member);
		const stranger = await new TestBrowser(opened.backend.url).get(path);
		expect(stranger.status).toBe(303);
		expect(stranger.headers.get("location")).toStartWith(`/oauth/sign-in?continue=${encodeURIComponent(path)}`);
		const fresh = new TestBrowser(opened.backend.url);
		const form = await (await fresh.get((await fresh.get(path)).headers.get("location") ?? "")).text();
		const { email, password } = member.person;
		const back = await fresh.post("/oauth/sign-in", { ...hiddenFields(form), email, password });
		expect(back.headers.get("location")).toBe(path);
		expect(await (await fresh.get(path)).text()).toContain(`Add Google to ${email}?`);
		const other = await makeMember(opened.backend.url);
		const page = await (await other.person.browser.get(path)).text();
		expect(page).toContain("Two accounts are signed in here");
		expect(page).toContain(member.person.email);
		const attack = await other.person.browser.post("/oauth/link", hiddenFields(page));
		expect(attack.status).toBe(303);
		expect(attack.headers.get("location")).toBe(path);
	});

	test("ID-2: the page names the account, is for one use, and ends with the session or after ten minutes", async () => {
		const member = await makeMember(opened.backend.url);
		const { browser, email } = member.person;
		const path = await windowPath(member);
		const page = await (await browser.get(path)).text();
		expect(page).toContain(`Add Google to ${email}?`);
		expect(refreshOf(await browser.post("/oauth/link", hiddenFields(page)))).not.toBeNull();
		expect(await (await browser.post("/oauth/link", hiddenFields(page))).text()).toContain("cannot be used any more");
		const late = await windowPath(member);
		opened.backend.passTime(601);
		expect(await (await browser.get(late)).text()).toContain("cannot be used any more");
		opened.backend.passTime(-601);
		const ended = await windowPath(member);
		await member.send("DELETE", "/users/me/sessions");
		expect(await (await browser.get(ended)).text()).toContain("cannot be used any more");
	});

	test("SEC-1: the form is ours alone", async () => {
		const member = await makeMember(opened.backend.url);
		const path = await windowPath(member);
		const foreign = await member.person.browser.post("/oauth/link", { continue: path, form_token: "x" });
		expect(refreshOf(foreign)).toBeNull();
		const stranger = await makePerson(opened.backend.url);
		expect(refreshOf(await stranger.browser.post("/oauth/link", { continue: path }))).toBeNull();
	});
});

describe("ID-2: removing a way in", () => {
	const remove = async (member: TestMember, id: string) => await member.send("DELETE", `/users/me/accounts/${id}`);

	test("ID-2: a removed one leads nowhere any more, and its access is taken back", async () => {
		const member = await makeMember(opened.backend.url);
		await link(member, put("removed"));
		const [, account] = await accountsOf(member);
		const before = opened.way.revoked().length;
		expect(await remove(member, account?.id ?? "")).toMatchObject({ status: 204 });
		expect(opened.way.revoked()).toHaveLength(before + 1);
		expect(await accountsOf(member)).toHaveLength(1);
		const window = await TestWindow.open(opened);
		const back = opened.way.consent.decide(await window.leave(), put("removed"));
		expect((await window.redeem(await window.comeBack(back))).userId).not.toBe(member.userId);
	});

	test("ID-2: the last one stays, also when two are removed at once", async () => {
		const member = await makeMember(opened.backend.url);
		const [password] = await accountsOf(member);
		const last = { status: 409, code: "auth/last-way-in" };
		expect(await remove(member, password?.id ?? "")).toMatchObject(last);
		await link(member, put("pair"));
		const answers = await Promise.all((await accountsOf(member)).map(({ id }) => remove(member, id)));
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204, 409]));
		expect(await accountsOf(member)).toHaveLength(1);
	});

	test("ID-2: an upstream in trouble keeps no account linked", async () => {
		const member = await makeMember(opened.backend.url);
		await link(member, put("stuck"));
		const [, account] = await accountsOf(member);
		opened.way.server.faults.set("/revoke", { status: 500 });
		expect(await remove(member, account?.id ?? "")).toMatchObject({ status: 204 });
		opened.way.server.faults.clear();
		expect(await accountsOf(member)).toHaveLength(1);
	});

	test("TEN-3: somebody else's and one that never was are refused in the same words", async () => {
		const [ada, grace] = [await makeMember(opened.backend.url), await makeMember(opened.backend.url)];
		const [theirs] = await accountsOf(grace);
		const foreign = await remove(ada, theirs?.id ?? "");
		expect(foreign).toMatchObject({ status: 404, code: "auth/account-not-found" });
		expect(await remove(ada, crypto.randomUUID())).toEqual(foreign);
		expect(await accountsOf(grace)).toHaveLength(1);
	});
});
