import { Elysia } from "elysia";
import { RecipeCreate, RecipeView } from "../../contract/recipes.ts";
import { createRecipe } from "../../recipes/create-recipe.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postRecipe(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:write"))
		.post("/api/v1/recipes", ({ principal, body }) => createRecipe(deps, principal, body), {
			body: RecipeCreate,
			response: RecipeView,
			detail: protectedDetail("recipes", "Make a recipe; the same id again makes no second one"),
		});
}
