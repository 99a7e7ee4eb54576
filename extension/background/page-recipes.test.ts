import "../messages/test-browser.ts";
import { beforeEach, expect, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import type { RecipeView } from "../../backend/contract/recipes.ts";
import type { RecipeReading } from "../capture/recipes/apply.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { account } from "../settings/items.ts";
import { fetchedRecipes, keepRecipe, recipeVisits } from "../settings/recipes.ts";
import { testAccount } from "../settings/test-account.ts";
import { noteVisits, recipesOfPage, visitOf } from "./page-recipes.ts";

const reading: RecipeReading = { id: "a", version: 1, name: "Shop", found: ["price"], missing: [] };
const page = (documentId: string, url = "https://shop.example/p/1") => ({ tabId: 1, documentId, url });

const locks = memoryLocks();

beforeEach(() => fakeBrowser.reset());

test("CAP-4: a capture is given the recipes for its page, and nothing of what only this device knows", async () => {
	const fields = [{ name: "price", type: "currency" as const, selectors: [".price"] }];
	const recipe = { name: "Shop", host: "shop.example", path: "/p/*", kind: "product", fields };
	await keepRecipe(locks, { id: "a", recipe });
	await keepRecipe(locks, { id: "b", recipe: { ...recipe, host: "other.example" } });
	expect(await recipesOfPage("https://shop.example/p/1")).toEqual([{ id: "a", version: 1, recipe }]);
	expect(await recipesOfPage("https://shop.example/basket")).toEqual([]);
});

test("SEC-3: a recipe of the workspace's that would hold the page up is not used on it", async () => {
	await account.setValue(testAccount({}));
	const of = (id: string, selector: string): RecipeView => ({
		id,
		version: 1,
		recipe: {
			name: id,
			host: "shop.example",
			path: "/p/*",
			kind: "product",
			fields: [{ name: "price", type: "currency", selectors: [selector] }],
		},
		createdAt: "2026-03-05T10:00:00Z",
		updatedAt: "2026-03-05T10:00:00Z",
	});
	await fetchedRecipes.setValue([of("quick", ".price"), of("slow", "div:has(div:has(p))")]);
	expect((await recipesOfPage("https://shop.example/p/1")).map(({ id }) => id)).toEqual(["quick"]);
});

test("CAP-4: reading a page twice is one visit; another document, or another path of it, is another", async () => {
	await noteVisits(page("d1"), [reading], locks);
	await noteVisits(page("d1"), [{ ...reading, found: [], missing: [{ name: "price", repair: null }] }], locks);
	await noteVisits(page("d2"), [reading], locks);
	await noteVisits(page("d2", "https://shop.example/p/2"), [reading], locks);
	const visits = (await recipeVisits.getValue())["a"] ?? [];
	expect(visits.map(({ found }) => found)).toEqual([[], ["price"], ["price"]]);
	expect(visitOf(page(""))).toBe("https://shop.example/p/1");
});

test("CAP-5: pages that no recipe is for leave no trace", async () => {
	await noteVisits(page("d1"), [], locks);
	expect(await recipeVisits.getValue()).toEqual({});
});
