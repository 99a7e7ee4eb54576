import { expect, test } from "bun:test";
import { fitsHost, fitsPage, fitsPath, pathPattern, recipesFor } from "./match.ts";
import type { UsableRecipe } from "./recipe.ts";

test.each([
	["/", "/", true],
	["/*", "/", true],
	["/*", "/a/b", true],
	["/p/*", "/p/1", true],
	["/p/*", "/q/1", false],
	["/p/*/reviews", "/p/1/2/reviews", true],
	["/p/*/reviews", "/p/reviews", false],
	["*/a*a", "/x/a", false],
	["/a*b*c", "/a1b2b3c", true],
	["/a*b*c", "/a1c", false],
	["/a", "/a/", false],
])("CAP-4: the pattern %s and the path %s", (pattern, path, fits) => {
	expect(fitsPath(pattern, path)).toBe(fits);
});

test("CAP-4: a pattern with many stars takes no time on a long path", () => {
	expect(fitsPath(`/${"a*".repeat(200)}b`, `/${"a".repeat(5_000)}`)).toBe(false);
});

test("CAP-4: hosts are exact, or a site with everything below it; only web pages fit", () => {
	expect([fitsHost("shop.example", "shop.example"), fitsHost("shop.example", "m.shop.example")]).toEqual([true, false]);
	expect(
		["shop.example", "m.shop.example", "workshop.example"].map((host) => fitsHost("*.shop.example", host)),
	).toEqual([true, true, false]);
	const recipe = { host: "shop.example", path: "/*" };
	expect(fitsPage(recipe, "https://shop.example:8080/a?b#c")).toBe(true);
	for (const url of ["file://shop.example/a", "nonsense", "https://other.example/"])
		expect(fitsPage(recipe, url)).toBe(false);
});

test("CAP-4: the most particular recipe comes first, and never more than five", () => {
	const usable = (id: string, host: string, path: string): UsableRecipe => ({
		id,
		version: 1,
		recipe: { name: id, host, path, kind: "page", fields: [] },
	});
	const all = [
		usable("site", "*.a.test", "/*"),
		usable("page", "a.test", "/p/*"),
		usable("host", "a.test", "/*"),
		usable("other", "b.test", "/*"),
	];
	expect(recipesFor(all, "https://a.test/p/1").map(({ id }) => id)).toEqual(["page", "host", "site"]);
	expect(
		recipesFor(
			Array.from({ length: 9 }, () => usable("x", "a.test", "/*")),
			"https://a.test/",
		),
	).toHaveLength(5);
});

test.each([
	["https://shop.example/", "/"],
	["https://shop.example/imprint", "/imprint"],
	["https://shop.example/p/red-chair", "/p/*"],
	["https://shop.example/p/4711/red-chair", "/p/*"],
	["https://shop.example/en/p/4711/reviews", "/en/p/*"],
	["https://blog.example/2026/03/05/a-long-walk-home", "/*"],
])("CAP-4: pointing at %s means pages of %s", (url, pattern) => {
	expect(pathPattern(url)).toBe(pattern);
	expect(fitsPage({ host: new URL(url).hostname, path: pattern }, url)).toBe(true);
});
