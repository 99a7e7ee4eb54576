import { Elysia } from "elysia";
import { RecipeVersions } from "../../contract/recipes.ts";
import { listVersions } from "../../recipes/read-recipes.ts";
import type { RouteDeps } from "../app-deps.ts";
import { IdParam } from "../id-param.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getRecipeVersions(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:read"))
		.get(
			"/api/v1/recipes/:id/versions",
			async ({ principal, params }) => ({ versions: await listVersions(deps, principal, params.id) }),
			{
				params: IdParam,
				response: RecipeVersions,
				detail: protectedDetail("recipes", "What a recipe was before, the newest first"),
			},
		);
}
