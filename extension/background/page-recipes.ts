import type { CapturedDocument } from "../capture/draft.ts";
import type { RecipeReading } from "../capture/recipes/apply.ts";
import { checkRecipe } from "../capture/recipes/check-recipe.ts";
import { withVisit } from "../capture/recipes/health.ts";
import { recipesFor } from "../capture/recipes/match.ts";
import type { UsableRecipe } from "../capture/recipes/recipe.ts";
import { type OneAtATime, webLocks } from "../messages/one-at-a-time.ts";
import { readRecipes, recipesLock, recipeVisits } from "../settings/recipes.ts";

/** More recipes than anybody has; the ones that were of use longest ago lose their history first. */
const maxHistories = 200;

/**
 * The recipes for the page at an address, without what only this device knows of them. Those that another client gave the workspace are held
 * to the bounds of this one: one that would hold the page up is not used.
 */
export async function recipesOfPage(url: string): Promise<UsableRecipe[]> {
	const usable = (await readRecipes()).map(({ id, version, recipe }) => ({ id, version, recipe }));
	return recipesFor(usable, url).filter(({ recipe }) => "recipe" in checkRecipe(recipe));
}

/** What tells one visit of a page from another: Firefox reports no id of documents, and a document may change its path. */
export function visitOf({ documentId, url }: CapturedDocument): string {
	return documentId === "" ? url : `${documentId}${URL.parse(url)?.pathname ?? ""}`;
}

/** Remembers how recipes fared on a page, for their health. */
export async function noteVisits(
	document: CapturedDocument,
	readings: readonly RecipeReading[],
	locks: OneAtATime = webLocks,
): Promise<void> {
	if (readings.length === 0) return;
	await locks.inTurn(recipesLock, async () => {
		const known = await recipeVisits.getValue();
		const seen = readings.map((reading) => {
			return [reading.id, withVisit(known[reading.id] ?? [], { document: visitOf(document), reading })] as const;
		});
		const others = Object.entries(known).filter(([id]) => seen.every(([own]) => own !== id));
		await recipeVisits.setValue(Object.fromEntries([...others, ...seen].slice(-maxHistories)));
	});
}
