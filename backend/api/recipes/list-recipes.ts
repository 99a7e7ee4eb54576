import { Elysia } from "elysia";
import { RecipeList } from "../../contract/recipes.ts";
import { listRecipes } from "../../recipes/read-recipes.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function getRecipes(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:read"))
		.get("/api/v1/recipes", async ({ principal }) => ({ recipes: await listRecipes(deps, principal) }), {
			response: RecipeList,
			detail: protectedDetail("recipes", "What the workspace knows of sites' pages"),
		});
}
