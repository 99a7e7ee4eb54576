import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import type { ConnectionView } from "../../backend/contract/connections.ts";
import type { TargetView } from "../../backend/contract/targets.ts";
import { SignInPage } from "../pages/sign-in.ts";
import type { SheafBrowser } from "./browser.ts";
import type { TestBase } from "./test-base.ts";
import { waitUntil } from "./wait-until.ts";

/** Somebody signed in through the extension, with an open extension page to act from. */
export type Person = {
	email: string;
	password: string;
	userId: string;
	/** The options page that was opened for them. */
	page: Page;
	/** A bearer token as the extension's own pages get one. */
	token(): Promise<string>;
	/** A request of the API in their name, past the extension and the proxy's faults. */
	api<Answer>(method: string, path: string, body?: unknown): Promise<ApiReply<Answer>>;
};

export type ApiReply<Answer> = { status: number; body: Answer };

export const testPassword = "a long enough password for tests";

/** A sign-up by the real window; asked for by message, which is what the buttons of the pages do. */
export function signUp(
	browser: SheafBrowser,
	apiUrl: () => string,
	email = `${randomUUID()}@sheaf.test`,
): Promise<Person> {
	return enter({ browser, apiUrl, email }, (window) => window.signUp(email, testPassword));
}

/** The same person on another device, or again on this one. */
export function signIn(browser: SheafBrowser, apiUrl: () => string, email: string): Promise<Person> {
	return enter({ browser, apiUrl, email }, (window) => window.signIn(email, testPassword));
}

/** Whoever comes in by what is pressed in the window. */
export function signInBy(
	browser: SheafBrowser,
	apiUrl: () => string,
	press: (window: SignInPage) => Promise<void>,
): Promise<Person> {
	return enter({ browser, apiUrl, email: "" }, press);
}

type Entering = { browser: SheafBrowser; apiUrl: () => string; email: string };

async function enter(
	{ browser, apiUrl, email }: Entering,
	pass: (window: SignInPage) => Promise<void>,
): Promise<Person> {
	const page = await browser.openExtensionPage("options.html");
	const opened = SignInPage.opened(browser.context);
	const answer = askBackground(page, "session.signIn");
	const window = await Promise.race([opened, answer.then((early) => Promise.reject(endedEarly(early)))]);
	await pass(window);
	const { userId } = (await answer) as { userId?: string };
	if (!userId) throw new Error(`Signing in did not work: ${JSON.stringify(await answer)}`);
	const token = async () => {
		const reply = (await askBackground(page, "session.token")) as { token: string | null };
		if (reply.token === null) throw new Error("The extension has no token.");
		return reply.token;
	};
	return {
		email,
		password: testPassword,
		userId,
		page,
		token,
		api: async (method, path, body) => callApi({ url: apiUrl() + path, method, body, token: await token() }),
	};
}

const endedEarly = (answer: unknown) =>
	new Error(`No window was opened: signing in ended with ${JSON.stringify(answer)}.`);

type ApiCall = { url: string; method: string; body?: unknown; token?: string };

export async function callApi<Answer>({ url, method, body, token }: ApiCall): Promise<ApiReply<Answer>> {
	const reply = await fetch(url, {
		method,
		headers: {
			...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
			...(body === undefined ? {} : { "content-type": "application/json" }),
		},
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	const text = await reply.text();
	return { status: reply.status, body: (text === "" ? null : JSON.parse(text)) as Answer };
}

/** As much of a page of the extension as acting from it takes: Playwright's have it, and so have those of `e2e/firefox`. */
export type ActablePage = {
	evaluate<Answer, Given>(work: (given: Given) => Answer | Promise<Answer>, given: Given): Promise<Answer>;
};

type Reply = { ok: boolean; answer?: unknown; message?: string };

/** One message to the background, as extension/messages/ask.ts sends it. */
export async function askBackground(
	page: ActablePage,
	name: string,
	payload: Record<string, unknown> = {},
): Promise<unknown> {
	const reply = await page.evaluate(
		(message) => chrome.runtime.sendMessage<typeof message, Reply | undefined>(message),
		{ sheaf: name, payload },
	);
	if (!reply?.ok) throw new Error(`${name} was answered: ${reply?.message ?? "nothing"}`);
	return reply.answer;
}

/** Every mapped column of the test base, by the captured field that goes there. */
const mapping: Record<string, string> = {
	title: "Title",
	url: "URL",
	author: "Author",
	description: "Description",
	published: "Published",
	price: "Price",
	category: "Category",
};

/** Connects the base and makes it the target, the quick way; the journey of the options page does it by hand. */
export async function connectTarget(
	person: Pick<Person, "api"> & { page: ActablePage },
	base: TestBase,
): Promise<TargetView> {
	const connection = await person.api<ConnectionView>("POST", "/api/v1/connections", {
		provider: "airtable",
		name: base.name,
		credential: { token: base.token },
	});
	if (connection.status >= 300) throw new Error(`Connecting was answered ${JSON.stringify(connection)}`);
	const column = (name: string) => base.fields[name] ?? "";
	const target = await person.api<TargetView>("POST", "/api/v1/targets", {
		name: base.table,
		connectionId: connection.body.id,
		tableId: base.tableId,
		containerId: base.id,
		mapping: Object.entries(mapping).map(([from, name]) => ({ from, to: column(name) })),
		matchKey: [column("URL")],
		frequency: "on_capture",
		conflictPolicy: "overwrite",
	});
	if (target.status >= 300) throw new Error(`Making the target was answered ${JSON.stringify(target)}`);
	await chooseTarget(person.page, target.body);
	return target.body;
}

/** Has the extension hear of the target as the options page would, and makes it the one that captures go to. */
export async function chooseTarget(page: ActablePage, { id }: TargetView): Promise<void> {
	await waitUntil("the target to be known", async () => {
		await askBackground(page, "account.refresh");
		const { targets } = await page.evaluate(
			(name: "targets") => chrome.storage.local.get<{ targets?: TargetView[] }>(name),
			"targets",
		);
		return targets?.some((target) => target.id === id);
	});
	await page.evaluate((selectedTargetId) => chrome.storage.local.set({ selectedTargetId }), id);
	await askBackground(page, "targets.changed");
}
