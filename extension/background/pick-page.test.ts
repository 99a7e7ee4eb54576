import "../messages/test-browser.ts";
import { beforeEach, expect, test } from "bun:test";
import { browser } from "wxt/browser";
import { fakeBrowser } from "wxt/testing/fake-browser";
import type { PickRequest } from "../capture/picker/handover.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { account } from "../settings/items.ts";
import { readRecipes } from "../settings/recipes.ts";
import { testAccount } from "../settings/test-account.ts";
import { isPicked, pickOnPage, takePicked } from "./pick-page.ts";

const locks = memoryLocks();
const url = "https://shop.example/p/1";
const recipe = {
	name: "Shop",
	host: "shop.example",
	path: "/p/*",
	kind: "product",
	fields: [{ name: "price", type: "currency", selectors: [".price"] }],
};
const sender = () => ({ id: browser.runtime.id, url, frameId: 0, tab: { id: 7 } });

/** What the picker on the page was started with. */
let asked: PickRequest | undefined;
let letsIn = true;
beforeEach(() => {
	fakeBrowser.reset();
	asked = undefined;
	letsIn = true;
	Object.assign(fakeBrowser, {
		scripting: {
			executeScript: async ({ args }: { args?: [PickRequest] }) => {
				if (!letsIn) throw new Error("Cannot access contents of the page.");
				if (args) [asked] = args;
				return [];
			},
		},
	});
});

async function begin(): Promise<string> {
	await pickOnPage(7, url, locks);
	if (asked === undefined) throw new Error("The picker was not started.");
	return asked.token;
}
const kept = async () => (await readRecipes()).map(({ recipe: one, version }) => [one.name, version]);

test("CAP-4: what was picked is kept; picking there again changes that recipe and makes no second one", async () => {
	expect(await takePicked({ sheafPicked: await begin(), recipe }, sender(), locks)).toEqual({ ok: true });
	const again = await begin();
	expect(asked?.recipe?.recipe).toMatchObject({ name: "Shop" });
	expect(await takePicked({ sheafPicked: again, recipe: { ...recipe, name: "Better" } }, sender(), locks)).toEqual({
		ok: true,
	});
	expect(await kept()).toEqual([["Better", 2]]);
});

test("SEC-3: only the pick that is going on in that tab's main frame is taken", async () => {
	const token = await begin();
	const strangers = [
		[{ sheafPicked: crypto.randomUUID(), recipe }, sender()],
		[
			{ sheafPicked: token, recipe },
			{ ...sender(), tab: { id: 8 } },
		],
		[
			{ sheafPicked: token, recipe },
			{ ...sender(), frameId: 3 },
		],
		[
			{ sheafPicked: token, recipe },
			{ ...sender(), id: "another-extension" },
		],
		[{ sheafPicked: token, recipe }, {}],
	] as const;
	for (const [message, from] of strangers) expect(await takePicked(message, from, locks)).toMatchObject({ ok: false });
	expect(await kept()).toEqual([]);
});

test("SEC-3: what was saved is over: a page's process cannot go on changing the recipe", async () => {
	const token = await begin();
	const both = [recipe, { ...recipe, name: "Worse" }].map((one) =>
		takePicked({ sheafPicked: token, recipe: one }, sender(), locks),
	);
	expect(await Promise.all(both)).toMatchObject([{ ok: true }, { ok: false }]);
	expect(await takePicked({ sheafPicked: token, recipe }, sender(), locks)).toMatchObject({ ok: false });
	expect(await kept()).toEqual([["Shop", 1]]);
});

test("ID-8, TEN-3: what was begun by another person or in another workspace is not saved, and that is said", async () => {
	const ada = testAccount({});
	await account.setValue(ada);
	for (const now of [{ ...ada, workspaceId: "elsewhere" }, { ...ada, userId: "somebody-else" }, null]) {
		await account.setValue(ada);
		const token = await begin();
		await account.setValue(now);
		const reply = await takePicked({ sheafPicked: token, recipe }, sender(), locks);
		expect(reply).toEqual({ ok: false, message: expect.stringContaining("nothing was saved") });
		expect(await kept()).toEqual([]);
	}
});

test("SEC-3: a page's process makes recipes for its own host alone, and nothing but recipes", async () => {
	const token = await begin();
	for (const wrong of [
		{ ...recipe, host: "bank.example" },
		{ ...recipe, host: "*.example" },
		{ ...recipe, fields: [] },
		"x",
		null,
	]) {
		expect(await takePicked({ sheafPicked: token, recipe: wrong }, sender(), locks)).toMatchObject({ ok: false });
	}
	expect(await kept()).toEqual([]);
});

test("SEC-3: what is no picker's message is left to others", () => {
	const others = [
		null,
		"x",
		{},
		{ sheafPicked: 1, recipe },
		{ sheafPicked: "x" },
		{ sheaf: "session.token", payload: {} },
	];
	expect(others.filter(isPicked)).toEqual([]);
});

test("CAP-4: where the browser lets nobody in, that is the answer", async () => {
	letsIn = false;
	expect(await pickOnPage(7, "chrome://extensions", locks)).toBe(false);
});
