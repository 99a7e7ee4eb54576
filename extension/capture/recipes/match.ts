import type { RecipeSettings } from "../../../backend/contract/recipes.ts";
import type { UsableRecipe } from "./recipe.ts";

/** More than one or two per page is an oversight; each costs time at every capture. */
const maxPerPage = 5;

/** Whether a path is of the pattern, where `*` stands for any run of characters. Linear, whatever the pattern. */
export function fitsPath(pattern: string, path: string): boolean {
	const parts = pattern.split("*");
	const [head = "", ...rest] = parts;
	if (rest.length === 0) return path === pattern;
	const tail = rest.pop() ?? "";
	if (!path.startsWith(head) || !path.endsWith(tail) || path.length < head.length + tail.length) return false;
	const end = path.length - tail.length;
	let from = head.length;
	for (const part of rest) {
		const at = path.indexOf(part, from);
		if (at < 0 || at + part.length > end) return false;
		from = at + part.length;
	}
	return true;
}

/** Whether a host is the pattern's, or below it where the pattern begins with `*.`. */
export function fitsHost(pattern: string, host: string): boolean {
	if (!pattern.startsWith("*.")) return host === pattern;
	const own = pattern.slice(2);
	return host === own || host.endsWith(`.${own}`);
}

/** Whether the recipe is for the page at that address. */
export function fitsPage({ host, path }: Pick<RecipeSettings, "host" | "path">, url: string): boolean {
	const address = URL.parse(url);
	if (address === null || !/^https?:$/.test(address.protocol)) return false;
	return fitsHost(host, address.hostname) && fitsPath(path, address.pathname);
}

/** Those that are for the page, the most particular one first: an exact host before `*.`, then the longer path. */
export function recipesFor(recipes: readonly UsableRecipe[], url: string): UsableRecipe[] {
	const weight = ({ recipe }: UsableRecipe): number =>
		recipe.path.replaceAll("*", "").length + (recipe.host.startsWith("*.") ? 0 : 1_000);
	return recipes
		.filter(({ recipe }) => fitsPage(recipe, url))
		.sort((one, other) => weight(other) - weight(one))
		.slice(0, maxPerPage);
}

/** A segment that is likely another one on the next page: numbers, long slugs, ids. */
const changes = (segment: string): boolean => /\d{2,}|%|\.html?$/i.test(segment) || segment.split("-").length > 3;

/**
 * The pages that are likely meant by pointing at one of them: `/shop/p/4711-red-chair` is one of `/shop/p/*`. What looks like a name
 * or a number of one page becomes `*`, and so does the last segment where there is one before it.
 */
export function pathPattern(url: string): string {
	const segments = (URL.parse(url)?.pathname ?? "/").split("/").filter((segment) => segment !== "");
	if (segments.length === 0) return "/";
	const last = segments.length - 1;
	const kept = segments.map((segment, place) => (changes(segment) || (place === last && last > 0) ? "*" : segment));
	const pattern = `/${kept.join("/")}`.replace(/\*(\/\*)+$/, "*");
	return /\s/.test(pattern) || pattern.length > 500 ? "/*" : pattern;
}
