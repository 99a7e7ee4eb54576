import "./test-browser.ts";
import { beforeEach, describe, expect, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { ask } from "./ask.ts";
import { dispatch, type Handlers, isOwnPage } from "./dispatch.ts";
import { isEnvelope } from "./envelope.ts";

const handlers: Handlers = {
	"outbox.flush": async () => ({ started: true }),
	"records.refresh": async () => ({ started: false }),
	"session.signIn": async () => ({ kind: "cancelled" }),
	"session.signOut": async () => ({ signedOut: true }),
	"session.token": async ({ refused }) => ({ token: refused ?? null, workspaceGone: false }),
	"session.switchWorkspace": async () => ({ kind: "switched" }),
	"session.link": async () => ({ kind: "linked" }),
	"connection.open": async () => ({ kind: "cancelled" }),
	"account.refresh": async () => ({ refreshed: true }),
	"account.delete": async () => ({ kind: "failed", message: "It was not the address." }),
	"recipes.changed": async () => ({ started: true }),
	"targets.changed": async () => {
		throw new Error("The menu could not be built.");
	},
	"pages.readAside": async () => ({ failed: "not-readable" }),
	"tables.find": async () => ({ ok: false, reason: "not-readable" }),
	"tables.collect": async () => ({ kind: "started", collectionId: "c" }),
	"tables.resume": async () => ({ kind: "none" }),
	"tables.stop": async () => ({ stopped: true }),
	"shots.take": async () => ({ kind: "cancelled" }),
	"shots.stop": async () => ({ stopped: true }),
};

beforeEach(() => fakeBrowser.reset());

describe("the background answers", () => {
	test("a question of the protocol, with its payload", async () => {
		const answer = { token: "t", workspaceGone: false };
		expect(await dispatch(handlers, "session.token", { refused: "t" })).toEqual({ ok: true, answer });
	});

	test("a failure with its sentence, so that no page waits for ever", async () => {
		expect(await dispatch(handlers, "targets.changed", {})).toEqual({
			ok: false,
			message: "The menu could not be built.",
		});
	});

	for (const name of ["session.refreshToken", "constructor", "__proto__"]) {
		test(`nothing but the protocol's names: not "${name}"`, async () => {
			expect(await dispatch(handlers, name, {})).toMatchObject({ ok: false });
		});
	}
});

describe("SEC-3: who may ask", () => {
	const self = { id: "abc", origin: "chrome-extension://abc" };

	test("the extension's own pages", () => {
		expect(isOwnPage({ id: "abc", url: "chrome-extension://abc/popup.html" }, self)).toBe(true);
	});

	const strangers = [
		["another extension", { id: "def", url: "chrome-extension://def/page.html" }],
		["a content script of ours, in a page's process", { id: "abc", url: "https://shop.example/" }],
		["a page whose address begins like ours", { id: "abc", url: "chrome-extension://abcdef/popup.html" }],
		["nobody in particular", {}],
	] as const;
	for (const [who, sender] of strangers) {
		test(`not ${who}`, () => {
			expect(isOwnPage(sender, self)).toBe(false);
		});
	}
});

describe("a page asks", () => {
	test("and gets the answer, or the failure's sentence", async () => {
		fakeBrowser.runtime.onMessage.addListener(async (message: unknown) =>
			isEnvelope(message) ? await dispatch(handlers, message.sheaf, message.payload) : undefined,
		);
		expect(await ask("outbox.flush", {})).toEqual({ started: true });
		expect(await ask("targets.changed", {}).catch((error: unknown) => error)).toEqual(
			new Error("The menu could not be built."),
		);
	});
});
