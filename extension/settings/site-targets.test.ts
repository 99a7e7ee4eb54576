import "../messages/test-browser.ts";
import { beforeEach, expect, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { account, siteTargets } from "./items.ts";
import { chooseForSite, chosenForSite, siteOf } from "./site-targets.ts";
import { testAccount } from "./test-account.ts";

const ada = testAccount();
const { workspaceId } = ada;

beforeEach(async () => {
	fakeBrowser.reset();
	await account.setValue(ada);
});

const chosen = async (site: string, where = workspaceId) =>
	chosenForSite(await siteTargets.getValue(), { workspaceId: where, site });

test("J4: several targets are remembered for a site, in their order and in its workspace only", async () => {
	await chooseForSite(siteOf("https://www.shop.example/a?b"), ["one", "two"]);
	expect(await chosen("shop.example")).toEqual(["one", "two"]);
	expect(await chosen("other.example")).toEqual([]);
	expect(await chosen("shop.example", crypto.randomUUID())).toEqual([]);
});

test("J4: one target is remembered too, and none at all sends the site where everything goes", async () => {
	await chooseForSite("shop.example", ["one", "two"]);
	await chooseForSite("shop.example", ["two"]);
	expect(await chosen("shop.example")).toEqual(["two"]);
	await chooseForSite("shop.example", []);
	expect(await siteTargets.getValue()).toEqual({});
});

test("J4: pages without a host, and guests, have nothing to remember", async () => {
	expect(siteOf("about:blank")).toBe("");
	await chooseForSite("", ["one", "two"]);
	await account.setValue(null);
	await chooseForSite("shop.example", ["one", "two"]);
	expect(await siteTargets.getValue()).toEqual({});
});

test("J4: the site that was chosen for longest ago is forgotten first", async () => {
	await siteTargets.setValue(Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`w/${at}`, ["a", "b"]])));
	await chooseForSite("shop.example", ["one", "two"]);
	const sites = Object.keys(await siteTargets.getValue());
	expect(sites).toHaveLength(500);
	expect(sites[0]).toBe("w/1");
	expect(sites.at(-1)).toBe(`${workspaceId}/shop.example`);
});
