import { describe, expect, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import { type RecipeField, RecipeSettings } from "../../../backend/contract/recipes.ts";
import { readRecipeFile, writeRecipeFile } from "./check-file.ts";
import { checkRecipe } from "./check-recipe.ts";
import { isQuickSelector } from "./quick-selector.ts";

const field = (more: object = {}): RecipeField => ({ name: "price", type: "currency", selectors: [".price"], ...more });
const shop = (more: object = {}): RecipeSettings => ({
	name: "Shop",
	host: "*.shop.example",
	path: "/p/*",
	kind: "product",
	fields: [field()],
	...more,
});

test("CAP-4: what was exported is read again as it was", () => {
	const steps = [
		{ kind: "trim" },
		{ kind: "split", separator: ":", take: -1 },
		{ kind: "number", decimal: "," },
	] as const;
	const recipes = [shop(), shop({ fields: [field({ many: true, attribute: "data-price", transforms: [...steps] })] })];
	expect(readRecipeFile(writeRecipeFile(recipes))).toEqual({ recipes });
});

describe("CAP-4: a file that cannot be taken says why", () => {
	const file = (recipe: unknown) => JSON.stringify({ "sheaf-recipes": 1, recipes: [recipe] });
	test.each([
		["something else", "hello", { why: "not-recipes" }],
		["another list", "[1]", { why: "not-recipes" }],
		["a later version's", '{"sheaf-recipes":2,"recipes":[{}]}', { why: "newer" }],
		["an empty one", '{"sheaf-recipes":1,"recipes":[]}', { why: "empty" }],
		["too large a one", " ".repeat(5_000_001), { why: "too-large" }],
		["no recipe in it", file(7), { why: "recipe", what: "recipe", recipe: "" }],
		[
			"a host that is an address",
			file(shop({ host: "https://shop.example/" })),
			{ why: "recipe", what: "host", recipe: "Shop" },
		],
		["no fields", file(shop({ fields: [] })), { why: "recipe", what: "fields" }],
		[
			"a field twice",
			file(shop({ fields: [field(), field()] })),
			{ why: "recipe", what: "field-twice", field: "price" },
		],
		[
			"a type nobody knows",
			file(shop({ fields: [field({ type: "script" })] })),
			{ why: "recipe", what: "type", field: "price" },
		],
		[
			"no selectors",
			file(shop({ fields: [field({ selectors: [] })] })),
			{ why: "recipe", what: "selectors", field: "price" },
		],
		[
			"a selector that would hold pages up",
			file(shop({ fields: [field({ selectors: [".a", "div:has(p)"] })] })),
			{ why: "recipe", what: "slow", recipe: "Shop", field: "price" },
		],
		[
			"more than the server keeps",
			file(
				shop({
					fields: ["a", "b", "c", "d"].map((name) => field({ name, selectors: Array(10).fill("x".repeat(490)) })),
				}),
			),
			{ why: "recipe", what: "size", recipe: "Shop" },
		],
		[
			"a step with a pattern",
			file(shop({ fields: [field({ transforms: [{ kind: "regex", pattern: "(a+)+" }] })] })),
			{ what: "steps" },
		],
		["an attribute that is none", file(shop({ fields: [field({ attribute: "on load" })] })), { what: "attribute" }],
	])("CAP-4: %s", (_what, text, problem) => {
		expect(readRecipeFile(text)).toMatchObject({ problem });
	});
});

test("CAP-6: nothing comes along that a recipe does not have, and no key of an object's own makes", () => {
	const hostile = JSON.parse(
		`{"name":"A","host":"a.test","path":"/","kind":"page","__proto__":{"x":1},"script":"alert(1)",
		"fields":[{"name":"__proto__","type":"text","selectors":["p"],"onload":"x"}]}`,
	) as unknown;
	expect(checkRecipe(hostile)).toEqual({
		recipe: {
			name: "A",
			host: "a.test",
			path: "/",
			kind: "page",
			fields: [{ name: "__proto__", type: "text", selectors: ["p"] }],
		},
	});
	expect(checkRecipe(JSON.parse('{"__proto__":{"name":"A","host":"a.test"}}'))).toMatchObject({
		problem: { recipe: "" },
	});
});

test("CAP-4: what passes here the backend takes", () => {
	for (const recipe of [
		shop(),
		shop({ host: "a_b.test", path: "/" }),
		shop({ fields: [field({ attribute: "xlink:href" })] }),
	]) {
		const checked = checkRecipe(recipe);
		expect("recipe" in checked && Value.Check(RecipeSettings, checked.recipe)).toBe(true);
	}
});

test.each([
	["div:has(p)", false],
	["DIV:HAS( p )", false],
	[":-moz-has(p)", false],
	[":is(:is(a, b), c)", false],
	[":not(:nth-child(2 of :is(a)))", false],
	[":nth-child(2 of .a)", false],
	["* * * * * * * * * * * * *", false],
	[Array(13).fill("a").join("~"), false],
	[Array(13).fill("a").join(","), false],
	["* * * * * * * * * * * *", true],
	["#a :not(.b) .c:nth-of-type(2)", true],
	[`body > ${Array(30).fill("div:nth-of-type(2)").join(" > ")}`, true],
	['[title=":has(( , ( a b c d e f g h i j k l m n )"]', true],
	["[title=':has(\\' (']", true],
	[".md\\:has\\(a", true],
	[".has, .price", true],
	["label=What it has: (a (b)) c d e f g h i j k l m n", true],
] as const)("SEC-3: a selector that a page could be held up by is told from others: %s", (selector, isQuick) => {
	expect(isQuickSelector(selector)).toBe(isQuick);
});
