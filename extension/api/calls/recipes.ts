import type {
	RecipeChange,
	RecipeCreate,
	RecipeList,
	RecipeVersion,
	RecipeVersions,
	RecipeView,
} from "../../../backend/contract/recipes.ts";
import type { Requester } from "../request.ts";
import { isAnything, withList, withObject } from "../shapes.ts";

export function recipeCalls(request: Requester) {
	const isRecipe = withObject<RecipeView>("recipe");
	return {
		async recipes(): Promise<RecipeView[]> {
			return (await request({ path: "/api/v1/recipes", answers: withList<RecipeList>("recipes") })).recipes;
		},
		/** Sent again with the same id, it is made once. */
		createRecipe(body: RecipeCreate): Promise<RecipeView> {
			return request({ method: "POST", path: "/api/v1/recipes", body, answers: isRecipe });
		},
		changeRecipe(id: string, body: RecipeChange): Promise<RecipeView> {
			return request({ method: "PATCH", path: `/api/v1/recipes/${id}`, body, answers: isRecipe });
		},
		async deleteRecipe(id: string): Promise<void> {
			await request({ method: "DELETE", path: `/api/v1/recipes/${id}`, answers: isAnything });
		},
		async recipeVersions(id: string): Promise<RecipeVersion[]> {
			const answers = withList<RecipeVersions>("versions");
			return (await request({ path: `/api/v1/recipes/${id}/versions`, answers })).versions;
		},
		restoreRecipe(id: string, version: number): Promise<RecipeView> {
			const path = `/api/v1/recipes/${id}/restore`;
			return request({ method: "POST", path, body: { version }, answers: isRecipe });
		},
	};
}
