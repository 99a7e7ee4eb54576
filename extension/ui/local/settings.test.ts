import "../../messages/test-browser.ts";
import { expect, test } from "bun:test";
import { testAccount, testViewer } from "../../settings/test-account.ts";
import { testTarget } from "../test-target.ts";
import { targetsFor } from "./settings.ts";

const account = testAccount();
const [one, two, three] = ["one", "two", "three"].map((id) => testTarget({ id }));
const settings = {
	account,
	targets: [one, two, three].filter((target) => target !== undefined),
	selectedTargetId: "two",
	siteTargets: { [`${account.workspaceId}/shop.example`]: ["three", "one"] },
};
const idsFor = (site: string, more: Partial<typeof settings> = {}) =>
	targetsFor({ ...settings, ...more }, site).map(({ id }) => id);

test("J4: a capture goes to all that were chosen for its site, and from every other site to the one in use", () => {
	expect(idsFor("shop.example")).toEqual(["three", "one"]);
	expect(idsFor("other.example")).toEqual(["two"]);
	expect(idsFor("")).toEqual(["two"]);
});

test("J4: a target that is gone is left out; when all of them are, the one in use is meant", () => {
	const key = `${account.workspaceId}/shop.example`;
	expect(idsFor("shop.example", { siteTargets: { [key]: ["deleted", "one"] } })).toEqual(["one"]);
	expect(idsFor("shop.example", { siteTargets: { [key]: ["deleted"] } })).toEqual(["two"]);
});

test("ID-7: who only looks sends nowhere", () => {
	expect(idsFor("shop.example", { account: testViewer("Team", account) })).toEqual([]);
});
