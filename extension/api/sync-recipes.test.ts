import "../messages/test-browser.ts";
import { beforeEach, expect, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import type { RecipeSettings, RecipeView } from "../../backend/contract/recipes.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { account } from "../settings/items.ts";
import {
	fetchedRecipes,
	forgetRecipes,
	keepRecipe,
	readRecipes,
	recipeVisits,
	unsentRecipes,
} from "../settings/recipes.ts";
import { testAccount } from "../settings/test-account.ts";
import { ApiFailure } from "./api-failure.ts";
import { syncRecipes } from "./sync-recipes.ts";

const permissions = ["targets:read", "targets:write"] as const;
const ada = testAccount({ permissions });
const ben = testAccount({ permissions, email: "ben@example.com", userId: "00000000-0000-7000-8000-00000000000b" });
const shop = (name = "Shop"): RecipeSettings => ({
	name,
	host: "shop.example",
	path: "/p/*",
	kind: "product",
	fields: [{ name: "price", type: "currency", selectors: [".price"] }],
});

/** The server's database gives keys back in an order of its own. */
const asKept = (recipe: RecipeSettings): RecipeSettings =>
	JSON.parse(
		JSON.stringify(recipe, (_key, value: unknown) =>
			typeof value === "object" && value !== null && !Array.isArray(value)
				? Object.fromEntries(Object.entries(value).toReversed())
				: value,
		),
	) as RecipeSettings;

/** A workspace at the server, with the versions it was given. */
function testServer() {
	const held = new Map<string, RecipeView>();
	const asked: string[] = [];
	const at = "2026-03-05T10:00:00Z";
	const save = (id: string, version: number, recipe: RecipeSettings): RecipeView => {
		const view = { id, version, recipe: asKept(recipe), createdAt: at, updatedAt: at };
		held.set(id, view);
		return view;
	};
	return {
		held,
		asked,
		async recipes() {
			return [...held.values()];
		},
		async createRecipe({ id, recipe }: { id: string; recipe: RecipeSettings }) {
			asked.push(`create ${recipe.name}`);
			return held.get(id) ?? save(id, 1, recipe);
		},
		async changeRecipe(id: string, { basedOn, recipe }: { basedOn: number; recipe: RecipeSettings }) {
			asked.push(`change ${basedOn} ${recipe.name}`);
			const now = held.get(id);
			if (now === undefined) throw new ApiFailure("recipes/not-found", "There is no such recipe.");
			if (now.version !== basedOn)
				throw new ApiFailure("recipes/version-conflict", "Changed.", { details: { version: now.version } });
			return save(id, basedOn + 1, recipe);
		},
	};
}

let locks = memoryLocks();
beforeEach(() => {
	fakeBrowser.reset();
	locks = memoryLocks();
});
const names = async () => (await readRecipes()).map(({ recipe, version, sent }) => [recipe.name, version, sent]);

test("CAP-4: a guest's recipes are used at once, counted up as they change, and sent to nobody", async () => {
	const server = testServer();
	await keepRecipe(locks, { id: "a", recipe: shop() });
	await keepRecipe(locks, { id: "a", recipe: shop("Better") });
	await syncRecipes(server, locks);
	expect(await names()).toEqual([["Better", 2, false]]);
	expect(server.asked).toEqual([]);
});

test("CAP-4: at sign-in a guest's recipes become the person's, once", async () => {
	const server = testServer();
	await keepRecipe(locks, { id: "a", recipe: shop() });
	await account.setValue(ada);
	await Promise.all([syncRecipes(server, locks), syncRecipes(server, locks)]);
	expect(server.asked).toEqual(["create Shop"]);
	expect(await names()).toEqual([["Shop", 1, true]]);
	expect(await unsentRecipes.getValue()).toEqual([]);
});

test("CAP-4: what was changed here is a new version there; what somebody else saved meanwhile stays below it", async () => {
	const server = testServer();
	await account.setValue(ada);
	await keepRecipe(locks, { id: "a", recipe: shop() });
	await syncRecipes(server, locks);
	await server.changeRecipe("a", { basedOn: 1, recipe: shop("Theirs") });
	await keepRecipe(locks, { id: "a", recipe: shop("Mine") });
	expect(await names()).toEqual([["Mine", 2, false]]);
	await syncRecipes(server, locks);
	expect(await names()).toEqual([["Mine", 3, true]]);
});

test("CAP-4: without a network a change is kept and used, and sent later; a lost answer makes no second recipe", async () => {
	const server = testServer();
	await account.setValue(ada);
	await keepRecipe(locks, { id: "a", recipe: shop() });
	const lost = async (body: { id: string; recipe: RecipeSettings }) => {
		await server.createRecipe(body);
		throw new ApiFailure("client/unreachable", "The server could not be reached.");
	};
	await expect(syncRecipes({ ...server, createRecipe: lost }, locks)).rejects.toThrow("could not be reached");
	await keepRecipe(locks, { id: "a", recipe: shop("Later") });
	expect(await names()).toEqual([["Later", 2, false]]);
	await syncRecipes(server, locks);
	expect(await names()).toEqual([["Later", 2, true]]);
	expect(server.held.size).toBe(1);
});

test("CAP-4: a change of a recipe that somebody has deleted is dropped; one that the server refuses stays on this device", async () => {
	const server = testServer();
	await account.setValue(ada);
	await keepRecipe(locks, { id: "a", recipe: shop() });
	await syncRecipes(server, locks);
	server.held.clear();
	await keepRecipe(locks, { id: "a", recipe: shop("Repaired") });
	await keepRecipe(locks, { id: "b", recipe: shop("Too many") });
	await server.createRecipe({ id: "z", recipe: shop("Ours") });
	for (const code of ["recipes/too-many", "request/too-large"] as const) {
		const refused = () => Promise.reject(new ApiFailure(code, "No."));
		await syncRecipes({ ...server, createRecipe: refused }, locks);
		expect(await names()).toEqual([
			["Ours", 1, true],
			["Too many", 1, false],
		]);
	}
});

test("ID-7: who may only look keeps recipes on the device, and sees the workspace's", async () => {
	const server = testServer();
	await server.createRecipe({ id: "z", recipe: shop("Ours") });
	await account.setValue({ ...ada, permissions: ["targets:read"] });
	await keepRecipe(locks, { id: "a", recipe: shop() });
	await syncRecipes(server, locks);
	expect(await names()).toEqual([
		["Ours", 1, true],
		["Shop", 1, false],
	]);
	expect([...server.held.keys()]).toEqual(["z"]);
});

test("ID-8: another person of this browser sees nothing of it, and it is sent when its person is back", async () => {
	const server = testServer();
	await account.setValue(ada);
	await keepRecipe(locks, { id: "a", recipe: shop() });
	await account.setValue(null);
	await forgetRecipes();
	expect(await names()).toEqual([]);
	await account.setValue(ben);
	await syncRecipes(server, locks);
	expect([await names(), server.asked]).toEqual([[], []]);
	await account.setValue(ada);
	await syncRecipes(server, locks);
	expect(await names()).toEqual([["Shop", 1, true]]);
});

test("CAP-4, ID-8: how a guest's recipes fared is known after every start; how a person's did goes with them", async () => {
	const visit = { document: "d1", found: ["price"], missing: [] };
	await keepRecipe(locks, { id: "a", recipe: shop() });
	await recipeVisits.setValue({ a: [visit], z: [visit] });
	await forgetRecipes();
	expect(await recipeVisits.getValue()).toEqual({ a: [visit] });
	await account.setValue(ada);
	await syncRecipes(testServer(), locks);
	await forgetRecipes();
	expect(await recipeVisits.getValue()).toEqual({});
});

test("ID-8: an answer that comes after its person has left is not shown", async () => {
	const server = testServer();
	await account.setValue(ada);
	await server.createRecipe({ id: "z", recipe: shop("Ada's") });
	const slow = async () => {
		await account.setValue(null);
		return [...server.held.values()];
	};
	await syncRecipes({ ...server, recipes: slow }, locks);
	expect(await fetchedRecipes.getValue()).toEqual([]);
});
