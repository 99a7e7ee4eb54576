import { useEffect, useState } from "preact/hooks";
import type { RecipeVisit } from "../../../capture/recipes/health.ts";
import { ask } from "../../../messages/ask.ts";
import { account } from "../../../settings/items.ts";
import {
	fetchedRecipes,
	type KnownRecipe,
	readRecipes,
	recipeVisits,
	unsentRecipes,
} from "../../../settings/recipes.ts";

/** The recipes of whoever is here, by name, and how each fared lately on this device. */
export type Recipes = { recipes: readonly KnownRecipe[]; visits: Readonly<Record<string, readonly RecipeVisit[]>> };

/** Paints from what this device knows, follows every change of it, and asks the workspace once for its own. Null until it is read. */
export function useRecipes(): Recipes | null {
	const [known, setKnown] = useState<Recipes | null>(null);
	useEffect(() => {
		let left = false;
		const read = async () => {
			const [recipes, visits] = await Promise.all([readRecipes(), recipeVisits.getValue()]);
			if (!left) setKnown({ recipes, visits });
		};
		void read();
		const unwatch = [fetchedRecipes, unsentRecipes, recipeVisits, account].map((item) => item.watch(() => void read()));
		void ask("recipes.changed", {}).catch(() => undefined);
		return () => {
			left = true;
			for (const stop of unwatch) stop();
		};
	}, []);
	return known;
}
