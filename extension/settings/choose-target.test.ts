import "../messages/test-browser.ts";
import { beforeEach, expect, test } from "bun:test";
import { browser } from "wxt/browser";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { chooseTarget, resumeLastTarget } from "./choose-target.ts";
import { account, selectedTargetId, siteTargets } from "./items.ts";
import { chosenForSite } from "./site-targets.ts";
import { testAccount } from "./test-account.ts";

const ada = testAccount();
const { workspaceId } = ada;

beforeEach(async () => {
	fakeBrowser.reset();
	await account.setValue(ada);
});

const chosen = async (site: string) => chosenForSite(await siteTargets.getValue(), { workspaceId, site });

test("J4: whoever sees the choice, and closes the popup, finds it again for the site, and after a return to the workspace", async () => {
	let kept: unknown = null;
	browser.storage.local.onChanged.addListener(({ selectedTargetId: chosenOne, siteTargets: sites }) => {
		if (chosenOne) kept = sites?.newValue ?? null;
	});
	await chooseTarget("two", "shop.example", ["one", "two"]);
	// With the same write: what the popup paints from is never ahead of what is remembered.
	expect(kept).toEqual({ [`${workspaceId}/shop.example`]: ["two", "one"] });
	await selectedTargetId.setValue("elsewhere");
	await resumeLastTarget();
	expect(await selectedTargetId.getValue()).toBe("two");
});

test("J4: a choice made where there is no site changes what no site remembers", async () => {
	await chooseTarget("one", "shop.example");
	await chooseTarget("two");
	expect(await chosen("shop.example")).toEqual(["one"]);
	expect(await selectedTargetId.getValue()).toBe("two");
});

test("ID-8: a guest's choice is one for now, and nothing is remembered of it", async () => {
	await account.setValue(null);
	await chooseTarget("one", "shop.example");
	expect(await selectedTargetId.getValue()).toBe("one");
	expect(await siteTargets.getValue()).toEqual({});
});
