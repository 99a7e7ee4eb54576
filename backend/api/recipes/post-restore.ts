import { Elysia } from "elysia";
import { RecipeRestore, RecipeView } from "../../contract/recipes.ts";
import { restoreRecipe } from "../../recipes/change-recipe.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postRecipeRestore(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:write"))
		.post(
			"/api/v1/recipes/:id/restore",
			({ principal, params, body }) => restoreRecipe(deps, principal, { id: params.id, ...body }),
			{
				params: IdParam,
				body: RecipeRestore,
				response: RecipeView,
				detail: protectedDetail("recipes", "Bring back a version as the newest one, or a deleted recipe"),
			},
		);
}
