import { Elysia } from "elysia";
import { RecipeView } from "../../contract/recipes.ts";
import { getRecipe } from "../../recipes/read-recipes.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getOneRecipe(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:read"))
		.get("/api/v1/recipes/:id", ({ principal, params }) => getRecipe(deps, principal, params.id), {
			params: IdParam,
			response: RecipeView,
			detail: protectedDetail("recipes", "One recipe"),
		});
}
