import type { RouteModule } from "../app-deps.ts";
import { deleteRecipe } from "./delete-recipe.ts";
import { getOneRecipe } from "./get-recipe.ts";
import { getRecipes } from "./list-recipes.ts";
import { getRecipeVersions } from "./list-versions.ts";
import { patchRecipe } from "./patch-recipe.ts";
import { postRecipe } from "./post-recipe.ts";
import { postRecipeRestore } from "./post-restore.ts";

/** Every route about recipes, for `routes.ts`. */
export const recipeRoutes: readonly RouteModule[] = [
	getRecipes,
	postRecipe,
	getOneRecipe,
	patchRecipe,
	deleteRecipe,
	getRecipeVersions,
	postRecipeRestore,
];
