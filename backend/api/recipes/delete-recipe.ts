import { Elysia } from "elysia";
import { removeRecipe } from "../../recipes/remove-recipe.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function deleteRecipe(deps: RouteDeps) {
	return new Elysia().use(requireAuth("targets:write")).delete(
		"/api/v1/recipes/:id",
		async ({ principal, params, set }) => {
			await removeRecipe(deps, principal, params.id);
			set.status = 204;
		},
		{ params: IdParam, detail: protectedDetail("recipes", "Delete a recipe; it can be restored for 30 days") },
	);
}
