import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { TestProvider } from "../../connections/oauth/test-provider.ts";
import { createGuardedHttp } from "../../connectors/http.ts";
import type { ConnectionView } from "../../contract/connections.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { makeMember, type TestMember } from "../testing/test-member.ts";
import { hiddenFields, redirectUri, TestBrowser } from "../testing/test-person.ts";

let provider: TestProvider;
let backend: TestBackend;
let ada: TestMember;

beforeAll(async () => {
	provider = new TestProvider();
	await provider.server.listen();
	const connectors = new Map([["scripted", provider.connector()]]);
	const http = createGuardedHttp({ allowedOrigins: [provider.server.url] });
	backend = await startTestBackend({ deps: { connectors, http } });
});
afterAll(async () => {
	await backend.close();
	await provider.server.close();
});
beforeEach(async () => {
	provider.server.faults.clear();
	ada = await makeMember(backend.url);
});

const begin = (more: object = {}, who = ada) =>
	who.send("POST", "/connections/authorize", { provider: "scripted", redirectUri, ...more });
const finish = (flow: string, who = ada) => who.send("POST", "/connections/authorize/finish", { flow });

/** The window up to the provider's consent page. */
async function leave(browser: TestBrowser, more: object = {}): Promise<string> {
	const { body } = await begin(more);
	const { pathname, search } = new URL((body as { url: string }).url);
	const page = await (await browser.get(pathname + search)).text();
	const left = await browser.post("/connections/start", hiddenFields(page));
	return (left.headers.get("refresh") ?? "").replace("0; url=", "");
}

async function comeBack(browser: TestBrowser, back: URL): Promise<URL | null> {
	const answer = await browser.get(back.pathname + back.search);
	expect(answer.status).toBe(200);
	const refresh = answer.headers.get("refresh");
	return refresh === null ? null : new URL(refresh.replace("0; url=", ""));
}

/** The whole window. @returns what it ends with */
async function walk(account: string | null, more: object = {}, browser = ada.person.browser): Promise<URLSearchParams> {
	const end = await comeBack(browser, provider.decide(await leave(browser, more), account));
	expect(end?.href).toStartWith(redirectUri);
	return end?.searchParams ?? new URLSearchParams();
}

async function connect(account: string, more: object = {}): Promise<ConnectionView> {
	const { status, body } = await finish((await walk(account, more)).get("flow") ?? "");
	expect({ status, body }).toMatchObject({ status: 200 });
	return body as ConnectionView;
}

describe("connecting in the provider's window", () => {
	test("ACC-1: the account that consents is connected, and its connection says how, by whom and as what", async () => {
		const connection = await connect("grace", { name: "Grace's" });
		expect(connection).toMatchObject({
			name: "Grace's",
			account: "grace@there.test",
			way: "oauth",
			status: "healthy",
			connectedBy: { userId: ada.userId },
			expiresAt: null,
		});
	});

	test("ACC-1: several accounts of one provider stand beside each other", async () => {
		await connect("one");
		await connect("two");
		const { body } = await ada.send("GET", "/connections");
		const accounts = (body as { connections: ConnectionView[] }).connections.map(({ account }) => account);
		expect(accounts).toEqual(["one@there.test", "two@there.test"]);
	});

	test("ACC-1: the provider is asked with PKCE S256, a state and the exact redirect, and never with the secret", async () => {
		const address = new URL(await leave(ada.person.browser));
		expect(Object.fromEntries(address.searchParams)).toMatchObject({
			response_type: "code",
			client_id: provider.client.clientId,
			code_challenge_method: "S256",
			redirect_uri: `${backend.url}/connections/callback`,
			scope: "write",
		});
		expect(address.searchParams.get("state")).toMatch(/^[A-Za-z0-9._-]{16,}$/);
		expect(decodeURIComponent(address.href)).not.toContain(provider.client.clientSecret);
	});

	test("ACC-1: the first page says to which account and workspace, and changes nothing", async () => {
		const { body } = await begin();
		const { pathname, search } = new URL((body as { url: string }).url);
		const stranger = new TestBrowser(backend.url);
		const page = await (await stranger.get(pathname + search)).text();
		expect(page).toContain(ada.person.email);
		expect(page).toContain("Continue to Scripted");
	});

	test("ACC-1: whoever says no there is back quietly, and nothing is connected", async () => {
		expect((await walk(null)).get("error")).toBe("access_denied");
		const { body } = await ada.send("GET", "/connections");
		expect(body).toEqual({ connections: [] });
	});
});

describe("attacks on the window", () => {
	test("ACC-1: a ticket is good for one window", async () => {
		const { body } = await begin();
		const { pathname, search } = new URL((body as { url: string }).url);
		const { browser } = ada.person;
		const form = hiddenFields(await (await browser.get(pathname + search)).text());
		expect((await browser.post("/connections/start", form)).headers.get("refresh")).not.toBeNull();
		const again = await browser.post("/connections/start", form);
		expect(again.status).toBe(200);
		expect(again.headers.get("refresh")).toBeNull();
		expect(await (await browser.get(pathname + search)).text()).toContain("cannot be used any more");
	});

	test("ACC-1: a form without the browser's own token goes nowhere", async () => {
		const { body } = await begin();
		const { pathname, search } = new URL((body as { url: string }).url);
		const form = hiddenFields(await (await ada.person.browser.get(pathname + search)).text());
		const forged = await new TestBrowser(backend.url).post("/connections/start", form);
		expect(forged.headers.get("refresh")).toBeNull();
	});

	test("ACC-1: an answer brought by another browser, or twice, or with another state, is nobody's", async () => {
		const { browser } = ada.person;
		const back = provider.decide(await leave(browser), "grace");
		expect(await comeBack(new TestBrowser(backend.url), back)).toBeNull();
		const forged = new URL(back);
		forged.searchParams.set("state", "x".repeat(43));
		expect(await comeBack(browser, forged)).toBeNull();
		expect(await comeBack(browser, back)).not.toBeNull();
		expect(await comeBack(browser, back)).toBeNull();
	});

	test("ACC-1: an answer of another issuer is not taken", async () => {
		const { browser } = ada.person;
		const back = provider.decide(await leave(browser), "grace");
		back.searchParams.set("iss", "https://attacker.example");
		expect(await comeBack(browser, back)).toBeNull();
	});

	test("ACC-1: what came back is worth nothing to another session, twice, or after ten minutes", async () => {
		const mallory = await makeMember(backend.url);
		const flow = (await walk("grace")).get("flow") ?? "";
		expect(await finish(flow, mallory)).toMatchObject({ status: 410, code: "connections/flow-expired" });
		expect((await finish(flow)).status).toBe(200);
		expect(await finish(flow)).toMatchObject({ status: 410, code: "connections/flow-expired" });
		const late = (await walk("grace")).get("flow") ?? "";
		backend.passTime(601);
		expect((await finish(late)).code).not.toBeNull();
		backend.passTime(-601);
	});

	test("ACC-1: a redirect that is not the client's, and a provider without a window, are refused", async () => {
		expect(await begin({ redirectUri: "https://attacker.example/" })).toMatchObject({ code: "request/invalid" });
		expect(await begin({ provider: "nope" })).toMatchObject({ code: "connections/provider-unknown" });
	});
});

describe("reconnecting", () => {
	test("ACC-4: the same account comes back to the same connection", async () => {
		const { id } = await connect("grace");
		provider.endAccess("grace");
		expect(await connect("grace", { connectionId: id })).toMatchObject({ id, status: "healthy" });
	});

	test("ACC-4: another account is refused in words that name both, and changes nothing", async () => {
		const { id } = await connect("grace");
		const flow = (await walk("mary", { connectionId: id })).get("flow") ?? "";
		const { status, body } = await finish(flow);
		expect(status).toBe(409);
		expect(body).toMatchObject({ error: { code: "connections/other-account" } });
		expect(JSON.stringify(body)).toContain("grace@there.test");
		expect(JSON.stringify(body)).toContain("mary@there.test");
		expect((await ada.send("GET", `/connections/${id}`)).body).toMatchObject({ account: "grace@there.test" });
	});

	test("J7: disconnecting takes the access back at the provider", async () => {
		const { id } = await connect("grace");
		const before = provider.revoked.length;
		expect((await ada.send("DELETE", `/connections/${id}`)).status).toBe(204);
		expect(provider.revoked.length).toBe(before + 1);
	});
});
