import "../../messages/test-browser.ts";
import { afterEach, beforeEach, expect, setSystemTime, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { type DraftPlace, forgetDraft, type KeptDraft, keepDraft, readDraft, tidyDrafts } from "./kept-draft.ts";

beforeEach(() => fakeBrowser.reset());
afterEach(() => void setSystemTime());

const at = (over: Partial<DraftPlace["document"]> = {}, who = "ada"): DraftPlace => ({
	who,
	document: { tabId: 1, documentId: "d1", url: "https://a.test/1#part", ...over },
});
const draft: KeptDraft = { typed: [{ name: "title", form: { input: "text", text: "Mine" } }], own: { kind: "book" } };

test("J4: what was typed is there again over the same document, wherever it is scrolled to", async () => {
	await keepDraft(at(), draft);
	expect(await readDraft(at({ url: "https://a.test/1#other" }))).toMatchObject(draft);
});

test("J4: it is mixed into no other document of the tab, no other address, and no other person's", async () => {
	await keepDraft(at(), draft);
	const others = [at({ documentId: "d2" }), at({ url: "https://a.test/2" }), at({ tabId: 2 }), at({}, "ben")];
	for (const other of others) expect(await readDraft(other)).toBeNull();
});

test("J4: it goes when it is sent, and when nothing of it is left", async () => {
	await keepDraft(at(), draft);
	await forgetDraft(at());
	expect(await readDraft(at())).toBeNull();
	await keepDraft(at(), draft);
	await keepDraft(at(), { typed: [], own: {} });
	expect(await readDraft(at())).toBeNull();
});

test("ID-8: what a guest typed goes on with whoever signs in, and goes with it when it is sent", async () => {
	await keepDraft(at({}, "guest"), draft);
	await tidyDrafts("ada:home");
	expect(await readDraft(at({}, "ada:home"))).toMatchObject(draft);
	await forgetDraft(at({}, "ada:home"));
	expect(await readDraft(at({}, "guest"))).toBeNull();
});

test("ID-7: what was typed in another of one's workspaces stays there, and goes at sign-out", async () => {
	await keepDraft(at({}, "ada:home"), draft);
	await tidyDrafts("ada:work");
	expect(await readDraft(at({}, "ada:work"))).toBeNull();
	expect(await readDraft(at({}, "ada:home"))).toMatchObject(draft);
	await tidyDrafts("guest");
	expect(await readDraft(at({}, "ada:home"))).toBeNull();
});

test("ID-8: another person's go when the next one opens the popup, and the oldest of too many", async () => {
	await keepDraft(at({}, "ben"), draft);
	for (let tabId = 1; tabId <= 22; tabId += 1) {
		setSystemTime(tabId);
		await keepDraft(at({ tabId }), draft);
	}
	await tidyDrafts("ada");
	expect(await readDraft(at({}, "ben"))).toBeNull();
	expect(await readDraft(at({ tabId: 22 }))).toMatchObject(draft);
	const left = await Promise.all(Array.from({ length: 22 }, (_, tab) => readDraft(at({ tabId: tab + 1 }))));
	expect(left.filter((one) => one !== null)).toHaveLength(20);
});
