import type { RecipeSettings } from "../../../backend/contract/recipes.ts";
import { checkRecipe, type RecipeProblem } from "./check-recipe.ts";

/** What a file of recipes says it is. */
const mark = "sheaf-recipes";
const fileVersion = 1;
const maxRecipes = 500;
const maxChars = 5_000_000;

/**
 * Why nothing can be taken from a file. `not-recipes`: it is something else. `newer`: a later version of Sheaf wrote it. `recipe`: one of its
 * recipes is wrong, and then none is taken.
 */
export type FileProblem =
	| { why: "too-large" | "not-recipes" | "newer" | "empty" | "too-many" }
	| ({ why: "recipe" } & RecipeProblem);

/** Recipes as the text of a file that others can read again. */
export function writeRecipeFile(recipes: readonly RecipeSettings[]): string {
	return `${JSON.stringify({ [mark]: fileVersion, recipes }, null, "\t")}\n`;
}

/** The recipes of a file's text, or why there are none to take. Never throws. */
export function readRecipeFile(text: string): { recipes: RecipeSettings[] } | { problem: FileProblem } {
	if (text.length > maxChars) return { problem: { why: "too-large" } };
	const content = parsed(text);
	const version = content?.get(mark);
	const listed = content?.get("recipes");
	if (typeof version !== "number" || !Array.isArray(listed)) return { problem: { why: "not-recipes" } };
	if (version > fileVersion) return { problem: { why: "newer" } };
	if (listed.length === 0) return { problem: { why: "empty" } };
	if (listed.length > maxRecipes) return { problem: { why: "too-many" } };
	const recipes: RecipeSettings[] = [];
	for (const one of listed) {
		const checked = checkRecipe(one);
		if ("problem" in checked) return { problem: { why: "recipe", ...checked.problem } };
		recipes.push(checked.recipe);
	}
	return { recipes };
}

function parsed(text: string): Map<string, unknown> | null {
	try {
		const content: unknown = JSON.parse(text);
		return typeof content === "object" && content !== null ? new Map(Object.entries(content)) : null;
	} catch {
		return null;
	}
}
