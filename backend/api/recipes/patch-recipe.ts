import { Elysia } from "elysia";
import { RecipeChange, RecipeView } from "../../contract/recipes.ts";
import { changeRecipe } from "../../recipes/change-recipe.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function patchRecipe(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:write"))
		.patch(
			"/api/v1/recipes/:id",
			({ principal, params, body }) => changeRecipe(deps, principal, { id: params.id, change: body }),
			{
				params: IdParam,
				body: RecipeChange,
				response: RecipeView,
				detail: protectedDetail("recipes", "Change a recipe, as a new version of it"),
			},
		);
}
